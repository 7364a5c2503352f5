package agent;

import contract.EvidenceLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What shows that the task is done, for one state of the tree.
 *
 * @param state the tree's, for which alone it holds
 * @param sentence the verdict in one sentence, without a final stop
 * @param notes what a person should know about how it came about, a sentence each: no git, a flaky check, an unfit copy
 * @param suspicions all that were found, those that were lifted included
 * @param guarded the files that define the check and were changed
 * @param failToPass the tests that failed before and pass now; {@code the check} where it reports no tests
 * @param passToPass how many passed before and still do
 * @param red whether something that passed before fails now
 * @param reviewer the model that reviewed the change
 */
public record Evidence(String state, EvidenceLevel level, String sentence, List<String> notes, List<Suspicion> suspicions,
        List<String> guarded, List<String> failToPass, int passToPass, boolean red, Optional<String> reviewer) {
    public Evidence {
        notes = List.copyOf(notes);
        suspicions = List.copyOf(suspicions);
        guarded = List.copyOf(guarded);
        failToPass = List.copyOf(failToPass);
    }

    /** The same with a note more. */
    public Evidence noted(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Evidence(state, level, sentence, more, suspicions, guarded, failToPass, passToPass, red, reviewer);
    }

    /** The same, seen by a model. */
    public Evidence reviewedBy(String model) {
        return new Evidence(state, level, sentence, notes, suspicions, guarded, failToPass, passToPass, red, Optional.of(model));
    }

    /** Of a run that was told to check nothing. */
    public static Evidence unchecked(String state) {
        return new Evidence(state, EvidenceLevel.NONE, "nothing was checked, as it was asked for", List.of(), List.of(), List.of(),
                List.of(), 0, false, Optional.empty());
    }

    /** How many suspicions nobody has lifted. */
    public long open() {
        return suspicions.stream().filter(Suspicion::open).count();
    }
}
