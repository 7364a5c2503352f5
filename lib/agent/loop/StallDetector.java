package agent.loop;

import agent.Problem;
import agent.Situation.Round;
import agent.Situation.Step;
import agent.StallPattern;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Notices that a run gets nowhere. Reads the history only, so that it gives the same answer after a resume. */
final class StallDetector {
    /** Rounds of the worker in a row without a change of the tree. */
    static final int ROUNDS_WITHOUT_CHANGE = 3;
    /** The same action with the same result, in a row. */
    static final int SAME_ACTIONS = 3;
    /** The same failure, in a row. */
    static final int SAME_ERRORS = 3;
    /** Two actions in turn: A B A B. */
    static final int ALTERNATION = 4;

    private static final Pattern NOISE = Pattern.compile("0x[0-9a-fA-F]+|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}:\\d{2}(:\\d{2})?([.,]\\d+)?"
            + "|(?<!\\d)\\d+[.,]\\d+|(?<!\\d)\\d+ ?(ns|µs|us|ms|s|sec|secs|seconds?|min|minutes?)\\b|(?i:pid) ?[=:]? ?\\d+|/tmp/\\S+");

    /** What was noticed and what to tell the reasoner. */
    record Stall(StallPattern pattern, String message) {}

    private StallDetector() {}

    /**
     * @param newRound whether the worker had a round since the last look; what rounds have in common is no news without one,
     *     and looking into the matter, as the advice asks, is not standing still
     */
    static Optional<Stall> look(History history, boolean newRound) {
        List<Step> steps = history.steps();
        List<Round> rounds = history.allRounds();
        if (newRound && sameTail(rounds.stream().map(StallDetector::failure).toList(), SAME_ERRORS)) {
            return Optional.of(new Stall(StallPattern.REPEATED_ERROR, "the same failure came " + SAME_ERRORS
                    + " times in a row: " + name(rounds.get(rounds.size() - 1))));
        }
        List<String> actions = steps.stream().map(StallDetector::actionAndResult).toList();
        if (sameTail(actions, SAME_ACTIONS)) {
            return Optional.of(new Stall(StallPattern.REPEATED_ACTION,
                    last(steps).function().value() + " was decided " + SAME_ACTIONS + " times in a row with the same result"));
        }
        if (alternates(actions)) {
            return Optional.of(new Stall(StallPattern.ALTERNATION, "two actions alternate without any progress: "
                    + steps.get(steps.size() - 2).reasoning().decision().function().value() + " and "
                    + last(steps).function().value()));
        }
        if (newRound && rounds.size() >= ROUNDS_WITHOUT_CHANGE
                && tail(rounds, ROUNDS_WITHOUT_CHANGE).stream().allMatch(r -> r.changes().none())) {
            return Optional.of(new Stall(StallPattern.NO_CHANGE,
                    "no file changed in the last " + ROUNDS_WITHOUT_CHANGE + " rounds of the worker"));
        }
        return Optional.empty();
    }

    /** Whether the worker's last round brought something new: nothing was wrong with it, or something that was not before. */
    static boolean progress(History history) {
        List<String> failures = history.allRounds().stream().map(StallDetector::failure).toList();
        if (failures.isEmpty()) {
            return true;
        }
        String latest = failures.get(failures.size() - 1);
        return latest.isEmpty() || failures.indexOf(latest) == failures.size() - 1;
    }

    /** What was wrong with a round, in a few words for people. */
    private static String name(Round round) {
        return round.report().obstacle().map(Problem::message)
                .or(() -> round.check().flatMap(FunctionResult::verification).map(v -> "the check " + v.subject() + " fails"))
                .orElse("");
    }

    private static Decision last(List<Step> steps) {
        return steps.get(steps.size() - 1).reasoning().decision();
    }

    /** What was wrong with a round, without what differs from run to run; empty if nothing was. */
    private static String failure(Round round) {
        String worker = round.report().obstacle().map(p -> p.value() + " " + p.message()).orElse("");
        String check = round.check().filter(c -> c.verification().filter(Verification::failed).isPresent())
                .map(FunctionResult::output).orElse("");
        return withoutNoise(worker + "\n" + check);
    }

    /** Without times, dates, addresses, process ids and temporary names. Counters stay: nine failing tests are not eight. */
    private static String withoutNoise(String text) {
        return NOISE.matcher(text).replaceAll("#").strip();
    }

    private static String actionAndResult(Step step) {
        String round = step.round().map(r -> r.report().text() + "\n" + failure(r) + "\n" + r.changes()).orElse("");
        // What a check printed differs in times; what a file holds does not differ without a reason.
        String output = step.result().verification().isPresent() ? withoutNoise(step.result().output())
                : step.result().output();
        // An instruction is worded anew each time (it may carry our own advice): what came of it is what counts.
        String action = step.round().isPresent() && step.reasoning().decision() instanceof Decision.SendToWorker
                ? FunctionName.SEND_TO_WORKER.value() : step.reasoning().decision().toString();
        return action + "\n" + output + "\n" + round;
    }

    private static boolean sameTail(List<String> all, int count) {
        if (all.size() < count) {
            return false;
        }
        List<String> end = tail(all, count);
        return !end.get(0).isEmpty() && end.stream().allMatch(end.get(0)::equals);
    }

    private static boolean alternates(List<String> actions) {
        if (actions.size() < ALTERNATION) {
            return false;
        }
        List<String> end = tail(actions, ALTERNATION);
        return end.get(0).equals(end.get(2)) && end.get(1).equals(end.get(3)) && !end.get(0).equals(end.get(1));
    }

    private static <T> List<T> tail(List<T> all, int count) {
        return all.subList(all.size() - count, all.size());
    }
}
