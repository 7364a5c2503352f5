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

/** Who reviews a change where tests show too little, the same for {@code pa verify} and {@code pa regrade}. */
final class ReviewOptions {
    @Option(names = "--reasoner", paramLabel = "REASONER", converter = Reasoners.Converter.class,
            completionCandidates = Reasoners.Candidates.class, description = "Where tests show too little, show the whole change "
            + "to this one and ask: ${COMPLETION-CANDIDATES} (default: nobody is asked).")
    Optional<ReasonerKind> reasoner = Optional.empty();

    @Option(names = "--model", paramLabel = "NAME", description = "The reasoner's model (default: as for a run).")
    Optional<String> model = Optional.empty();

    /**
     * Nothing is asked of it yet.
     *
     * @throws Failure when it cannot be made, for want of a key for instance
     */
    Optional<Reasoner> of(Path directory, Map<String, String> environment) {
        if (model.isPresent() && reasoner.isEmpty()) {
            throw Failure.usage("--model without --reasoner has no effect here", "say who reviews: --reasoner NAME");
        }
        return reasoner.map(kind -> kind.create(new ReasonerSetup(directory, environment, model)));
    }

    /** A verdict has fewer exit codes than a run: what fails a run's self-check is an error here. */
    static Failure asError(Failure failure) {
        boolean usage = failure.exitCode() == ExitCode.USAGE;
        return usage ? failure : new Failure(failure.getMessage(), failure.hint(), ExitCode.ERROR, failure);
    }
}
