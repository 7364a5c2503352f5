package cli;

import agent.Reasoner;
import cli.run.Reasoners;
import contract.ExitCode;
import contract.Failure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import reasoning.ReasonerKind;
import reasoning.ReasonerSetup;

/** The reviewer of a change that tests do not prove: options of both {@code pa verify} and {@code pa regrade}. */
final class ReviewOptions {
    @Option(names = "--reasoner", paramLabel = "REASONER", converter = Reasoners.Converter.class,
            completionCandidates = Reasoners.Candidates.class, description = "The reviewer of the whole change where tests show too "
                    + "little: ${COMPLETION-CANDIDATES} (default: no review).")
    Optional<ReasonerKind> reasoner = Optional.empty();

    @Option(names = "--model", paramLabel = "NAME", description = "The reasoner's model (default: as for a run).")
    Optional<String> model = Optional.empty();

    /**
     * Makes the reviewer. It is not asked yet.
     *
     * @throws Failure when it cannot be made, for instance without a key
     */
    Optional<Reasoner> of(Path directory, Map<String, String> environment) {
        if (model.isPresent() && reasoner.isEmpty()) {
            throw Failure.usage("--model without --reasoner has no effect here", "name the reviewer: --reasoner NAME");
        }
        return reasoner.map(kind -> kind.making().apply(new ReasonerSetup(directory, environment, model)));
    }

    /** A verdict has fewer exit codes than a run: a failed self-check is an error here. */
    static Failure asError(Failure failure) {
        boolean usage = failure.exitCode() == ExitCode.USAGE;
        return usage ? failure : new Failure(failure.getMessage(), failure.hint(), ExitCode.ERROR, failure);
    }
}
