package agent;

import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that a reasoner gets to see.
 *
 * @param opening the first round, before any decision; empty when the run begins with a decision
 * @param steps the decisions so far and what became of them, oldest first
 * @param advice what stall detection wants to be tried or avoided; possibly empty
 * @param evidence how the present state of the tree was judged, if it was
 * @param review the whole change with a question, to be shown with this decision alone; empty when there is none
 */
public record Situation(Task task, Limits limits, int iteration, Optional<Round> opening, List<Step> steps,
        List<TodoItem> todo, Set<FunctionName> offered, boolean verificationWanted, String advice,
        Optional<Evidence> evidence, String review) {
    /**
     * One round of the worker: what it was told, how it went, what changed, and what the automatic check said.
     *
     * @param stalls where it got nowhere in it, a sentence each
     */
    public record Round(String instruction, WorkerReport report, Changes changes, Optional<FunctionResult> check,
            List<String> stalls) {}

    /**
     * A decision and its result.
     *
     * @param round the worker's round that the decision led to, for {@code send_to_claude}; after any other, the round that
     *     a person's new instruction led to when the session was resumed there
     */
    public record Step(Reasoning reasoning, FunctionResult result, Optional<Round> round) {}

    /** The worker's most recent round, wherever it stands. */
    public Optional<Round> lastRound() {
        return Stream.concat(opening.stream(), steps.stream().flatMap(step -> step.round().stream()))
                .reduce((earlier, later) -> later);
    }

    /** The result of the most recent check, automatic or decided, whatever came after it. */
    public Optional<FunctionResult> lastVerification() {
        Stream<FunctionResult> checks = steps.stream().flatMap(step -> step.round().flatMap(Round::check)
                .or(() -> Optional.of(step.result()).filter(result -> result.verification().isPresent())).stream());
        return Stream.concat(opening.flatMap(Round::check).stream(), checks).reduce((earlier, later) -> later);
    }
}
