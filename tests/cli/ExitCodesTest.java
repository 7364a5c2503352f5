package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each way in which a run ends, by a whole run: the exit code that a script sees, the last words that a person reads, and what the
 * session says afterwards. The ends by a signal have {@link SignalsTest}.
 */
class ExitCodesTest {
    private static final String WORKS = "cat > /dev/null; echo x >> work.txt; echo done";

    @TempDir Path home;
    @TempDir Path project;

    private Pa.Result run(String worker, String... options) throws IOException {
        Files.writeString(home.resolve("worker.sh"), worker + "\n");
        List<String> all = new ArrayList<>(List.of("--worker-cmd", "sh " + home.resolve("worker.sh")));
        all.addAll(List.of(options));
        return run(new Pa(home), all);
    }

    private Pa.Result run(Pa pa, List<String> options) {
        List<String> all = new ArrayList<>(options);
        if (!all.contains("--reasoner")) {
            all.addAll(List.of("--reasoner", "rules"));
        }
        all.add("do it");
        return pa.withBarePath().run(project, all.toArray(String[]::new));
    }

    private void assertEnds(int exitCode, String status, String reason, Pa.Result result) {
        assertEquals(exitCode, result.exitCode(), result.toString());
        boolean good = exitCode == 0;
        List<String> lines = result.err().lines().toList();
        List<String> ends = lines.stream().filter(line -> line.matches("[✓✗] [a-z_]+ in .*")).toList();
        assertEquals(1, ends.size(), result.toString());
        assertTrue(ends.get(0).startsWith((good ? "✓ " : "✗ ") + status + " in "), ends.get(0));
        String after = String.join("\n", lines.subList(lines.indexOf(ends.get(0)), lines.size()));
        assertTrue((good ? result.out() : after).contains(reason), result.toString());
        assertEquals(good, !result.out().isBlank(), result.toString());
        // Whoever did not get done what they asked for is told how it goes on.
        assertEquals(good, !after.contains("  next: "), result.toString());
        assertEquals(List.of(status), new Pa(home).sessions(project).list().stream().map(session -> session.status()).toList());
    }

    @Test
    void completed() throws IOException {
        assertEnds(0, "completed", "what passed before still passes", run(WORKS, "--verify", "true", "--evidence", "unchanged"));
    }

    @Test
    void maxIterations() throws IOException {
        assertEnds(3, "max_iterations", "--max-iterations 1", run(WORKS, "--verify", "false", "--max-iterations", "1"));
    }

    @Test
    void budgetExceeded() throws IOException {
        Path claude = Files.writeString(home.resolve("claude"), "#!/bin/sh\nif [ \"$1\" = --version ]; then"
                + " echo '2.1.332 (Claude Code)'; exit; fi\ncat > /dev/null; echo x >> work.txt\n"
                + "echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":1,\"result\":\"done\","
                + "\"session_id\":\"c1\",\"total_cost_usd\":0.01,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}'\n");
        assertTrue(claude.toFile().setExecutable(true));
        assertEnds(4, "budget_exceeded", "(--max-cost 0.005) while a check fails", run(new Pa(home).with("CLAUDE_BIN", claude.toString()),
                List.of("--worker", "claude", "--verify", "false", "--max-cost", "0.005")));
    }

    @Test
    void stalled() throws IOException {
        assertEnds(5, "stalled", "the same failure came 3 times in a row", run("cat > /dev/null", "--verify", "false"));
    }

    @Test
    void verificationFailed() throws IOException {
        try (Model model = new Model()) {
            assertEnds(6, "verification_failed", "a person must do it; verification is red",
                    model.run(WORKS, "--verify", "false"));
        }
    }

    @Test
    void failedSelfCheck() throws IOException {
        assertEnds(7, "failed_self_check", "no-such-program", run(new Pa(home),
                List.of("--worker-cmd", home.resolve("no-such-program").toString(), "--verify", "true")));
    }

    @Test
    void timeout() throws IOException {
        assertEnds(8, "timeout", "(--timeout 1s)", run("cat > /dev/null; sleep 1000", "--verify", "true", "--timeout", "1s"));
    }

    @Test
    void stopped() throws IOException {
        try (Model model = new Model()) {
            assertEnds(9, "stopped", "a person must do it", model.run(WORKS, "--verify", "true"));
        }
    }

    @Test
    void unproven() throws IOException {
        assertEnds(10, "unproven", "nothing", run(WORKS, "--verify", "true"));
    }

    /** A stand-in for a model that always gives up. */
    private final class Model implements AutoCloseable {
        private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

        Model() throws IOException {
            server.createContext("/", Model::answer);
            server.start();
        }

        Pa.Result run(String worker, String... options) throws IOException {
            Files.writeString(home.resolve("worker.sh"), worker + "\n");
            List<String> all = new ArrayList<>(List.of("--worker-cmd", "sh " + home.resolve("worker.sh"), "--reasoner", "gemini"));
            all.addAll(List.of(options));
            return ExitCodesTest.this.run(new Pa(home).with("GEMINI_API_KEY", "key").with("GOOGLE_GEMINI_BASE_URL",
                    "http://127.0.0.1:" + server.getAddress().getPort()), all);
        }

        private static void answer(HttpExchange exchange) throws IOException {
            exchange.getRequestBody().readAllBytes();
            byte[] body = (exchange.getRequestMethod().equals("GET") ? "{}"
                    : "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"save_session\",\"args\":"
                            + "{\"reason\":\"a person must do it\"}}}]},\"finishReason\":\"STOP\"}]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
