package cli;

import agent.Bounds;
import agent.Evidence;
import agent.Interruption;
import agent.RunListener;
import console.Console;
import console.Format;
import contract.ExitCode;
import contract.Failure;
import contract.StateFolders;
import contract.Status;
import display.EvidenceViews;
import functions.FunctionOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import process.CommandWords;
import verdict.ChangeVerifier;

/** {@code pa verify}: the verdict over anybody's change, without an agent. */
@Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Judge a change as a run's result is judged: does the check, as it was, fail on the old files and pass on "
                + "the new ones? Nothing is written here; the old files are checked in a copy.",
        footerHeading = "%nExit codes:%n", footer = {"  0 shown, 1 error, 2 usage, 6 the check fails,",
            "  10 nothing fails, and nothing shows that it is done"})
final class VerifyCommand implements Callable<Integer> {
    @Option(names = {"-d", "--working-dir"}, paramLabel = "DIR", defaultValue = ".", description = "The changed project (default: "
            + "here).")
    Path directory;

    @Option(names = "--base", paramLabel = "REV|DIR", description = "What it was before (default: the last commit; where nothing "
            + "changed since, where the branch left its upstream).")
    Optional<String> base;

    @Option(names = "--verify", paramLabel = "CMD", description = "The command that proves the work (default: found out from the "
            + "project as it was).")
    Optional<String> verify;

    @Option(names = "--run-new-checks", description = "A check that came or changed with the change may be run.")
    boolean runNewChecks;

    @Option(names = "--check-timeout", paramLabel = "TIME", description = "At most this long for one run of the check (default: 10m).")
    Optional<String> limit;

    @Option(names = "--json", description = "As JSON, for a script.")
    boolean json;

    @Mixin EvidenceOptions evidence;

    @ParentCommand PaCommand pa;

    private final Console console;
    private final Map<String, String> environment;

    VerifyCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        pa.refuseTaskBeside("verify");
        if (!Files.isDirectory(directory)) {
            throw Failure.usage("there is no folder " + directory, "name the project with -d DIR");
        }
        Interruption interruption = new Interruption();
        Signals.endRunOn(interruption);
        ChangeVerifier.Options options = new ChangeVerifier.Options(base, verify.map(CommandWords::split), runNewChecks,
                evidence.accepted(), limit.map(text -> Format.parseDuration(text).orElseThrow(() -> Failure.usage(
                "--check-timeout takes a time, not '" + text + "'", "for instance 90s or 10m"))).orElse(FunctionOptions.COMMAND_LIMIT));
        evidence.wanted();
        EvidenceViews views = new EvidenceViews(console);
        try {
            ChangeVerifier.Verdict verdict = new ChangeVerifier(directory, StateFolders.state(environment), environment, options)
                    .verify(new Bounds(interruption, Instant.MAX), json ? RunListener.NONE : views.progress());
            Status status = status(verdict.evidence());
            if (json) {
                views.json(verdict.evidence(), status, verdict.base(), verdict.check());
            } else {
                verdict.output().lines().forEach(line -> console.note("    | " + line));
                views.show(verdict.evidence(), status, verdict.base(), verdict.check());
            }
            return status.exitCode();
        } catch (InterruptedException e) {
            return ExitCode.ofSignal(interruption.signal().orElse(2));
        }
    }

    private Status status(Evidence found) {
        return found.red() ? Status.VERIFICATION_FAILED
                : found.level().atLeast(evidence.wanted()) ? Status.COMPLETED : Status.UNPROVEN;
    }
}
