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
import process.CommandWords;
import verdict.ChangeVerifier;
import verdict.JudgeOptions;

/** {@code pa verify}: judges a change of any origin, without an agent. */
@Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Judge a change like the result of a run: does the project's old check fail on the old files and pass on "
                + "the new ones? Nothing is written here; the old files are checked in a copy.",
        footerHeading = "%nExit codes:%n", footer = {"  0 evidence is enough, 1 error, 2 usage, 6 the check fails,",
            "  10 no check fails, but the evidence is not enough"})
final class VerifyCommand extends Verb {
    @Option(names = {"-d", "--working-dir"}, paramLabel = "DIR", defaultValue = ".", description = "The changed project (default: "
            + "here).")
    Path directory;

    @Option(names = "--base", paramLabel = "REV|DIR", description = "The project's old state (default: the last commit; if nothing "
            + "changed since then, the commit where the branch left its upstream).")
    Optional<String> base;

    @Option(names = "--verify", paramLabel = "CMD", description = "The check's command (default: the check of the "
            + "project as it was).")
    Optional<String> verify;

    @Mixin ProofOptions proof;

    @Option(names = {"-t", "--task"}, paramLabel = "TASK", description = "The purpose of the change, for its review.")
    Optional<String> task;

    @Mixin ReviewOptions review;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--telemetry", negatable = true, description = "Send spans, metrics and logs over OTLP (default: "
            + "AGENTPROXY_ENABLE_TELEMETRY).")
    Optional<Boolean> telemetry;

    @Option(names = "--json", description = "Print JSON, for a script.")
    boolean json;

    @Mixin EvidenceOptions evidence;

    @Override
    int run() {
        if (!Files.isDirectory(directory)) {
            throw Failure.usage("the folder " + directory + " does not exist", "name the project with -d DIR");
        }
        evidence.wanted();
        Map<String, String> place = state.in(environment, console);
        EnvironmentFile.Merged merged = EnvironmentFile.read(directory, place);
        try {
            JudgeOptions options = proof.options(verify.map(CommandWords::split), evidence);
            Optional<Reasoner> reviewer = review.of(directory, merged.environment());
            merged.notes().forEach(note -> console.note("pa: " + note));
            return new VerdictRun(console, merged.environment(), evidence, telemetry, json).of((bounds, begun) -> new ChangeVerifier(
                    directory, StateFolders.state(place), merged.environment(), base, options).verify(bounds, begun), directory,
                    reviewer, task);
        } catch (Failure e) {
            throw ReviewOptions.asError(e);
        }
    }
}
