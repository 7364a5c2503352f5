package agent.loop;

import agent.Bounds;
import agent.Evidence;
import agent.Functions;
import agent.Judge;
import agent.Outcome;
import agent.Reasoner;
import agent.RunEvent;
import agent.RunListener;
import agent.Suspicion;
import agent.WholeChange;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.EvidenceLevel;
import contract.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What becomes of {@code mark_done}: refused while something stands against it, judged by its evidence, shown to the model
 * for a review where only that is lacking. In one state of the tree a claim is refused only once for its evidence alone; the
 * second claim in the same state ends the run.
 */
final class DoneClaim {
    private final Supervision plan;
    private final History history;
    private final Functions functions;
    private final Judge judge;
    private final boolean reviewing;
    private String refusedState = "";
    private Optional<Review> review = Optional.empty();
    private Optional<Outcome> ending = Optional.empty();
    /** In this run: another run of the session may have another check. */
    private Optional<Evidence> judged = Optional.empty();
    private boolean judgedPassing;

    DoneClaim(Supervision plan, History history, Functions functions, Judge judge, Reasoner reasoner) {
        this.plan = plan;
        this.history = history;
        this.functions = functions;
        this.judge = judge;
        this.reviewing = reasoner.reviews();
    }

    /** What the next decision is to be shown: the whole change, to be reviewed; empty when nothing is. */
    String question() {
        return review.filter(r -> r.state().equals(history.state())).map(Review::question).orElse("");
    }

    /** How the run ends by the claim that was carried out last; empty when it goes on. */
    Optional<Outcome> ending() {
        return ending;
    }

    /** @param state the tree's at this moment */
    FunctionResult decide(Decision.MarkDone done, String state, Bounds bounds, RunListener listener) throws InterruptedException {
        ending = Optional.empty();
        Optional<String> obstacle = DoneGate.refusal(history, state, plan.terms().verification());
        if (obstacle.isPresent()) {
            return FunctionResult.refused("refused: " + obstacle.get());
        }
        if (!plan.terms().verification()) {
            listener.on(new RunEvent.Judged(Evidence.unchecked(state)));
            return accepted(done.summary());
        }
        Evidence evidence = evidence(state, bounds, listener);
        if (evidence.red()) {
            return FunctionResult.refused("refused: " + evidence.sentence() + ". Have that fixed");
        }
        if (enough(evidence)) {
            return accepted(sentence(done, evidence));
        }
        if (reviewable(evidence)) {
            return underReview(done, evidence, listener);
        }
        return refused(evidence, state);
    }

    /** A claim that lacks only a review: begins it, turns its page, or ends it. */
    private FunctionResult underReview(Decision.MarkDone done, Evidence evidence, RunListener listener) throws InterruptedException {
        String state = evidence.state();
        Optional<Review> going = review.filter(r -> r.state().equals(state));
        if (going.isEmpty()) {
            WholeChange change = judge.change(history.baseState(), state);
            if (change.patch().isEmpty()) {
                return refused(noted(evidence, change.obstacle(), listener), state);
            }
            review = Optional.of(new Review(evidence, change.patch().get()));
            return FunctionResult.refused(review.get().announcement() + list(evidence));
        }
        if (!going.get().answered(done, history.model().orElse("a model"))) {
            return FunctionResult.refused(going.get().next());
        }
        Evidence after = going.get().reviewed();
        listener.on(new RunEvent.Judged(after));
        judged = Optional.of(after);
        return enough(after) ? accepted(sentence(done, after)) : refused(after, state);
    }

    private Evidence noted(Evidence evidence, String note, RunListener listener) {
        if (evidence.notes().contains(note)) {
            return evidence;
        }
        Evidence noted = evidence.noted(note);
        listener.on(new RunEvent.Judged(noted));
        judged = Optional.of(noted);
        return noted;
    }

    private FunctionResult refused(Evidence evidence, String state) {
        if (state.equals(refusedState) || review.filter(r -> r.state().equals(state)).isPresent()) {
            ending = Optional.of(Outcome.of(Status.UNPROVEN, evidence.sentence() + lacking(evidence), next(evidence)));
            return FunctionResult.refused("refused again in the same state of the files, so the run ends: " + evidence.sentence());
        }
        refusedState = state;
        return FunctionResult.refused("refused: nothing shows yet that the task is done (" + evidence.sentence() + ").\n"
                + list(evidence));
    }

    /** What a person can do now. */
    private String next(Evidence evidence) {
        String session = plan.task().session();
        boolean unchecked = evidence.level() == EvidenceLevel.NONE && !evidence.state().equals(history.baseState());
        return "look at it" + (unchecked ? ", or name what checks it: pa regrade " + session + " --verify CMD" : "")
                + "; to accept it as it is: pa resume " + session + " --evidence " + evidence.level().value()
                + (evidence.open() > 0 ? "; to let a suspicion pass: --accept RULE" : "");
    }

    /** What would do, told once. */
    private String list(Evidence evidence) {
        List<String> lines = new ArrayList<>();
        for (Suspicion suspicion : evidence.suspicions()) {
            if (suspicion.open()) {
                lines.add((suspicion.hard() ? "undo this, nothing else lifts it: "
                        : "undo this, or say why it is right and name its place: ")
                        + suspicion.text());
            }
        }
        if (evidence.level() == EvidenceLevel.UNCHANGED && evidence.open() == 0) {
            lines.add("a test that fails without the change and passes with it; or leave it, if no test can show it");
        }
        evidence.notes().forEach(lines::add);
        return lines.isEmpty() ? "" : lines.stream().collect(Collectors.joining("\n- ", "- ", ""));
    }

    private static String lacking(Evidence evidence) {
        return evidence.suspicions().stream().filter(Suspicion::open).min(Comparator.comparing(s -> !s.hard()))
                .map(s -> "; " + s.text()).orElse("");
    }

    private Evidence evidence(String state, Bounds bounds, RunListener listener) throws InterruptedException {
        // A changed program that was run with somebody's leave is a check too; a server that answers is none.
        boolean passes = history.verdicts().stream().anyMatch(v -> v.passed()
                && (v.type() == Verification.Type.TESTS || v.type() == Verification.Type.CODE));
        if (passes == judgedPassing && judged.filter(e -> e.state().equals(state)).isPresent()) {
            return judged.get();
        }
        judgedPassing = passes;
        Evidence evidence = judge.judge(history.baseState(), state, passes, bounds, listener);
        listener.on(new RunEvent.Judged(evidence));
        judged = Optional.of(evidence);
        return evidence;
    }

    private boolean enough(Evidence evidence) {
        return evidence.level().atLeast(plan.terms().evidence());
    }

    /** Whether a review could make it enough: nothing that only the user may let pass, and a check that exists has passed. */
    private boolean reviewable(Evidence evidence) throws InterruptedException {
        boolean hard = evidence.suspicions().stream().anyMatch(s -> s.open() && s.hard());
        boolean changed = !history.baseState().equals(evidence.state());
        boolean checked = evidence.level().atLeast(EvidenceLevel.UNCHANGED) || !functions.checkable();
        return reviewing && !hard && changed && checked && EvidenceLevel.REVIEWED.atLeast(plan.terms().evidence());
    }

    private FunctionResult accepted(String reason) {
        ending = Optional.of(Outcome.of(Status.COMPLETED, reason, ""));
        return FunctionResult.ok("accepted");
    }

    private static String sentence(Decision.MarkDone done, Evidence evidence) {
        String summary = done.summary().strip();
        return summary.isEmpty() || summary.startsWith("verified by: ") ? evidence.sentence()
                : summary + (summary.matches("(?s).*[.!?]") ? " " : ". ") + capital(evidence.sentence());
    }

    private static String capital(String text) {
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
