package cli;

import agent.Bounds;
import agent.Interruption;
import agent.RunListener;
import console.Console;
import contract.ExitCode;
import contract.Failure;
import contract.StateFolders;
import contract.Status;
import display.EvidenceViews;
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

    @Mixin ProofOptions proof;

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
        SignalHandlers.endRunOn(interruption);
        ChangeVerifier.Options options = proof.options(base, verify.map(CommandWords::split), evidence);
        evidence.wanted();
        EvidenceViews views = new EvidenceViews(console);
        try {
            ChangeVerifier.Verdict verdict = new ChangeVerifier(directory, StateFolders.state(environment), environment, options)
                    .verify(new Bounds(interruption, Instant.MAX), json ? RunListener.NONE : views.progress());
            Status status = evidence.status(verdict.evidence());
            views.print(verdict.evidence(), status, verdict.base(), verdict.check(), verdict.output(), json);
            return status.exitCode();
        } catch (InterruptedException e) {
            return ExitCode.ofSignal(interruption.signal().orElse(2));
        }
    }
}
