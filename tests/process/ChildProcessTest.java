package process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runner.Sigint;

class ChildProcessTest {
    @TempDir
    Path folder;

    @Test
    void theStreamsAreApart() throws Exception {
        try (ChildProcess child = start("echo out; echo err >&2")) {
            assertEquals("out\n", text(child.stdout()));
            assertEquals("err\n", text(child.stderr()));
            assertTrue(child.waitFor(Shell.LONG));
            assertEquals(OptionalInt.of(0), child.exitCode());
        }
    }

    @Test
    void sigintGoesToTheCommandItself() throws Exception {
        Sigint.assumeItArrives();
        try (ChildProcess child = start("trap 'echo interrupted; exit 7' INT; echo ready; while :; do sleep 0.1; done")) {
            BufferedReader out = reader(child);
            assertEquals("ready", out.readLine());
            assertTrue(child.exitCode().isEmpty());
            child.interrupt();
            assertEquals("interrupted", out.readLine());
            assertTrue(child.waitFor(Shell.LONG));
            assertEquals(OptionalInt.of(7), child.exitCode());
        }
    }

    @Test
    void waitingHasALimit() throws Exception {
        try (ChildProcess child = start("sleep 600")) {
            assertFalse(child.waitFor(Duration.ofMillis(50)));
            assertTrue(child.exitCode().isEmpty());
        }
    }

    @Test
    void endingGivesTimeToEndInOrder() throws Exception {
        try (ChildProcess child = start("trap 'echo cleaned up; exit 0' TERM; echo ready; while :; do sleep 0.1; done")) {
            BufferedReader out = reader(child);
            assertEquals("ready", out.readLine());
            child.end(Shell.LONG);
            assertEquals("cleaned up", out.readLine());
            assertEquals(OptionalInt.of(0), child.exitCode());
        }
    }

    @Test
    void endingReachesGrandchildrenThatIgnoreSigterm() throws Exception {
        try (ChildProcess child = start("(trap '' TERM; sh -c 'echo $$; while :; do sleep 0.1; done') & wait")) {
            long grandchild = Long.parseLong(reader(child).readLine());
            child.end(Duration.ofMillis(300));
            assertFalse(Shell.lives(grandchild));
            assertFalse(Shell.lives(child.pid()));
        }
    }

    @Test
    void aDoubleForkInASessionOfItsOwnDoesNotEscape() throws Exception {
        Assumptions.assumeTrue(Programs.find("setsid", folder, Shell.environment()).isPresent(), "no setsid here");
        long daemon;
        // The daemon's parents are gone at once, so only the cookie leads to it.
        try (ChildProcess child = start("(setsid sh -c 'echo $$; exec sleep 600 >/dev/null 2>&1' &) ; sleep 0.3")) {
            daemon = Long.parseLong(reader(child).readLine());
            assertTrue(child.waitFor(Shell.LONG));
        }
        assertFalse(Shell.lives(daemon));
    }

    @Test
    void aProcessThatReplacesItselfAllTheTimeDoesNotEscape() throws Exception {
        Assumptions.assumeTrue(Programs.find("setsid", folder, Shell.environment()).isPresent(), "no setsid here");
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/environ")), "only who was seen is found here");
        Path pipe = folder.resolve("pipe");
        // Each link starts the next in a session of its own and ends at once, until the file is taken away.
        Files.writeString(folder.resolve("link"), "test -e link && { setsid sh link & }\n");
        for (int i = 0; i < 20; i++) {
            assertTrue(SafeRun.run(Shell.script(folder, "rm -f pipe; mkfifo pipe"), Shell.LONG, 100).succeeded());
            // The end of this pipe comes when the last of the links is gone.
            Thread links = new Thread(() -> readToTheEnd(pipe), "links");
            links.start();
            try (ChildProcess child = start("exec 9>pipe; sh link; exec 9>&-; exit 0")) {
                assertTrue(child.waitFor(Shell.LONG));
            }
            links.join(Shell.LONG.toMillis());
            if (links.isAlive()) {
                Files.delete(folder.resolve("link"));
                fail("the chain goes on, in try " + i);
            }
        }
    }

    @Test
    void whoWasSeenIsRememberedAlsoWithoutTheCookie() throws Exception {
        long orphan;
        String orphaning = "sh -c 'env -i sh -c \"echo \\$\\$; exec sleep 600\" >pid & sleep 1.5'; sleep 0.5";
        try (ChildProcess child = start(orphaning)) {
            Path pid = folder.resolve("pid");
            Shell.await("the orphan runs", () -> size(pid) > 1);
            orphan = Long.parseLong(Files.readString(pid).strip());
            assertTrue(child.waitFor(Shell.LONG));
        }
        assertFalse(Shell.lives(orphan));
    }

    @Test
    void aTreeInsideATreeBelongsToBoth() throws Exception {
        Map<String, String> environment = Shell.environment();
        environment.put(ProcessTree.COOKIE, "outer");
        ProcessSpec spec = ProcessSpec.of(List.of("sh", "-c", "echo $" + ProcessTree.COOKIE), folder, environment);
        try (ChildProcess child = ChildProcess.start(spec)) {
            assertTrue(text(child.stdout()).matches("outer:[0-9a-f]{32}\n"));
        }
    }

    @Test
    void aReaderComesToTheEndWhoeverKeepsThePipeOpen() throws Exception {
        // Cleared environment and forked twice at once: nothing leads to this one, and it keeps the pipe.
        try (ChildProcess child = start("echo last words; (env -i sleep 8 &) & exit 0")) {
            long start = System.nanoTime();
            assertEquals("last words\n", text(child.stdout()));
            assertTrue(Pause.since(start).compareTo(Duration.ofSeconds(7)) < 0, "took " + Pause.since(start));
        }
    }

    @Test
    void aSlowReaderLosesNothing() throws Exception {
        try (ChildProcess child = start("i=0; while [ $i -lt 20000 ]; do echo \"line $i\"; i=$((i+1)); done")) {
            BufferedReader out = reader(child);
            for (int i = 0; i < 20000; i++) {
                assertEquals("line " + i, out.readLine());
                if (i == 100) {
                    // Long enough that the command would have ended and been cleaned up, had it not to wait.
                    Thread.sleep(2500);
                }
            }
            assertEquals(null, out.readLine());
        }
    }

    @Test
    void aReaderThatStopsReadingDoesNotHoldTheCommandUp() throws Exception {
        try (ChildProcess child = start("head -c 4000000 /dev/zero; echo done >&2")) {
            child.stdout().close();
            assertEquals("done\n", text(child.stderr()));
            assertTrue(child.waitFor(Shell.LONG));
        }
    }

    @Test
    void whatWasWrittenCanBeReadAfterClosing() throws Exception {
        for (int i = 0; i < 20; i++) {
            ChildProcess child = start("echo out; echo err >&2");
            assertTrue(child.waitFor(Shell.LONG));
            child.close();
            assertEquals("out\n", text(child.stdout()));
            assertEquals("err\n", text(child.stderr()));
        }
    }

    @Test
    void closingDoesNotWaitForAReader() throws Exception {
        ChildProcess child = start("head -c 4000000 /dev/zero");
        Shell.await("the buffer is full", () -> available(child) == 1 << 16);
        child.close();
        int read = child.stdout().readAllBytes().length;
        assertTrue(read >= 1 << 16 && read < 4_000_000, "read " + read);
    }

    @Test
    void closingTwiceAndAfterTheEndIsFine() throws Exception {
        ChildProcess child = start("exit 0");
        assertTrue(child.waitFor(Shell.LONG));
        child.close();
        child.close();
        assertEquals(0, child.leftBehind());
    }

    private ChildProcess start(String script) throws CannotStart {
        return ChildProcess.start(Shell.script(folder, script));
    }

    private static BufferedReader reader(ChildProcess child) {
        return new BufferedReader(new InputStreamReader(child.stdout(), StandardCharsets.UTF_8));
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int available(ChildProcess child) {
        try {
            return child.stdout().available();
        } catch (IOException e) {
            return -1;
        }
    }

    private static void readToTheEnd(Path pipe) {
        try (InputStream in = Files.newInputStream(pipe)) {
            in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
