package agent.loop;

import agent.Changes;
import agent.Reasoning;
import agent.Situation.Round;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import java.util.List;
import java.util.Optional;

/**
 * Where a session stands between two events. There is one transition for each event that changes it; what it leaves behind is
 * kept by {@link Past}. A resumed session is in the phase that its journal ends with:
 * <pre>
 *              decided: send_to_claude, or said by a person
 *   Idle ──────────────────────────────────────────────────▶ Instructed ──▶ Working ──▶ Worked
 *    ▲  └─▶ Acting (any other decision) ──┐                                               │
 *    └────────────────────────────────────┴──────────────── a decision ◀──────────────────┘
 * </pre>
 */
sealed interface Phase {
    /** Nothing is under way: before the first round, or after a decision was carried out. */
    record Idle() implements Phase {}

    /**
     * The worker is to be told this next.
     *
     * @param by the decision that says so; empty when it is a person or the task itself
     */
    record Instructed(Optional<Reasoning> by, String instruction) implements Phase {
        @Override
        public Optional<Reasoning> open() {
            return by;
        }
    }

    /** The worker was told this, and its round has not ended. */
    record Working(Optional<Reasoning> by, String instruction) implements Phase {
        @Override
        public Optional<Reasoning> open() {
            return by;
        }
    }

    /**
     * The round has ended and waits for a decision.
     *
     * @param observed whether it is known what the round changed
     */
    record Worked(Optional<Reasoning> by, Round round, boolean observed) implements Phase {
        /** Whether the check that follows a round by itself is still owed. */
        boolean checkOwed() {
            return round.check().isEmpty();
        }
    }

    /** A decision other than an instruction is being carried out. */
    record Acting(Reasoning decision) implements Phase {}

    /** The decision whose round has not ended; empty in every other phase. */
    default Optional<Reasoning> open() {
        return Optional.empty();
    }

    /** A person says what comes next. */
    default Phase told(String instruction) {
        return new Instructed(Optional.empty(), instruction);
    }

    /** A round begins: the one that was to come, the same one again after a kill, or one that nobody decided. */
    default Phase began(String instruction) {
        return new Working(open(), instruction);
    }

    /** The round ended. */
    default Phase ended(WorkerReport report, List<String> stalls) {
        String instruction = this instanceof Working working ? working.instruction() : "";
        return new Worked(open(), new Round(instruction, report, Changes.NONE, Optional.empty(), stalls), false);
    }

    /** The tree was looked at; the first look after a round says what the round changed. */
    default Phase looked(Changes changes) {
        return this instanceof Worked worked && !worked.observed()
                ? new Worked(worked.by(), new Round(worked.round().instruction(), worked.round().report(), changes,
                        worked.round().check(), worked.round().stalls()), true)
                : this;
    }

    /** The check that follows a round by itself ended; one that was cut off is still owed. */
    default Phase checked(FunctionResult result) {
        Optional<FunctionResult> check = result.equals(FunctionResult.INTERRUPTED) ? Optional.empty() : Optional.of(result);
        return this instanceof Worked worked
                ? new Worked(worked.by(), new Round(worked.round().instruction(), worked.round().report(),
                        worked.round().changes(), check, worked.round().stalls()), worked.observed())
                : this;
    }

    /** The reasoner decided. */
    default Phase decided(Reasoning reasoning) {
        return reasoning.decision() instanceof Decision.SendToWorker send
                ? new Instructed(Optional.of(reasoning), send.told()) : new Acting(reasoning);
    }

    /** What was decided is carried out. */
    default Phase carriedOut() {
        return this instanceof Acting ? new Idle() : this;
    }
}
