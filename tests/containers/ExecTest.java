package containers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runner.Bounded;

/** {@code stack exec} as a separate process, with the input and output of a shell. */
class ExecTest {
    private static final String BUSYBOX = "/bin/busybox";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir static Path folder;
    private static StackLab lab;
    private static String service;

    @BeforeAll
    static void open() {
        lab = StackLab.open(folder);
        StackLab.Result up = lab.run("up");
        assertEquals(0, up.code(), up::all);
        service = List.of("prometheus", "grafana").stream().filter(one -> lab.run("exec", one, BUSYBOX, "true").code() == 0)
                .findFirst().orElse("");
        Assumptions.assumeFalse(service.isEmpty(), "no image here has busybox, so there is no command that reads");
    }

    @AfterAll
    static void close() {
        if (lab != null) {
            lab.close();
        }
    }

    private record Ended(int code, byte[] out, String err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        String all() {
            return "exit " + code + "\n" + text() + err;
        }
    }

    @Test
    void whatIsPipedInComesOutAndTheEndIsPassedOn() throws Exception {
        Ended cat = exec("x\n".getBytes(StandardCharsets.UTF_8), "cat");
        assertEquals(0, cat.code(), cat::all);
        assertEquals("x\n", cat.text(), cat::all);
    }

    @Test
    void nothingIsAddedLostOrChanged() throws Exception {
        byte[] noise = new byte[3_000_000];
        new Random(7).nextBytes(noise);
        Ended cat = exec(noise, "cat");
        assertEquals(0, cat.code(), cat.err());
        assertArrayEquals(noise, cat.out());
    }

    @Test
    void stdoutStderrAndTheExitCodeAreTheCommandsOwn() throws Exception {
        Ended both = exec(new byte[0], "sh", "-c", "printf out; printf err >&2; exit 7");
        assertEquals(7, both.code(), both::all);
        assertEquals("out", both.text());
        assertEquals("err", both.err());
    }

    @Test
    void aShellReadsItsScriptFromUs() throws Exception {
        Ended shell = exec("x='some words'\necho \"<$x>\"\nexit 3\n".getBytes(StandardCharsets.UTF_8), "sh");
        assertEquals("<some words>\n", shell.text(), shell::all);
        assertEquals(3, shell.code(), shell::all);
    }

    @Test
    void aCommandThatDoesNotReadEndsAtOnce() throws Exception {
        Process exec = start("true");
        // Its input stays open: nobody waits for that to end.
        assertEquals(0, exec.waitFor());
    }

    @Test
    void aProgramThatIsNotThereIsNamed() throws Exception {
        Ended none = ended(start(List.of("exec", service, "/no/such/program")), new byte[0]);
        assertTrue(none.code() == 126 || none.code() == 127, none::all);
        assertTrue((none.text() + none.err()).contains("/no/such/program"), none::all);
        assertTrue(none.err().contains("only Grafana and Prometheus have a shell"), none::all);
    }

    @Test
    void aShellThatDoesNotFindAProgramIsNotSaidToBeMissing() throws Exception {
        Ended shell = exec(new byte[0], "sh", "-c", "/no/such/program");
        assertEquals(127, shell.code(), shell::all);
        assertFalse(shell.err().contains("hint"), shell::all);
    }

    @Test
    void whenNobodyReadsAnyMoreItEndsWithoutAWord() throws Exception {
        Process yes = start("yes");
        try (var out = yes.getInputStream()) {
            assertEquals('y', out.read());
        }
        assertEquals(ExitCode.ofSignal(13), yes.waitFor());
        assertEquals("", newestErr());
    }

    @Test
    void logsThatNobodyReadsAnyMoreAreNotFollowed() throws Exception {
        Process logs = start(List.of("logs", "--follow"));
        logs.getInputStream().close();
        assertEquals(ExitCode.OK, logs.waitFor());
        assertEquals("", newestErr());
    }

    @ParameterizedTest(name = "the engine goes away at {0}")
    @ValueSource(strings = {"/exec HTTP", "/exec/\\w+/start HTTP", "/exec/\\w+/json HTTP"})
    void anEngineThatGoesAwayIsNoDefectOfOurs(String request) throws Exception {
        StackLab.Result gone = throughProxy(proxy -> proxy.goAwayAt(Pattern.compile(request).asPredicate()), "true");
        assertEquals(ExitCode.NO_ENGINE, gone.code(), gone::all);
        assertTrue(gone.err().contains("the container engine stopped answering while running " + BUSYBOX), gone::all);
    }

    @Test
    void anEngineThatDoesNotSayHowItEndedIsNotTakenForAFailureOfTheCommand() throws Exception {
        StackLab.Result silent = throughProxy(proxy -> proxy.change(answer -> answer.replace("\"Running\":false",
                "\"Running\":true ")), "echo", "done");
        assertEquals("done\n", silent.out(), silent::all);
        assertEquals(ExitCode.ERROR, silent.code(), silent::all);
        assertTrue(silent.err().contains("its exit code is unknown"), silent::all);
    }

    private static StackLab.Result throughProxy(Consumer<EngineProxy> fault, String... command) throws IOException {
        String real = lab.environment.get("DOCKER_HOST");
        try (EngineProxy proxy = new EngineProxy(Path.of(real.replace("unix://", "")))) {
            fault.accept(proxy);
            lab.environment.put("DOCKER_HOST", proxy.address());
            return lab.run(Stream.concat(Stream.of("exec", service, BUSYBOX), Stream.of(command)).toArray(String[]::new));
        } finally {
            lab.environment.put("DOCKER_HOST", real);
        }
    }

    @Test
    void onATerminalTheCommandGetsOne() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script"))
                && System.getProperty("os.name").equals("Linux"), "there is no script(1) of util-linux to make a terminal");
        List<String> command = java(List.of("exec", service, BUSYBOX, "sh"));
        StringBuilder line = new StringBuilder("stty rows 33 cols 99; ");
        command.forEach(word -> line.append('\'').append(word).append("' "));
        line.append("; echo \"code $?\"; stty -a");
        Process script = Bounded.within(PATIENCE_SECONDS,
                process(List.of("script", "-qec", line.toString(), "/dev/null")).start());
        try (var keys = script.getOutputStream()) {
            // Keys are pressed when the shell is there to read them.
            StringBuilder seen = new StringBuilder();
            await(script, seen, "# ", "$ ");
            keys.write("busybox tty; busybox stty size; exit 5\r".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            await(script, seen, "code 5");
            await(script, seen, "rows");
            seen.append(new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            String all = seen.toString();
            assertTrue(all.contains("/dev/pts/"), all);
            assertTrue(all.contains("33 99"), all);
            String after = all.substring(all.indexOf("code 5"));
            assertTrue(after.contains(" echo ") && after.contains(" icanon"), "the terminal is as it was\n" + all);
        }
    }

    private static void await(Process process, StringBuilder seen, String... words) throws IOException {
        int from = seen.length();
        for (int read = process.getInputStream().read(); read >= 0; read = process.getInputStream().read()) {
            seen.append((char) read);
            for (String word : words) {
                if (seen.indexOf(word, from) >= 0) {
                    return;
                }
            }
        }
        throw new AssertionError("never said " + String.join(" or ", words) + "\n" + seen);
    }

    private static Ended exec(byte[] in, String... command) throws Exception {
        return ended(start(command), in);
    }

    private static Process start(String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("exec", service, BUSYBOX));
        arguments.addAll(List.of(command));
        return start(arguments);
    }

    private static Process start(List<String> arguments) throws IOException {
        return Bounded.within(PATIENCE_SECONDS,
                process(java(arguments)).redirectError(Files.createTempFile(folder, "err", "").toFile()).start());
    }

    private static Ended ended(Process process, byte[] in) throws Exception {
        Thread feeder = new Thread(() -> {
            try (var stdin = process.getOutputStream()) {
                stdin.write(in);
            } catch (IOException e) {
                return;
            }
        });
        feeder.start();
        byte[] out = process.getInputStream().readAllBytes();
        process.waitFor();
        return new Ended(process.exitValue(), out, newestErr());
    }

    private static String newestErr() throws IOException {
        try (var files = Files.list(folder)) {
            Path newest = files.filter(file -> file.getFileName().toString().startsWith("err"))
                    .max(java.util.Comparator.comparing(file -> file.toFile().lastModified())).orElseThrow();
            String text = Files.readString(newest);
            Files.delete(newest);
            return text;
        }
    }

    private static List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "containers.StackMain"));
        command.addAll(arguments);
        return command;
    }

    private static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(lab.environment);
        builder.environment().put("TERM", "xterm");
        return builder;
    }
}
