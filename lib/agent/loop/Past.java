package agent.loop;

import agent.Reasoning;
import agent.Situation.Round;
import agent.Situation.Step;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The decisions of a session with what became of them, and the round before the first of them. */
final class Past {
    private static final FunctionResult CARRIED_OUT = FunctionResult.ok("carried out");

    private final List<Step> steps = new ArrayList<>();
    private Optional<Round> opening = Optional.empty();

    /** Keeps what a phase leaves behind that is over. */
    void close(Phase phase) {
        if (phase instanceof Phase.Worked worked) {
            if (opens(worked)) {
                opening = Optional.of(worked.round());
            } else {
                place(worked, steps);
            }
        }
        phase.open().ifPresent(decision -> steps.add(new Step(decision,
                FunctionResult.refused("a person gave another instruction instead"), Optional.empty())));
    }

    void carriedOut(Phase phase, FunctionResult result) {
        if (phase instanceof Phase.Acting acting) {
            steps.add(new Step(acting.decision(), result, Optional.empty()));
        }
    }

    /** All steps, with what the present phase holds in its place among them. */
    List<Step> steps(Phase now) {
        List<Step> all = new ArrayList<>(steps);
        if (now instanceof Phase.Worked worked && !opens(worked)) {
            place(worked, all);
        }
        now.open().ifPresent(decision -> all.add(new Step(decision, CARRIED_OUT, Optional.empty())));
        return all;
    }

    Optional<Round> opening(Phase now) {
        return now instanceof Phase.Worked worked && opens(worked) ? Optional.of(worked.round()) : opening;
    }

    /** Whether it is the round that comes before any decision. */
    private boolean opens(Phase.Worked worked) {
        return worked.by().isEmpty() && steps.isEmpty() && opening.isEmpty();
    }

    private static void place(Phase.Worked worked, List<Step> all) {
        if (worked.by().isPresent()) {
            all.add(new Step(worked.by().get(), CARRIED_OUT, Optional.of(worked.round())));
            return;
        }
        // A person resumed the session with an instruction of their own: the round stands with the decision before it.
        Optional<Step> last = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        if (last.isPresent() && last.get().round().isEmpty()) {
            all.set(all.size() - 1, new Step(last.get().reasoning(), last.get().result(), Optional.of(worked.round())));
        } else {
            Decision byPerson = new Decision.SendToWorker(worked.round().instruction(), Optional.empty());
            all.add(new Step(Reasoning.of(byPerson, "a person said this"), CARRIED_OUT, Optional.of(worked.round())));
        }
    }
}
