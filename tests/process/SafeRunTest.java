package process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import process.CannotStart.Reason;

class SafeRunTest {
    private static final int CAP = 4096;

    @TempDir
    Path folder;

    @Test
    void bothStreamsComeInOrderWithTheExitCode() throws Exception {
        Completed run = run("echo one; echo two >&2; echo three; exit 3");
        assertEquals("one\ntwo\nthree\n", run.output());
        assertEquals(OptionalInt.of(3), run.exitCode());
        assertEquals("exit code 3", run.ending());
        assertFalse(run.succeeded() || run.timedOut() || run.truncated());
    }

    @Test
    void theEnvironmentIsExactlyTheOneGiven() throws Exception {
        ProcessSpec spec = ProcessSpec.of(List.of("/usr/bin/env"), folder, Map.of("GIVEN", "1"));
        List<String> lines = SafeRun.run(spec, Shell.LONG, CAP).output().lines().toList();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.contains("GIVEN=1"));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith(ProcessTree.COOKIE + "=")));
    }

    @Test
    void aMissingProgramIsToldApart() {
        CannotStart e = assertThrows(CannotStart.class, () -> run(ProcessSpec.of(List.of("no-such-program"), folder,
                Shell.environment())));
        assertEquals(Reason.NOT_FOUND, e.reason());
        assertEquals("no-such-program was not found on the PATH", e.getMessage());
    }

    @Test
    void aMissingInterpreterIsToldApart() throws Exception {
        Path script = executable("script", "#!/no/such/interpreter\n");
        CannotStart e = assertThrows(CannotStart.class,
                () -> run(ProcessSpec.of(List.of("./script"), folder, Shell.environment())));
        assertEquals(Reason.NOT_FOUND, e.reason());
        assertTrue(e.getMessage().contains(script.toString()), e.getMessage());
        assertTrue(e.hint().contains("interpreter"));
    }

    @Test
    void aFileThatIsNotExecutableIsToldApart() throws Exception {
        Files.writeString(folder.resolve("plain"), "echo hi\n");
        CannotStart e = assertThrows(CannotStart.class,
                () -> run(ProcessSpec.of(List.of("./plain"), folder, Shell.environment())));
        assertEquals(Reason.NOT_EXECUTABLE, e.reason());
    }

    @Test
    void aFolderIsNoProgram() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        CannotStart e = assertThrows(CannotStart.class,
                () -> run(ProcessSpec.of(List.of("./sub"), folder, Shell.environment())));
        assertEquals(Reason.NOT_EXECUTABLE, e.reason());
    }

    @Test
    void aMissingDirectoryIsToldApart() {
        CannotStart e = assertThrows(CannotStart.class,
                () -> run(ProcessSpec.of(List.of("true"), folder.resolve("gone"), Shell.environment())));
        assertEquals(Reason.NO_DIRECTORY, e.reason());
    }

    @Test
    void argumentsThatAreTooLongAreNoCrash() {
        String huge = "x".repeat(4 << 20);
        CannotStart e = assertThrows(CannotStart.class,
                () -> run(ProcessSpec.of(List.of("true", huge), folder, Shell.environment())));
        assertEquals(Reason.OTHER, e.reason());
    }

    @Test
    void aZeroCharacterIsNoCrash() {
        assertThrows(CannotStart.class, () -> run(ProcessSpec.of(List.of("true", "\0"), folder, Shell.environment())));
        assertThrows(CannotStart.class, () -> run(ProcessSpec.of(List.of("tr\0ue"), folder, Shell.environment())));
    }

    @Test
    void anEndlessCommandIsEndedAtItsLimitWithItsChildren() throws Exception {
        Completed run = SafeRun.run(Shell.script(folder, "sleep 600 & echo $!; echo started; sleep 600"),
                Duration.ofMillis(700), CAP);
        assertTrue(run.timedOut());
        assertTrue(run.exitCode().isEmpty());
        assertTrue(run.output().contains("started"));
        assertTrue(run.ending().startsWith("did not end within 0.7 s"), run.ending());
        assertFalse(Shell.lives(firstNumber(run)));
    }

    @Test
    void aCommandThatIgnoresSigtermIsKilled() throws Exception {
        Completed run = SafeRun.run(Shell.script(folder, "trap '' TERM; echo $$; while :; do sleep 1; done"),
                Duration.ofMillis(500), CAP);
        assertTrue(run.timedOut());
        assertFalse(Shell.lives(firstNumber(run)));
    }

    @Test
    void floodingOutputIsCappedAndEnded() throws Exception {
        Completed run = SafeRun.run(Shell.script(folder, "echo first; exec yes"), Duration.ofSeconds(2), CAP);
        assertTrue(run.timedOut() && run.truncated());
        assertTrue(run.output().startsWith("first\ny\n"));
        assertTrue(run.output().endsWith("y\n"));
        assertTrue(run.output().contains("bytes left out"));
        assertTrue(run.output().length() < CAP + 100, "length " + run.output().length());
    }

    @Test
    void deathBySignalIsSaid() throws Exception {
        Completed run = run("kill -SEGV $$");
        assertEquals(OptionalInt.of(139), run.exitCode());
        assertEquals(OptionalInt.of(11), run.signal());
        assertEquals("killed by SIGSEGV (exit code 139)", run.ending());
    }

    @Test
    void whatIsLeftBehindIsEndedAndCounted() throws Exception {
        Completed run = run("sleep 600 >/dev/null 2>&1 & echo $!");
        assertTrue(run.succeeded());
        assertEquals(1, run.leftBehind());
        assertFalse(Shell.lives(firstNumber(run)));
    }

    @Test
    void aGrandchildThatKeepsThePipeOpenHoldsNobodyUp() throws Exception {
        Completed run = run("sleep 600 & echo $!; exit 4");
        assertEquals(OptionalInt.of(4), run.exitCode());
        assertTrue(run.duration().compareTo(Duration.ofSeconds(30)) < 0);
        assertFalse(Shell.lives(firstNumber(run)));
    }

    @Test
    void aGrandchildThatFloodsThePipeHoldsNobodyUp() throws Exception {
        Completed run = run("yes & echo done; exit 0");
        assertTrue(run.succeeded());
    }

    @Test
    void inputIsGivenAndClosed() throws Exception {
        ProcessSpec spec = new ProcessSpec(List.of("cat"), folder, Shell.environment(),
                "grüße\n".getBytes(StandardCharsets.UTF_8));
        assertEquals("grüße\n", SafeRun.run(spec, Shell.LONG, CAP).output());
    }

    @Test
    void withoutInputThereIsNothingToRead() throws Exception {
        assertEquals("end\n", run("cat; echo end").output());
    }

    @Test
    void aCommandThatDoesNotReadItsInputBlocksNobody() throws Exception {
        ProcessSpec spec = new ProcessSpec(List.of("sh", "-c", "echo ignored"), folder, Shell.environment(),
                new byte[8 << 20]);
        Completed run = SafeRun.run(spec, Shell.LONG, CAP);
        assertEquals("ignored\n", run.output());
        assertTrue(run.succeeded());
    }

    @Test
    void interruptingTheCallerEndsTheTree() throws Exception {
        Path pid = folder.resolve("pid");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                SafeRun.run(Shell.script(folder, "echo $$ > pid.new; mv pid.new pid; sleep 600"), Shell.LONG, CAP);
            } catch (CannotStart | InterruptedException e) {
                thrown.set(e);
            }
        });
        caller.start();
        Shell.await("the command runs", () -> Files.exists(pid));
        caller.interrupt();
        caller.join(Shell.LONG.toMillis());
        assertTrue(thrown.get() instanceof InterruptedException, String.valueOf(thrown.get()));
        assertFalse(Shell.lives(Long.parseLong(Files.readString(pid).strip())));
    }

    private Completed run(String script) throws CannotStart, InterruptedException {
        return run(Shell.script(folder, script));
    }

    private static Completed run(ProcessSpec spec) throws CannotStart, InterruptedException {
        return SafeRun.run(spec, Shell.LONG, CAP);
    }

    private static long firstNumber(Completed run) {
        return Long.parseLong(run.output().lines().findFirst().orElseThrow());
    }

    private Path executable(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }
}
