package cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.run.EnvironmentFile;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mistakes of a user, each with its exit code, a message and the next step, and without a stack trace. */
class BadInputTest {
    private static final Set<String> VERBS = Set.of("sessions", "show", "resume", "verify", "regrade", "telemetry", "completion");

    @TempDir Path home;
    @TempDir Path project;

    static Stream<Arguments> wrong() {
        return Stream.of(
                row(2, "no task given", "pa --help"),
                row(2, "the task is empty", "in quotes", ""),
                row(2, "the task is empty", "in quotes", "-t", "  "),
                row(2, "unexpected words after pa sessions: show x", "all options: ", "sessions", "show", "x"),
                row(2, "unexpected word after the task: the", "put the task in quotes", "fix", "the", "resume", "bug"),
                row(2, "a task and 'sessions' cannot be used together", "put the task in quotes", "list my", "sessions"),
                row(2, "given twice", "give it once", "a task", "-t", "another"),
                row(2, "unknown option --verfy", "--verify", "--verfy", "make", "x"),
                row(2, "--max-iterations must be at least 1", "", "--max-iterations", "0", "x"),
                row(2, "pa: --max-cost takes an amount", "--max-cost 2.50", "--max-cost", "cheap", "x"),
                row(2, "--max-cost takes an amount", "--max-cost 2.50", "--max-cost", "1e9999999", "x"),
                row(2, "--max-cost takes an amount", "--max-cost 2.50", "--max-cost", "1e-9999999", "x"),
                row(2, "--max-cost takes an amount", "--max-cost 2.50", "--max-cost", "1e99999999999", "x"),
                row(2, "--max-cost takes an amount", "--max-cost 2.50", "--max-cost", "-0", "x"),
                row(2, "--max-cost takes an amount", "--max-cost 2.50", "--max-cost", "NaN", "x"),
                row(2, "cannot be used together", "leave one of them out", "--rehearse", "--worker-cmd", "true", "x"),
                row(2, "--timeout takes a time", "30m", "--timeout", "400000000000d", "x"),
                row(2, "--timeout takes a time of at most a year", "30m", "--timeout", "soon", "x"),
                row(2, "cannot be used together", "one of them", "--verify", "make", "--no-verify", "x"),
                row(2, "--baseline off and --evidence independent cannot be used together", "leave one of them out", "--baseline", "off",
                        "--evidence", "independent", "--reasoner", "rules", "--worker-cmd", "true", "x"),
                row(2, "--baseline", "", "--baseline", "sometimes", "x"),
                row(2, "the context folder", "give a folder", "--context-dir", "nowhere", "x"),
                row(2, "the picture", "PNG", "--add-screenshot", "nowhere.png", "x"),
                row(2, "run without a shell", "sh -c", "--reasoner", "rules", "--worker-cmd", "true", "--verify",
                        "make && make lint", "x"),
                row(2, "no sessions in", "pa \"task\"", "show"),
                row(2, "no session abc in", "pa sessions --all", "resume", "abc"),
                row(7, "the working directory does not exist", "mkdir -p", "-d", "nowhere", "x"),
                row(7, "GEMINI_API_KEY", "--rehearse", "x"),
                row(7, "not found", "--rehearse", "--reasoner", "rules", "--claude-bin", "no-such-claude", "x"),
                row(7, "not found", "", "--reasoner", "rules", "--worker-cmd", "no-such-command", "x"));
    }

    private static Arguments row(int exitCode, String message, String hint, String... arguments) {
        return Arguments.of(exitCode, message, hint, List.of(arguments));
    }

    @ParameterizedTest(name = "{3} → exit {0}, {1}")
    @MethodSource("wrong")
    void saysWhatWasWrongAndWhatToDo(int exitCode, String message, String hint, List<String> arguments) {
        Pa.Result result = new Pa(home).withBarePath().run(project, arguments.toArray(new String[0]));
        assertEquals(exitCode, result.exitCode(), result.toString());
        assertTrue(result.err().contains(message), result.toString());
        assertTrue(result.err().contains(hint), result.toString());
        assertFalse(result.err().contains("\tat "), result.toString());
        assertEquals("", result.out(), "why a run did not begin is no result: " + result);
    }

    @Test
    void aTaskOfAMegabyteComesOnStdinAndIsRefused() {
        Pa.Result result = new Pa(home).input("x".repeat(1_000_000)).run(project, "-");
        assertEquals(2, result.exitCode(), result.toString());
        assertTrue(result.err().contains("more than 200000"), result.toString());
        assertTrue(result.err().contains("--context-dir"), result.toString());
    }

    /** The words after a picture are its description, or the task when there is no other. */
    @Test
    void aTaskAfterAScreenshotIsTheTask() throws IOException {
        Files.write(project.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0});
        String worker = "sh -c 'cat > told.txt'";
        Pa.Result result = new Pa(home).run(project, "--reasoner", "rules", "--worker-cmd", worker, "--no-verify",
                "--screenshot", "a.png", "Fix the layout");
        assertEquals(0, result.exitCode(), result.toString());
        String told = read(project.resolve("told.txt"));
        assertTrue(told.startsWith("Fix the layout") && told.contains("a.png"), told);

        result = new Pa(home).run(project, "--reasoner", "rules", "--worker-cmd", worker, "--no-verify",
                "Fix it", "--screenshot", "a.png", "as it should look");
        assertEquals(0, result.exitCode(), result.toString());
        told = read(project.resolve("told.txt"));
        assertTrue(told.startsWith("Fix it") && told.contains("a.png: as it should look"), told);
    }

    @Test
    void anEnvFileOfBytesThatAreNoText() throws IOException {
        Files.write(project.resolve(".env"), new byte[] {'A', '=', (byte) 0xff, (byte) 0xfe});
        Pa.Result result = new Pa(home).run(project, "x");
        assertEquals(2, result.exitCode(), result.toString());
        assertTrue(result.err().contains(".env cannot be read"), result.toString());
    }

    /** A device would fill the memory, a pipe would be waited for; a link can lead to either. */
    @ParameterizedTest
    @CsvSource({"ln -s /dev/zero .env, it is a link", "ln -s somewhere .env, it is a link",
        "mkfifo .env, it is a device or a pipe", "head -c 65537 /dev/zero > .env, more than 65536"})
    void anEnvFileThatIsNoSmallFileIsLeftAlone(String make, String why) throws Exception {
        assertEquals(0, new ProcessBuilder("sh", "-c", make).directory(project.toFile()).start().waitFor());
        Map<String, String> environment = Map.of("HOME", "/h");
        EnvironmentFile.Merged merged = assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> EnvironmentFile.read(project, environment));
        assertEquals(environment, merged.environment());
        assertTrue(merged.notes().get(0).contains(".env was not read: ") && merged.notes().get(0).contains(why),
                merged.notes().toString());
    }

    @Test
    void anEnvFileOfTheLargestSizeIsRead() throws IOException {
        Files.writeString(project.resolve(".env"), "GEMINI_API_KEY=k\n#" + "x".repeat(65536 - 18));
        assertEquals("k", EnvironmentFile.read(project, Map.of()).environment().get("GEMINI_API_KEY"));
    }

    /** Each of these would have been a paid run. */
    @ParameterizedTest
    @CsvSource({"help, pa --help", "Help, pa --help", "sesions, pa sessions", "resum, pa resume", "shwo, pa show",
        "telemtry, pa telemetry", "complete, pa completion", "version, pa --version", "doctor, stack doctor", "list, pa --help",
        "@missing.txt, pa - < missing.txt"})
    void aWordThatIsNearlyAVerbStartsNothing(String word, String meant) {
        Failure refused = assertThrows(Failure.class, () -> TaskWord.check(word, VERBS));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertTrue(refused.hint().contains(meant) && refused.hint().contains("pa --task " + word), refused.hint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"refactor", "fix", "help me", "show the sessions", "x", "@ home", "translate"})
    void otherWordsAreTasks(String task) {
        assertDoesNotThrow(() -> TaskWord.check(task, VERBS));
    }

    @Test
    void aVerbIsATaskWhenItIsSaidSo() {
        String[] start = {"--reasoner", "rules", "--worker-cmd", "sh -c 'cat > told.txt'", "--no-verify"};
        Pa.Result refused = new Pa(home).run(project, Stream.concat(Stream.of(start), Stream.of("help")).toArray(String[]::new));
        assertEquals(2, refused.exitCode(), refused.toString());
        assertTrue(refused.err().contains("jbang pa --help") && refused.err().contains("jbang pa --task help"), refused.err());
        assertFalse(Files.exists(project.resolve("told.txt")), refused.toString());
        Pa.Result task = new Pa(home).run(project, Stream.concat(Stream.of(start), Stream.of("-t", "help")).toArray(String[]::new));
        assertEquals(0, task.exitCode(), task.toString());
        assertTrue(read(project.resolve("told.txt")).startsWith("help"), task.toString());
    }

    /** The sample program of a rehearsal is nothing for the folder that somebody stands in, nor is that folder's check. */
    @Test
    void aRehearsalWorksInAFolderOfItsOwn() throws IOException {
        Files.writeString(project.resolve("Makefile"), "test:\n\ttouch was-run\n");
        Pa.Result result = new Pa(home).withBarePath().run(project, "--rehearse", "--no-telemetry", "say hello");
        assertEquals(0, result.exitCode(), result.toString());
        try (Stream<Path> files = Files.list(project)) {
            assertEquals(List.of("Makefile"), files.map(f -> f.getFileName().toString()).toList(), result.toString());
        }
        try (Stream<Path> folders = Files.list(home.resolve("state/agentproxy/rehearsals"))) {
            Path own = folders.findFirst().orElseThrow();
            assertTrue(Files.exists(own.resolve("rehearsal/greet.sh")), result.toString());
            assertTrue(result.err().contains("in " + own), result.toString());
        }
    }

    @Test
    void aPythonEnvironmentOfThatNameIsNoneOfOurs() throws IOException {
        Files.createDirectory(project.resolve(".env"));
        assertEquals(Map.of("HOME", "/h"), EnvironmentFile.read(project, Map.of("HOME", "/h")).environment());
    }

    @Test
    void optionsOfARunAreTakenOverByItsResume() {
        Pa.Result first = new Pa(home).run(project, "--reasoner", "rules", "--worker-cmd", "sh -c 'echo x >> work.txt; exit 1'",
                "--verify", "test -s work.txt", "--max-iterations", "1", "do it");
        assertEquals(3, first.exitCode(), first.toString());
        Pa.Result resumed = new Pa(home).run(project, "resume", "--worker-cmd", "sh -c 'echo y >> work.txt'");
        assertEquals(0, resumed.exitCode(), resumed.toString());
        assertTrue(resumed.err().contains("test -s work.txt: pass"), resumed.toString());
        Pa.Result before = new Pa(home).run(project, "-d", "elsewhere", "show");
        assertEquals(2, before.exitCode(), before.toString());
        assertTrue(before.err().contains("put it after: jbang pa show --working-dir"), before.toString());
    }

    @Test
    void aRunThatCannotEvenBeginLeavesNoSessionBehind() {
        new Pa(home).run(project, "--reasoner", "rules", "--worker-cmd", "true", "--verify", "a && b", "do it");
        Pa.Result sessions = new Pa(home).run(project, "sessions");
        assertTrue(sessions.err().contains("no sessions here yet"), sessions.toString());
    }

    @Test
    void aRunWithoutAKeyIsASessionThatGoesOnOnceThereIsOne() {
        Pa.Result noKey = new Pa(home).run(project, "--worker-cmd", "sh -c 'echo x > work.txt'", "--verify", "test -s work.txt", "do it");
        assertEquals(7, noKey.exitCode(), noKey.toString());
        Pa.Result shown = new Pa(home).run(project, "show");
        assertTrue(shown.out().contains("failed_self_check"), shown.toString());
        Pa.Result resumed = new Pa(home).run(project, "resume", "--reasoner", "rules");
        assertEquals(0, resumed.exitCode(), resumed.toString());
    }

    @Test
    void anEnvFileCannotRedirectAKey() throws IOException {
        Files.writeString(project.resolve(".env"), "GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:9/evil\nCLAUDE_BIN=/evil\n"
                + "DATABASE_URL=mine\nGEMINI_API_KEY=from-the-file\n");
        EnvironmentFile.Merged merged = EnvironmentFile.read(project, Map.of("HOME", "/h"));
        assertEquals(Map.of("HOME", "/h", "GEMINI_API_KEY", "from-the-file"), merged.environment());
        assertEquals(2, merged.notes().size(), merged.notes().toString());
        assertTrue(merged.notes().get(0).contains("is ignored"), merged.notes().toString());
    }

    @Test
    void anEnvFileNeverBeatsTheEnvironment() throws IOException {
        Files.writeString(project.resolve(".env"), "GEMINI_API_KEY=from-the-file\n");
        assertEquals("mine", EnvironmentFile.read(project, Map.of("GEMINI_API_KEY", "mine")).environment()
                .get("GEMINI_API_KEY"));
    }

    @Test
    void aWorkerThatIsNotExecutable() throws IOException {
        Path program = Files.writeString(project.resolve("claude"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
        Pa.Result result = new Pa(home).run(project, "--reasoner", "rules", "--claude-bin", program.toString(), "x");
        assertEquals(7, result.exitCode(), result.toString());
        assertTrue(result.err().contains("chmod +x") || result.err().contains("not executable"), result.toString());
    }

    @Test
    void helpShowsExamplesAndExitCodesOnStdout() {
        Pa.Result result = new Pa(home).run(project, "--help");
        assertEquals(0, result.exitCode());
        assertTrue(result.out().contains("0          completed: done"), result.toString());
        assertTrue(result.out().contains("pa --rehearse \"Create a hello world script\""), result.toString());
        assertEquals("", result.err());
    }

    @Test
    void theVersionIsAnsweredWithoutLoadingTheCommandLinesLibrary() {
        Pa.Result result = new Pa(home).jvmOption("-Xlog:class+load:file=" + home.resolve("classes")).run(project, "--version");
        assertEquals("pa " + contract.Product.VERSION + "\n", result.out());
        assertFalse(read(home.resolve("classes")).contains("picocli"), "picocli was loaded");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
