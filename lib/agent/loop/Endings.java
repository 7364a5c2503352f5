package agent.loop;

import agent.Bounds;
import agent.Hold;
import agent.Outcome;
import agent.Problem;
import agent.ReasonerException;
import agent.Situation.Round;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Decision;
import contract.ErrorType;
import contract.Failure;
import contract.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a run is over and what it then says: which limit it was, and how to go on. */
final class Endings {
    private final Supervision plan;
    private final History history;
    private final Bounds bounds;
    private final int firstIteration;

    Endings(Supervision plan, History history, Bounds bounds) {
        this.plan = plan;
        this.history = history;
        this.bounds = bounds;
        this.firstIteration = history.iterations();
    }

    /** Asked before each round and before each decision. */
    Optional<Outcome> limitReached() {
        if (bounds.interruption().requested()) {
            return Optional.of(cutOff());
        }
        if (bounds.expired()) {
            return Optional.of(timeIsOver());
        }
        Optional<Usd> maxCost = plan.limits().maxCost();
        if (maxCost.isPresent() && history.cost().compareTo(maxCost.get()) >= 0) {
            return Optional.of(limit(Status.BUDGET_EXCEEDED, "the money limit was reached: " + history.cost()
                    + " spent (--max-cost " + maxCost.get().amount().toPlainString() + ")"));
        }
        if (history.iterations() - firstIteration >= plan.limits().maxIterations()) {
            return Optional.of(limit(Status.MAX_ITERATIONS, "the limit of decisions was reached (--max-iterations "
                    + plan.limits().maxIterations() + ")"));
        }
        return Optional.empty();
    }

    /** Waits out what holds a run, see {@link Waiting#over}. */
    interface Patience {
        boolean over(Hold hold) throws InterruptedException;
    }

    /** When the worker's last round ended in a way that makes going on senseless, also after what could be waited for. */
    Optional<Outcome> endedByWorker(Patience patience) throws InterruptedException {
        Optional<Problem> problem = history.lastRound().map(Round::report).flatMap(WorkerReport::error);
        if (problem.isEmpty()) {
            return Optional.empty();
        }
        if (problem.get().hold().isPresent()) {
            Hold hold = problem.get().hold().get();
            return patience.over(hold) ? Optional.empty() : Optional.of(held(problem.get(), hold));
        }
        if (problem.get().fatal()) {
            return Optional.of(Outcome.of(Status.FAILED_SELF_CHECK, problem.get().message(),
                    "fix that, then: pa resume " + plan.task().session()));
        }
        if (problem.get().type() == ErrorType.BLOCKED && blockedTwice() && !history.red()) {
            return Optional.of(Outcome.of(Status.UNPROVEN, "nothing was changed: " + problem.get().message(),
                    "look at what took the instruction away; " + resume()));
        }
        if (problem.get().type() == ErrorType.MAX_BUDGET) {
            return Optional.of(limit(Status.BUDGET_EXCEEDED, "the worker used up its budget"));
        }
        return Optional.empty();
    }

    /** Whether the last two rounds did nothing because something took their instruction away: a third would be the same. */
    private boolean blockedTwice() {
        List<Round> rounds = history.allRounds();
        return rounds.size() > 1 && history.state().equals(history.baseState())
                && rounds.subList(rounds.size() - 2, rounds.size()).stream()
                        .allMatch(round -> round.report().effort().turns() == 0
                                && round.report().error().filter(p -> p.type() == ErrorType.BLOCKED).isPresent());
    }

    /** A person must act, or wait: what for, until when, and how it goes on then. */
    private Outcome held(Problem problem, Hold hold) {
        String then = "pa resume " + plan.task().session();
        if (hold.until().isPresent()) {
            return Outcome.of(Status.STOPPED, problem.message() + "; " + WaitText.until(hold.until().get(), Instant.now()),
                    "after that: " + then + "; to have it waited for: " + then + " --wait");
        }
        return Outcome.of(Status.STOPPED, problem.message(),
                hold.action().isEmpty() ? resume() : hold.action() + "; then: " + then);
    }

    /** Cut off in the middle of something: by a signal, or because the time is over. */
    Outcome cutOff() {
        return bounds.interruption().signal().isPresent()
                ? Outcome.interrupted(bounds.interruption().signal().getAsInt(), resume())
                : timeIsOver();
    }

    Outcome saved(Decision.SaveSession save) {
        if (history.red()) {
            return Outcome.of(Status.VERIFICATION_FAILED, save.reason() + "; verification is red", resume());
        }
        String how = save.errorType().filter(Decision.SaveSession.NOT_VERIFIABLE::equals).isPresent()
                ? "say how with --verify CMD, or accept the work unverified with --no-verify; " : "";
        return Outcome.of(Status.STOPPED, save.reason(), how + resume());
    }

    Outcome stalled(String message) {
        return Outcome.of(Status.STALLED, message, resume());
    }

    Outcome noDecision(ReasonerException problem) {
        String then = "; then: pa resume " + plan.task().session();
        if (problem.problem().hold().isPresent()) {
            return held(problem.problem(), problem.problem().hold().get());
        }
        return problem.problem().fatal()
                ? Outcome.of(Status.FAILED_SELF_CHECK, problem.problem().message(), problem.hint() + then)
                : Outcome.of(Status.ERROR, problem.problem().message(),
                        problem.hint().isEmpty() ? resume() : problem.hint() + then);
    }

    Outcome failed(Failure failure) {
        Status status = failure.exitCode() == Status.FAILED_SELF_CHECK.exitCode() ? Status.FAILED_SELF_CHECK : Status.ERROR;
        return Outcome.of(status, failure.getMessage(), failure.hint());
    }

    /** A defect of ours. */
    Outcome unexpected(RuntimeException defect) {
        return Outcome.of(Status.ERROR, "unexpected " + defect.getClass().getSimpleName(), resume());
    }

    private Outcome timeIsOver() {
        return limit(Status.TIMEOUT, "the time limit was reached" + plan.limits().timeout()
                .map(t -> " (--timeout " + t.toString().substring(2).toLowerCase(java.util.Locale.ROOT) + ")").orElse(""));
    }

    /** A limit keeps its own status also while a check is red: scripts tell by it what to raise. The reason says the colour. */
    private Outcome limit(Status status, String reason) {
        return Outcome.of(status, history.red() ? reason + " while a check fails" : reason, resume());
    }

    private String resume() {
        return "to go on: pa resume " + plan.task().session();
    }
}
