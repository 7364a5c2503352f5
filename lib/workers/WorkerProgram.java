package workers;

import agent.Bounds;
import agent.RunListener;
import contract.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import process.CannotStart;
import process.ProcessSpec;
import process.Programs;

/** Finds a worker's program and asks for its version. */
public final class WorkerProgram {
    /** A first start on a cold disk takes seconds. */
    public static final Duration VERSION_LIMIT = Duration.ofSeconds(30);
    private static final int MAX_ANSWER = 10_000;
    private static final int FIRST_LINE = 200;

    private WorkerProgram() {}

    /** A program by its name on the PATH, or by its path relative to the folder where PA was started. */
    public static Optional<Path> find(String program, Map<String, String> environment) {
        return Programs.find(program, here(), environment);
    }

    /**
     * The file of a program.
     *
     * @param program a name on the PATH, or a path relative to the folder where PA was started
     * @throws Failure of the self-check when the file is missing or not executable
     */
    public static Path require(String program, Map<String, String> environment, String hint) {
        return find(program, environment).map(path -> path.toAbsolutePath().normalize())
                .orElseThrow(() -> Failure.selfCheck(notFound(program), hint));
    }

    /**
     * The answer to {@code --version}; empty when it contains no version.
     *
     * @throws Failure of the self-check when the program cannot be run, fails, or does not answer
     */
    public static Optional<Version> version(List<String> command, Map<String, String> environment, Duration limit,
            String hint) {
        List<String> question = new ArrayList<>(command);
        question.add("--version");
        StringBuilder answer = new StringBuilder();
        WorkerRun.End end;
        try {
            end = run(question, here(), environment, limit, answer);
        } catch (CannotStart e) {
            throw Failure.selfCheck("the worker cannot be started: " + e.getMessage(), hint);
        }
        String program = command.get(0);
        if (end.stop().isPresent()) {
            throw Failure.selfCheck(program + " --version did not answer within " + limit.toSeconds() + " s", hint);
        }
        if (end.exitCode().orElse(-1) != 0) {
            String said = Texts.oneLine(end.stderr().isBlank() ? answer.toString() : end.stderr(), 300);
            throw Failure.selfCheck(program + " --version ended with exit code " + end.exitCode().orElse(-1)
                    + (said.isEmpty() ? "" : ": " + said), hint);
        }
        return Version.in(answer.toString());
    }

    /**
     * A program's answer.
     *
     * @param output the beginning of its standard output
     * @param stderr the last part of its standard error
     */
    public record Said(int exitCode, String output, String stderr) {}

    /** Runs a command that starts no work, with an empty standard input; empty when it does not end within the limit. */
    public static Optional<Said> ask(List<String> question, Path directory, Map<String, String> environment, Duration limit) {
        StringBuilder answer = new StringBuilder();
        try {
            WorkerRun.End end = run(question, directory, environment, limit, answer);
            return end.stop().isPresent() ? Optional.empty()
                    : Optional.of(new Said(end.exitCode().orElse(-1), answer.toString(), end.stderr()));
        } catch (CannotStart e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the file is a script in the place of an agent's own program: it begins with {@code #!} and names another interpreter
     * than the one of npm's programs. A file that cannot be read counts as such a script.
     */
    public static boolean isScript(Path program) {
        try (InputStream in = Files.newInputStream(program)) {
            String first = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1).split("\n", 2)[0];
            return first.startsWith("#!") && !first.strip().endsWith("node");
        } catch (IOException e) {
            return true;
        }
    }

    /** @param answer gets the beginning of what it says */
    private static WorkerRun.End run(List<String> question, Path directory, Map<String, String> environment, Duration limit,
            StringBuilder answer) throws CannotStart {
        return new WorkerRun<String>(new ProcessSpec(question, directory, environment, new byte[0]), new WorkerLimits(limit,
                limit), Bounds.none()).run(WorkerProgram::line, RunListener.NONE, arrival -> {
                    if (answer.length() < MAX_ANSWER) {
                        answer.append(arrival.line()).append('\n');
                    }
                });
    }

    private static String line(LineReader line) throws IOException {
        line.finish();
        return line.head();
    }

    private static String notFound(String program) {
        if (program.indexOf('/') < 0) {
            return "the worker " + program + " was not found on the PATH, or is not executable there";
        }
        Path path = here().resolve(program);
        return Files.isDirectory(path) ? "the worker " + program + " is a folder, not a program"
                : Files.exists(path) ? "the worker " + program + " is not executable"
                : "the worker " + program + " does not exist";
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
