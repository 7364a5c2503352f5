package functions;

import agent.Bounds;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.decision.Verification.Type;
import agent.decision.Verification.Verdict;
import checks.FileView;
import functions.tree.Deadline;
import functions.tree.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import process.CannotStart;
import process.CommandWords;
import process.Completed;

/**
 * {@code verify_code}: checks whether the interpreters can read files, without running them. If running is allowed, it runs them
 * instead by their shebang or extension, one after the other, without arguments and input.
 *
 * <p>The verdict: if one file fails, the result is a failure. Otherwise it is skipped if one file could not be run, because the way to
 * run it is unknown or its interpreter is not installed. Otherwise it passes. Files that were only parsed are skipped: correct syntax
 * proves nothing about the work. Without files it is skipped.
 */
final class VerifyCode {
    private static final int LEAST_OUTPUT = 2048;

    private final Commands commands;
    private final Runners runners;
    private final FunctionOptions options;
    private final Leave leave;
    private final FileView files;

    VerifyCode(Commands commands, Runners runners, FunctionOptions options, Leave leave) {
        this.leave = leave;
        this.files = commands.workspace().files();
        this.commands = commands;
        this.runners = runners;
        this.options = options;
    }

    /**
     * @param nothing why there are no files, if there are none
     * @param asking whether the user may be asked for permission to run them
     */
    FunctionResult execute(Decision.VerifyCode decision, String nothing, boolean asking, Bounds bounds)
            throws InterruptedException {
        if (decision.filePaths().isEmpty()) {
            return FunctionResult.verified(new Verification(Type.CODE, Verdict.SKIPPED, "changed files"), nothing);
        }
        List<Path> files = new ArrayList<>();
        for (String path : new LinkedHashSet<>(decision.filePaths())) {
            try {
                Path file = commands.workspace().existing(path);
                if (!Files.isRegularFile(file)) {
                    return FunctionResult.refused(path + ": refused, it is not a file");
                }
                files.add(file);
            } catch (Refused e) {
                return FunctionResult.refused(e.getMessage());
            }
        }
        return verify(files, options.consent() == Consent.ALWAYS || asking && allowed(files), bounds);
    }

    private boolean allowed(List<Path> files) throws InterruptedException {
        List<String> commandLines = files.stream().map(runners::command).flatMap(Optional::stream).map(CommandWords::join)
                .toList();
        return !commandLines.isEmpty() && leave.given(String.join("; ", commandLines), "a check that PA's reasoner wants to run");
    }

    private FunctionResult verify(List<Path> files, boolean running, Bounds bounds) throws InterruptedException {
        int cap = Math.max(LEAST_OUTPUT, FunctionOptions.OUTPUT_CAP / files.size());
        Deadline deadline = Deadline.in(options.limits().command());
        Verdict verdict = Verdict.PASS;
        List<String> reports = new ArrayList<>();
        for (Path file : files) {
            One one = deadline.over() ? new One(Verdict.SKIPPED, commands.workspace().relative(file)
                    + ": not run, the time for all files is used up") : running ? run(file, cap, bounds) : parse(file, cap, bounds);
            reports.add(one.report());
            verdict = worse(verdict, one.verdict());
        }
        String subject = files.stream().map(commands.workspace()::relative).collect(Collectors.joining(", "));
        return FunctionResult.verified(new Verification(Type.CODE, verdict, subject), String.join("\n\n", reports));
    }

    private record One(Verdict verdict, String report) {}

    private One run(Path file, int cap, Bounds bounds) throws InterruptedException {
        String path = commands.workspace().relative(file);
        Optional<List<String>> command = runners.command(file);
        if (command.isEmpty()) {
            return new One(Verdict.SKIPPED, path + ": skipped, the way to run it is unknown: it has neither a shebang nor a"
                    + " known extension. Leave it out, or use run_tests with a command");
        }
        try {
            Completed run = commands.run(command.get(), options.limits().file(), cap, bounds);
            String report = Report.of(command.get(), run) + (run.timedOut()
                    ? "\nIf it is a program that runs for ever, verify it with verify_product, or with run_tests." : "");
            return new One(run.succeeded() ? Verdict.PASS : Verdict.FAIL, report);
        } catch (CannotStart e) {
            return new One(Verdict.SKIPPED, path + ": skipped, not run: " + e.getMessage());
        }
    }

    private One parse(Path file, int cap, Bounds bounds) throws InterruptedException {
        String path = commands.workspace().relative(file);
        Optional<List<String>> command = SyntaxCheck.command(files, path);
        if (command.isEmpty()) {
            return new One(Verdict.SKIPPED, path + ": not run, and its syntax alone cannot be checked. " + Leave.HOW);
        }
        String shown = "$ " + SyntaxCheck.shown(command.get());
        try {
            Completed run = commands.run(command.get(), options.limits().file(), cap, bounds);
            if (run.succeeded()) {
                return new One(Verdict.SKIPPED, shown + "\n→ the syntax is correct; the file was not run. " + Leave.HOW);
            }
            return new One(Verdict.FAIL, shown + "\n" + Report.plain(run.output()).strip() + "\n→ the syntax is wrong");
        } catch (CannotStart e) {
            return new One(Verdict.SKIPPED, path + ": not run, and its syntax was not checked: " + e.getMessage());
        }
    }

    private static Verdict worse(Verdict one, Verdict other) {
        if (one == Verdict.FAIL || other == Verdict.FAIL) {
            return Verdict.FAIL;
        }
        return one == Verdict.SKIPPED || other == Verdict.SKIPPED ? Verdict.SKIPPED : Verdict.PASS;
    }
}
