package functions;

import agent.Bounds;
import agent.Decision;
import agent.FunctionResult;
import agent.Verification;
import agent.Verification.Type;
import agent.Verification.Verdict;
import contract.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import process.CannotStart;
import process.CommandWords;
import process.Completed;

/**
 * {@code run_tests}: runs a test command without a shell.
 *
 * <p>The verdict: exit code 0 passes; any other, death by a signal and the time limit fail. A command whose program is not
 * installed is skipped, as is one that succeeds without having tested anything: nothing was checked then. The user's own
 * command ({@code --verify}) fails instead when it names a file of the project that is not there: that is the worker's to
 * mend. Where the user gave a command, others are run for information but are no verification; neither are commands that
 * always succeed.
 */
final class RunTests {
    static final String HOW_TO_VERIFY = "say how with --verify CMD, for instance --verify 'make test'";

    private static final Set<String> PROVE_NOTHING =
            Set.of("true", "echo", "printf", ":", "exit", "sleep", "cat", "ls", "pwd");

    private final Commands commands;
    private final ProjectChecks checks;
    private final FunctionOptions options;

    RunTests(Commands commands, ProjectChecks checks, FunctionOptions options) {
        this.commands = commands;
        this.checks = checks;
        this.options = options;
    }

    FunctionResult execute(Decision.RunTests decision, Bounds bounds) throws InterruptedException {
        Optional<String> asked = decision.testCommand().filter(command -> !command.isBlank());
        List<String> words;
        try {
            Optional<List<String>> command = asked.isPresent() ? Optional.of(CommandWords.split(asked.get()))
                    : options.verifyCommand().or(checks::tests);
            if (command.isEmpty()) {
                return FunctionResult.verified(new Verification(Type.TESTS, Verdict.SKIPPED, "the project's tests"),
                        "No way to test this project was found: no Makefile with a target test, no pom.xml, build.gradle,"
                        + " package.json with a test script, pytest, Cargo or Go tests. Give test_command; a person can "
                        + HOW_TO_VERIFY);
            }
            words = command.get();
        } catch (Failure e) {
            return FunctionResult.refused(e.getMessage() + "; " + e.hint());
        }
        boolean counts = options.verifyCommand().map(words::equals).orElse(!provesNothing(words));
        return run(words, counts, bounds);
    }

    private FunctionResult run(List<String> words, boolean counts, Bounds bounds) throws InterruptedException {
        String subject = CommandWords.join(words);
        try {
            Completed run = commands.run(words, options.commandLimit(), options.outputCap(), bounds);
            TestTool tool = TestTool.of(words);
            // Judged by what is not there, so only where nothing was left out.
            Optional<String> skipped = tool.isMissing(run)
                    .or(() -> run.truncated() ? Optional.empty() : tool.testedNothing(run));
            Verdict verdict = skipped.isPresent() ? Verdict.SKIPPED : run.succeeded() ? Verdict.PASS : Verdict.FAIL;
            String report = Report.of(words, run) + skipped.map(why -> "\nSkipped, not passed: " + why + ".").orElse("");
            if (!counts) {
                return new FunctionResult(run.succeeded(), report + "\n" + whyItDoesNotCount(), Optional.empty());
            }
            return FunctionResult.verified(new Verification(Type.TESTS, verdict, subject), report);
        } catch (CannotStart e) {
            Verdict verdict = ownFileIsMissing(words) ? Verdict.FAIL : Verdict.SKIPPED;
            String hint = e.hint().isEmpty() ? "" : "; " + e.hint();
            String report = "$ " + subject + "\n→ not run: " + e.getMessage() + hint;
            return counts ? FunctionResult.verified(new Verification(Type.TESTS, verdict, subject), report)
                    : FunctionResult.refused(report);
        }
    }

    private String whyItDoesNotCount() {
        return "For information only, this is no verification: " + options.verifyCommand()
                .map(own -> "the user decided that " + CommandWords.join(own) + " verifies the work")
                .orElse("such a command proves nothing about the work") + ".";
    }

    private static boolean provesNothing(List<String> words) {
        Path name = Path.of(words.get(0)).getFileName();
        return name != null && PROVE_NOTHING.contains(name.toString());
    }

    private boolean ownFileIsMissing(List<String> words) {
        boolean users = options.verifyCommand().map(words::equals).orElse(false);
        Path root = commands.workspace().root();
        Path program = root.resolve(words.get(0)).normalize();
        return users && words.get(0).indexOf('/') >= 0 && program.startsWith(root) && !Files.isExecutable(program);
    }
}
