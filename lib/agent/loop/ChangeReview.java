package agent.loop;

import agent.Bounds;
import agent.Evidence;
import agent.Limits;
import agent.Reasoner;
import agent.ReasonerException;
import agent.RunEvent;
import agent.RunListener;
import agent.Situation;
import agent.Task;
import agent.Totals;
import agent.WholeChange;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import contract.EvidenceLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A review of a change that is there already, without a run: the same questions as in one, put to the reasoner one after the
 * other. There is no worker: what the reasoner would tell one is what it has against the change.
 */
public final class ChangeReview {
    /** Answers that cannot be used, per page. */
    private static final int PATIENCE = 3;

    private final Reasoner reasoner;
    private final Task task;
    private final History history = new History();

    /** @param task what the change is measured by */
    public ChangeReview(Reasoner reasoner, Task task) {
        this.reasoner = reasoner;
        this.task = task;
    }

    /** What the calls have cost so far. */
    public Totals totals(Duration duration) {
        return history.totals(duration);
    }

    /** Whether a review could make this evidence enough, where {@code wanted} is needed. */
    public static boolean helps(Evidence evidence, boolean checked, EvidenceLevel wanted) {
        boolean hard = evidence.suspicions().stream().anyMatch(s -> s.open() && s.hard());
        return !evidence.red() && !evidence.level().atLeast(wanted) && !hard && (checked
                ? evidence.level().atLeast(EvidenceLevel.UNCHANGED) : true) && EvidenceLevel.REVIEWED.atLeast(wanted);
    }

    /**
     * Shows the change page by page.
     *
     * @return the evidence as reviewed, or with what the model has against the change as a note
     * @throws ReasonerException when no answer is to be had
     */
    public Evidence of(Evidence evidence, WholeChange change, Bounds bounds, RunListener told)
            throws InterruptedException, ReasonerException {
        if (change.patch().isEmpty()) {
            return evidence.noted(change.obstacle());
        }
        RunListener listener = RunListener.all(List.of(told, history));
        Review review = new Review(evidence, change.patch().get());
        int unusable = 0;
        while (unusable < PATIENCE) {
            Decision decision = ask(review.question(), bounds, listener);
            if (decision instanceof Decision.MarkDone done) {
                unusable = 0;
                boolean last = review.answered(done, model());
                carriedOut(decision, last ? FunctionResult.ok("accepted") : FunctionResult.refused(review.next()), listener);
                if (last) {
                    return review.reviewed();
                }
            } else if (decision instanceof Decision.SendToWorker send) {
                return evidence.reviewedBy(model()).noted(model() + ", shown the change, says that something is missing: "
                        + send.instruction().strip());
            } else {
                unusable++;
                carriedOut(decision, FunctionResult.refused("answer with mark_done or send_to_claude"), listener);
            }
        }
        return evidence.noted(model() + " gave no answer that could be used, so the change was not reviewed");
    }

    private String model() {
        return history.model().orElse(reasoner.name());
    }

    private Decision ask(String question, Bounds bounds, RunListener listener) throws InterruptedException, ReasonerException {
        int iteration = history.iterations() + 1;
        Situation situation = new Situation(task, Limits.defaults(), iteration, Optional.empty(), history.steps(), List.of(),
                Set.of(FunctionName.MARK_DONE, FunctionName.SEND_TO_WORKER), true, "", Optional.empty(), question);
        return Told.decision(iteration, listener, () -> reasoner.decide(situation, bounds, listener)).decision();
    }

    private void carriedOut(Decision decision, FunctionResult result, RunListener listener) {
        listener.on(new RunEvent.FunctionStarted(history.iterations(), decision, Optional.empty(), false));
        listener.on(new RunEvent.FunctionEnded(history.iterations(), decision, result, false, Duration.ZERO));
    }
}
