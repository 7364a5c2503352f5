package claude;

import agent.Bounds;
import agent.RunListener;
import contract.Failure;
import contract.Variables;
import java.io.IOException;
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

/** Finds Claude Code and asks for its version. */
public final class ClaudeProgram {
    /** A first start on a cold disk takes seconds. */
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(30);
    private static final int MAX_ANSWER = 10_000;
    static final String HINT = "install Claude Code (npm i -g @anthropic-ai/claude-code), name it with --claude-bin"
            + " or CLAUDE_BIN, use another worker with --worker-cmd CMD, or see how it works with --rehearse";

    private ClaudeProgram() {}

    /** Claude Code as {@code CLAUDE_BIN} or the PATH name it, where it is there and executable. */
    public static Optional<Path> find(Map<String, String> environment) {
        String configured = environment.getOrDefault(Variables.CLAUDE_BIN, "");
        return Programs.find(configured.isBlank() ? ClaudeOptions.PROGRAM : configured, here(), environment);
    }

    /**
     * The file of a program.
     *
     * @param program a name on the PATH, or a path, relative to where PA was started
     * @throws Failure of the self-check when it is not there or not executable
     */
    static Path require(String program, Map<String, String> environment, String hint) {
        return Programs.find(program, here(), environment).map(path -> path.toAbsolutePath().normalize())
                .orElseThrow(() -> Failure.selfCheck(notFound(program), hint));
    }

    /**
     * What {@code --version} says; empty when it names no version.
     *
     * @throws Failure of the self-check when the program cannot be run, fails, or does not answer
     */
    public static Optional<String> version(List<String> command, Map<String, String> environment) {
        return version(command, environment, VERSION_LIMIT).map(Version::toString);
    }

    static Optional<Version> version(List<String> command, Map<String, String> environment, Duration limit) {
        List<String> question = new ArrayList<>(command);
        question.add("--version");
        StringBuilder answer = new StringBuilder();
        WorkerRun.End end;
        try {
            end = new WorkerRun<String>(new ProcessSpec(question, here(), environment, new byte[0]),
                    new WorkerLimits(limit, limit), Bounds.none()).run(ClaudeProgram::line, RunListener.NONE, arrival -> {
                        if (answer.length() < MAX_ANSWER) {
                            answer.append(arrival.line()).append('\n');
                        }
                    });
        } catch (CannotStart e) {
            throw Failure.selfCheck("the worker cannot be started: " + e.getMessage(), HINT);
        }
        String program = command.get(0);
        if (end.stop().isPresent()) {
            throw Failure.selfCheck(program + " --version did not answer within " + limit.toSeconds() + " s", HINT);
        }
        if (end.exitCode().orElse(-1) != 0) {
            String said = Texts.oneLine(end.stderr().isBlank() ? answer.toString() : end.stderr(), 300);
            throw Failure.selfCheck(program + " --version ended with exit code " + end.exitCode().orElse(-1)
                    + (said.isEmpty() ? "" : ": " + said), HINT);
        }
        return Version.in(answer.toString());
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
        return Files.isDirectory(path) ? "the worker " + program + " is a folder"
                : Files.exists(path) ? "the worker " + program + " is not executable"
                : "the worker " + program + " is not there";
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
