package cli;

import agent.Reasoner;
import cli.run.EnvironmentFile;
import cli.run.EvidenceOptions;
import cli.run.StateOption;
import contract.Failure;
import contract.StateFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
final class VerifyCommand extends Verb {
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

    @Option(names = {"-t", "--task"}, paramLabel = "TASK", description = "What the change is for: what a review measures it by.")
    Optional<String> task;

    @Mixin ReviewOptions review;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--telemetry", negatable = true, description = "Send spans, metrics and logs over OTLP (default: "
            + "AGENTPROXY_ENABLE_TELEMETRY).")
    Optional<Boolean> telemetry;

    @Option(names = "--json", description = "As JSON, for a script.")
    boolean json;

    @Mixin EvidenceOptions evidence;

    @ParentCommand PaCommand pa;

    @Override
    public Integer call() {
        pa.refuseTaskBeside("verify");
        if (!Files.isDirectory(directory)) {
            throw Failure.usage("there is no folder " + directory, "name the project with -d DIR");
        }
        evidence.wanted();
        Map<String, String> place = state.in(environment, console);
        EnvironmentFile.Merged merged = EnvironmentFile.read(directory, place);
        try {
            ChangeVerifier.Options options = proof.options(base, verify.map(CommandWords::split), evidence);
            Optional<Reasoner> reviewer = review.of(directory, merged.environment());
            merged.notes().forEach(note -> console.note("pa: " + note));
            return new VerdictRun(console, merged.environment(), evidence, telemetry, json).of((bounds, begun) -> new ChangeVerifier(
                    directory, StateFolders.state(place), merged.environment(), options).verify(bounds, begun), directory, reviewer, task);
        } catch (Failure e) {
            throw ReviewOptions.asError(e);
        }
    }
}
