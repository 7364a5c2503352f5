package process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardianTest {
    @TempDir
    Path folder;

    /** A JVM that holds children: prints the pids of all that should not survive it, then waits or ends. */
    static final class Holder {
        public static void main(String... arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            ChildProcess.start(Shell.script(folder, "trap '' TERM; sleep 600 & echo $! > stubborn; wait; wait; sleep 600"));
            ChildProcess.start(Shell.script(folder, "(sh -c 'echo $$ > daemon; exec sleep 600' &); sleep 600"));
            ChildProcess ended = ChildProcess.start(Shell.script(folder, "exit 0"));
            ended.waitFor(Shell.LONG);
            ended.close();
            ChildProcess plain = ChildProcess.start(Shell.script(folder, "echo $$ > plain; sleep 600"));
            List<Long> pids = new ArrayList<>();
            for (String name : List.of("stubborn", "daemon", "plain")) {
                Path file = folder.resolve(name);
                Shell.await(name, () -> pid(file) > 0);
                pids.add(pid(file));
            }
            pids.add(plain.pid());
            pids.add(Guardian.instance().pid().orElseThrow());
            pids.forEach(System.out::println);
            System.out.println("ready");
            System.out.flush();
            if (arguments[1].equals("wait")) {
                Thread.sleep(600_000);
            }
            System.exit(3);
        }

        private static long pid(Path file) {
            try {
                String text = Files.readString(file);
                return text.endsWith("\n") ? Long.parseLong(text.strip()) : -1;
            } catch (IOException e) {
                return -1;
            }
        }
    }

    @Test
    void sigkillOfTheJvmLeavesNoChild() throws Exception {
        Process jvm = holder("wait");
        List<Long> pids = pids(jvm);
        jvm.destroyForcibly();
        assertTrue(jvm.waitFor(60, TimeUnit.SECONDS));
        assertAllGone(pids);
    }

    @Test
    void anExitThatForgetsItsChildrenLeavesNoneAndKeepsNoPipeOpen() throws Exception {
        Process jvm = holder("exit");
        List<Long> pids = pids(jvm);
        // Reading to the end would hang if the guardian or a child held the pipe.
        assertEquals(-1, jvm.getInputStream().read());
        assertTrue(jvm.waitFor(60, TimeUnit.SECONDS));
        assertEquals(3, jvm.exitValue());
        assertAllGone(pids);
    }

    @Test
    void aTreeThatEndedBeforeItsStartWasToldIsNotGuardedForEver() throws Exception {
        Guardian guardian = Guardian.instance();
        guardian.expect("quick");
        guardian.over("quick");
        guardian.started("quick", ProcessHandle.current().pid());
        assertFalse(guardian.guards("quick"));
    }

    @Test
    void aTreeIsGuardedFromBeforeItsStartToItsEnd() throws Exception {
        Guardian guardian = Guardian.instance();
        guardian.expect("slow");
        assertTrue(guardian.guards("slow"));
        guardian.started("slow", Long.MAX_VALUE);
        assertTrue(guardian.guards("slow"));
        guardian.over("slow");
        assertFalse(guardian.guards("slow"));
    }

    @ParameterizedTest
    @CsvSource({"dash, /proc", "bash, /proc", "busybox sh, /proc", "dash, /no/proc", "bash, /no/proc"})
    void theScriptWorksInEveryShellWithAndWithoutProc(String shell, String proc) throws Exception {
        List<String> words = new ArrayList<>(List.of(shell.split(" ")));
        Assumptions.assumeTrue(Programs.find(words.get(0), folder, Shell.environment()).isPresent(),
                "no " + shell + " here");
        Assumptions.assumeTrue(!proc.equals("/proc") || Files.exists(Path.of("/proc/self/environ")), "no /proc here");
        ProcessBuilder tree = new ProcessBuilder("sh", "-c", "sh -c 'sleep 600; :' & echo $!; wait; sleep 600");
        tree.environment().put(ProcessTree.COOKIE, "0123456789abcdef");
        Process root = tree.start();
        Process bystander = new ProcessBuilder("sleep", "600").start();
        long child = Long.parseLong(new BufferedReader(new InputStreamReader(root.getInputStream())).readLine());
        words.addAll(List.of("-c", Guardian.script().replace("/proc", proc)));
        Process guardian = new ProcessBuilder(words).redirectErrorStream(true).start();
        try (OutputStream pipe = guardian.getOutputStream()) {
            pipe.write(("+ 0123456789abcdef\n= 0123456789abcdef " + root.pid() + "\n+ ended\n= ended " + bystander.pid()
                    + "\n- ended\n").getBytes(StandardCharsets.US_ASCII));
        }
        assertTrue(guardian.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, guardian.exitValue());
        assertTrue(bystander.isAlive());
        bystander.destroyForcibly();
        assertAllGone(List.of(root.pid(), child));
    }

    @Test
    void theScriptEndsByItselfWithNothingToDo() throws Exception {
        Process guardian = new ProcessBuilder("sh", "-c", Guardian.script()).redirectErrorStream(true).start();
        guardian.getOutputStream().close();
        assertEquals("", new String(guardian.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, guardian.waitFor());
    }

    @Test
    void aGuardianThatWasKilledIsReplaced() throws Exception {
        SafeRun.run(Shell.script(folder, "true"), Shell.LONG, 100);
        long first = Guardian.instance().pid().orElseThrow();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        Shell.await("the guardian is gone", () -> !Shell.lives(first));
        assertTrue(SafeRun.run(Shell.script(folder, "true"), Shell.LONG, 100).succeeded());
        assertTrue(Guardian.instance().pid().orElseThrow() != first);
    }

    private Process holder(String how) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), "process.GuardianTest$Holder", folder.toString(), how)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static List<Long> pids(Process jvm) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        List<Long> pids = new ArrayList<>();
        for (String line = out.readLine(); line != null && !line.equals("ready"); line = out.readLine()) {
            pids.add(Long.parseLong(line));
        }
        assertEquals(5, pids.size());
        return pids;
    }

    private static void assertAllGone(List<Long> pids) throws InterruptedException {
        for (long pid : pids) {
            Shell.await("process " + pid + " is gone", () -> !Shell.lives(pid));
        }
    }
}
