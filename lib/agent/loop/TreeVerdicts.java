package agent.loop;

import agent.RunEvent;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The states of the working tree, and what checks said of the present one. */
final class TreeVerdicts {
    private final Map<String, Verification> verdicts = new LinkedHashMap<>();
    private String base = "";
    private String state = "";
    /** The next look at the tree sees what a check left behind. */
    private boolean checkJustRan;

    /** Whatever is seen next was not done by a check: a run began, or a round ended. */
    void notByACheck() {
        checkJustRan = false;
    }

    void observed(RunEvent.TreeObserved observed) {
        if (base.isEmpty()) {
            base = observed.state();
        }
        state = observed.state();
        // What a check leaves behind (caches, build output) does not undo its verdict; the worker's and anybody else's
        // changes do.
        if (!checkJustRan && !observed.changes().none()) {
            verdicts.clear();
        }
        checkJustRan = false;
    }

    void ended(FunctionResult result) {
        checkJustRan = result.verification().isPresent();
        result.verification().ifPresent(v -> {
            // Taken out first, so that the order is that of the latest verdicts.
            String key = v.type() + " " + v.subject();
            verdicts.remove(key);
            verdicts.put(key, v);
        });
    }

    /** The state in which the session began; empty before the first look. */
    String base() {
        return base;
    }

    /** The state at the last look. */
    String state() {
        return state;
    }

    /** The latest on each subject since the worker last changed the tree; insertion order. */
    List<Verification> verdicts() {
        return List.copyOf(verdicts.values());
    }
}
