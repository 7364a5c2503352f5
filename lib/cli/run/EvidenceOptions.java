package cli.run;

import agent.Evidence;
import contract.EvidenceLevel;
import contract.Failure;
import contract.Status;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import verdict.ChangeVerifier;

/** The required evidence: options of a run, of {@code pa verify} and of {@code pa regrade}. */
public final class EvidenceOptions {
    @Option(names = "--evidence", paramLabel = "LEVEL", completionCandidates = Levels.class,
            description = "The evidence that 'completed' needs: independent, own_tests, reviewed, unchanged or none (default: reviewed).")
    Optional<String> level;

    @Option(names = "--accept", paramLabel = "RULE", description = "Ignore suspicions of this rule; repeatable.")
    List<String> accepted = List.of();

    /** The levels for the shell's completion. */
    static final class Levels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(EvidenceLevel.values()).map(EvidenceLevel::value).iterator();
        }
    }

    public EvidenceLevel wanted() {
        return level.map(value -> {
            try {
                return EvidenceLevel.of(value.toLowerCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw Failure.usage("the evidence level " + value + " does not exist", "use one of " + Stream.of(EvidenceLevel.values())
                        .map(EvidenceLevel::value).collect(Collectors.joining(", ")));
            }
        }).orElse(EvidenceLevel.REVIEWED);
    }

    /** The status of a run that claims to be done with this evidence. */
    public Status status(Evidence found) {
        return found.red() ? Status.VERIFICATION_FAILED : found.level().atLeast(wanted()) ? Status.COMPLETED : Status.UNPROVEN;
    }

    public Set<String> accepted() {
        Set<String> unknown = new LinkedHashSet<>(accepted);
        unknown.removeAll(ChangeVerifier.rules());
        if (!unknown.isEmpty()) {
            throw Failure.usage("the rule " + unknown.iterator().next() + " does not exist",
                    "use one of " + String.join(", ", new TreeSet<>(ChangeVerifier.rules())));
        }
        return Set.copyOf(accepted);
    }
}
