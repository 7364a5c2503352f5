package functions;

import agent.Bounds;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.decision.Verification.Type;
import agent.decision.Verification.Verdict;
import checks.FileView;
import checks.Narrowing;
import checks.TestRunner;
import contract.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import process.CannotStart;
import process.CommandWords;
import process.Completed;

/**
 * {@code run_tests}: runs a test command without a shell.
 *
 * <p>The verdict: exit code 0 passes; any other exit code, a signal and the time limit fail. The result is skipped when the command's
 * program is not installed, or when the command succeeds without testing anything: nothing was checked then. The user's own command
 * ({@code --verify}) fails when it names a missing file of the project, because the worker must fix that. If the user gave a command,
 * all others are run for information only and verify nothing.
 *
 * <p>Two commands need no permission: the user's, and the check that the project had at the session's start, as long as its definition
 * has not changed. They may also have arguments that only make them run less. Every other command needs a yes.
 */
final class RunTests {
    private static final String CHANGED = "the check, which was added or changed in this run";

    static final String HOW_TO_VERIFY = "name the check with --verify CMD, for instance --verify 'make test'";

    private final Commands commands;
    private final ProjectChecks checks;
    private final FunctionOptions options;
    private final Leave leave;
    private final FileView files;

    RunTests(Commands commands, ProjectChecks checks, FunctionOptions options, Leave leave) {
        this.leave = leave;
        this.files = commands.workspace().files();
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
                                + " package.json with a test script, pytest, Cargo or Go tests. Give test_command; the user can "
                        + HOW_TO_VERIFY);
            }
            words = command.get();
        } catch (Failure e) {
            return FunctionResult.refused(e.getMessage() + "; " + e.hint());
        }
        return options.verifyCommand().isPresent() ? besideTheUsers(words, options.verifyCommand().get(), bounds)
                : besideTheProjects(words, bounds);
    }

    /** Only the user's own command verifies the work. */
    private FunctionResult besideTheUsers(List<String> words, List<String> users, Bounds bounds) throws InterruptedException {
        if (words.equals(users)) {
            return checks.programsAsAtStart(words) || leave.given(CommandWords.join(words), CHANGED) ? run(words, true, bounds)
                    : newCheck(words, bounds);
        }
        return Narrowing.of(users, words, files) || wanted(words) ? run(words, false, bounds) : notAllowed(words);
    }

    private FunctionResult besideTheProjects(List<String> words, Bounds bounds) throws InterruptedException {
        Optional<List<String>> found = checks.tests();
        boolean check = found.filter(words::equals).isPresent();
        if (found.isPresent() && (check || Narrowing.of(found.get(), words, files)) && checks.asAtStart()) {
            return run(words, check, bounds);
        }
        if (check) {
            return leave.given(CommandWords.join(words), CHANGED) ? run(words, true, bounds) : newCheck(words, bounds);
        }
        return wanted(words) ? run(words, true, bounds) : notAllowed(words);
    }

    private boolean wanted(List<String> words) throws InterruptedException {
        return leave.given(CommandWords.join(words), "a command that PA's reasoner wants to run");
    }

    /** A new or changed check is not run; its old form is, if there was one. */
    private FunctionResult newCheck(List<String> words, Bounds bounds) throws InterruptedException {
        String subject = CommandWords.join(words);
        Optional<FunctionResult> old = options.oldCheck().run(bounds);
        if (old.isPresent()) {
            return old.get();
        }
        return FunctionResult.verified(new Verification(Type.TESTS, Verdict.SKIPPED, subject), "$ " + subject
                + "\n→ not run: this check, or its definition, is new in this run. " + Leave.HOW);
    }

    private static FunctionResult notAllowed(List<String> words) {
        return FunctionResult.refused("$ " + CommandWords.join(words) + "\n→ not run: there was no permission. " + Leave.HOW);
    }

    private FunctionResult run(List<String> words, boolean counts, Bounds bounds) throws InterruptedException {
        String subject = CommandWords.join(words);
        try {
            Completed run = commands.run(words, options.limits().command(), FunctionOptions.OUTPUT_CAP, bounds);
            TestRunner runner = TestRunner.of(words);
            // The judgement needs the whole output, so only where no part of it was left out.
            Optional<String> skipped = runner.isMissing(run)
                    .or(() -> run.truncated() ? Optional.empty() : runner.testedNothing(run));
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
        return "For information only, this is not a verification: " + options.verifyCommand()
                .map(own -> "the user decided that " + CommandWords.join(own) + " verifies the work")
                .orElse("only the whole check is one") + ".";
    }

    private boolean ownFileIsMissing(List<String> words) {
        boolean users = options.verifyCommand().map(words::equals).orElse(false);
        Path root = commands.workspace().root();
        Path program = root.resolve(words.get(0)).normalize();
        return users && words.get(0).indexOf('/') >= 0 && program.startsWith(root) && !Files.isExecutable(program);
    }
}
