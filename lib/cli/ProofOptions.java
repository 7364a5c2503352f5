package cli;

import cli.run.EvidenceOptions;
import console.Format;
import contract.Failure;
import functions.FunctionOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import verdict.JudgeOptions;

/** How the check is run: options of both {@code pa verify} and {@code pa regrade}. */
final class ProofOptions {
    @Option(names = "--run-new-checks", description = "Also run a check that the change added or altered.")
    boolean runNewChecks;

    @Option(names = "--check-timeout", paramLabel = "TIME", description = "The longest time for one run of the check (default: 10m).")
    Optional<String> limit = Optional.empty();

    JudgeOptions options(Optional<List<String>> check, EvidenceOptions evidence) {
        return new JudgeOptions(check, runNewChecks, evidence.accepted(), limit.map(text -> Format.parseDuration(text)
                .orElseThrow(() -> Failure.usage("--check-timeout takes a time, not '" + text + "'", "for instance 90s or 10m")))
                .orElse(FunctionOptions.TimeLimits.DEFAULT.command()));
    }
}
