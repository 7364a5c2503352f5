package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runner.Sigint;

/** defect 11: a signal in each phase of a run. No child survives, the journal reads, and the session goes on. */
class SignalsTest {
    private static final long PATIENCE_MILLIS = 30_000;

    @TempDir Path home;
    @TempDir Path project;

    /** A script that leaves its pid and a grandchild's, and then says nothing for ever. */
    private String hanging(String name) {
        return script(name, "echo $$ >> pids; sleep 1000 & echo $! >> pids; touch " + name + ".runs; "
                + "trap '' INT; while true; do sleep 1; done");
    }

    private String script(String name, String body) {
        try {
            Files.writeString(home.resolve(name), "#!/bin/sh\ncd " + project + "\n" + body + "\n");
            return "sh " + home.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.currentTimeMillis() < deadline, "waited in vain for: " + what);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private List<Long> children() {
        try {
            Path pids = project.resolve("pids");
            return Files.notExists(pids) ? List.of()
                    : Files.readAllLines(pids).stream().map(Long::valueOf).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !zombie(pid);
    }

    private static boolean zombie(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest(name = "{1} while {0}")
    @CsvSource({"working,INT,130", "working,TERM,143", "working,KILL,137", "verifying,INT,130", "verifying,TERM,143",
        "verifying,KILL,137", "reasoning,INT,130", "reasoning,TERM,143", "reasoning,KILL,137", "checking,INT,130",
        "checking,TERM,143", "checking,KILL,137"})
    void endsInOrder(String phase, String signal, int exitCode) throws Exception {
        if (signal.equals("INT")) {
            Sigint.assumeItArrives();
        }
        String done = script("good", "cat > /dev/null; echo x >> work.txt");
        String worker = phase.equals("working") ? hanging("worker") : done;
        String check = phase.equals("verifying") ? hanging("check") : "true";
        List<String> options = new ArrayList<>(List.of("--display", "plain", "--worker-cmd", worker, "--verify", check));
        Pa pa = new Pa(home);
        HttpServer silent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> asked = new ArrayList<>();
        silent.createContext("/", exchange -> {
            boolean get = exchange.getRequestMethod().equals("GET");
            asked.add(exchange.getRequestMethod());
            if (get && !phase.equals("checking")) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes());
                exchange.close();
            } // otherwise no answer, ever
        });
        silent.start();
        try {
            if (phase.equals("reasoning") || phase.equals("checking")) {
                pa.with("GEMINI_API_KEY", "key").with("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:" + silent.getAddress().getPort());
            } else {
                options.addAll(List.of("--reasoner", "rules"));
            }
            options.add("do it");
            Process process = pa.start(project, options.toArray(new String[0]));
            await(phase, () -> switch (phase) {
                case "working" -> Files.exists(project.resolve("worker.runs"));
                case "verifying" -> Files.exists(project.resolve("check.runs"));
                case "reasoning" -> asked.contains("POST");
                default -> asked.contains("GET");
            });
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
            Pa.Result result = pa.result(process);
            assertEquals(exitCode, result.exitCode(), result.toString());
        } finally {
            silent.stop(0);
        }
        for (long pid : children()) {
            await("the end of child " + pid, () -> !alive(pid));
        }
        assertEquals(phase.equals("working") || phase.equals("verifying"), !children().isEmpty());

        Pa.Result shown = new Pa(home).run(project, "show");
        assertEquals(0, shown.exitCode(), shown.toString());
        assertTrue(shown.out().contains(signal.equals("KILL") ? "killed" : "interrupted"), shown.toString());
        assertTrue(shown.out().contains("pa resume"), shown.toString());

        Pa.Result resumed = new Pa(home).run(project, "resume", "--reasoner", "rules", "--worker-cmd", done, "--verify", "true",
                "--evidence", "unchanged");
        assertEquals(0, resumed.exitCode(), resumed.toString());
    }
}
