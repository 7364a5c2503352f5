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

/** How much has to be shown, the same for a run, for {@code pa verify} and for {@code pa regrade}. */
public final class EvidenceOptions {
    @Option(names = "--evidence", paramLabel = "LEVEL", completionCandidates = Levels.class,
            description = "What 'completed' needs: independent, own_tests, reviewed, unchanged or none (default: reviewed).")
    Optional<String> level;

    @Option(names = "--accept", paramLabel = "RULE", description = "Let suspicions of this rule pass; repeatable.")
    List<String> accepted = List.of();

    /** For the shell's completion. */
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
                throw Failure.usage("there is no evidence level " + value, "it is one of " + Stream.of(EvidenceLevel.values())
                        .map(EvidenceLevel::value).collect(Collectors.joining(", ")));
            }
        }).orElse(EvidenceLevel.REVIEWED);
    }

    /** The status with which a run ends when its work is claimed to be done and this is the evidence. */
    public Status status(Evidence found) {
        return found.red() ? Status.VERIFICATION_FAILED : found.level().atLeast(wanted()) ? Status.COMPLETED : Status.UNPROVEN;
    }

    public Set<String> accepted() {
        Set<String> unknown = new LinkedHashSet<>(accepted);
        unknown.removeAll(ChangeVerifier.rules());
        if (!unknown.isEmpty()) {
            throw Failure.usage("there is no rule " + unknown.iterator().next(),
                    "it is one of " + String.join(", ", new TreeSet<>(ChangeVerifier.rules())));
        }
        return Set.copyOf(accepted);
    }
}
