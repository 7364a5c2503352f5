package agent;

import contract.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a round of the worker went.
 *
 * @param error why the round is not clean; empty when everything that can deny success did not
 * @param text the worker's last words, bounded
 * @param conversation the worker's own session id, to resume
 * @param context how full its conversation was
 */
public record WorkerReport(Optional<Problem> error, String text, Optional<String> conversation, Ending ending, Effort effort,
        Agent agent, List<Denial> denials, ContextUse context) {
    /** A round of which nothing else is known. */
    public WorkerReport(Optional<Problem> error, String text, Ending ending) {
        this(error, text, Optional.empty(), ending, Effort.UNKNOWN, Agent.UNKNOWN, List.of(), ContextUse.UNKNOWN);
    }

    /** A round whose process could not be started. */
    public static WorkerReport notStarted(String why, Agent agent) {
        return new WorkerReport(Optional.of(Problem.fatal(ErrorType.NOT_FOUND, why)), "", Optional.empty(), Ending.NOT_STARTED,
                Effort.UNKNOWN, agent, List.of(), ContextUse.UNKNOWN);
    }

    /**
     * How the worker's process ended.
     *
     * @param exitCode absent when it was not started or did not end by itself
     * @param stderr the tail of it
     * @param subtype the agent's own word for how the round ended
     */
    public record Ending(OptionalInt exitCode, String stderr, Optional<String> subtype) {
        public static final Ending NOT_STARTED = new Ending(OptionalInt.empty(), "", Optional.empty());
    }

    /**
     * What the round took.
     *
     * @param cost what it added to the bill; empty when not known
     */
    public record Effort(TokenUsage usage, Optional<Usd> cost, int turns, Duration apiTime) {
        public static final Effort UNKNOWN = new Effort(TokenUsage.NONE, Optional.empty(), 0, Duration.ZERO);
    }

    /** Who worked: the model, and the version of the agent's program. */
    public record Agent(Optional<String> model, Optional<String> version) {
        public static final Agent UNKNOWN = new Agent(Optional.empty(), Optional.empty());
    }

    /** A tool that the worker was not allowed to use. */
    public record Denial(String tool, String detail) {}

    /** Why the round is not clean, unless it is only that a tool was denied: the result shows whether it was needed. */
    public Optional<Problem> obstacle() {
        return error.filter(problem -> problem.type() != ErrorType.PERMISSION_DENIED);
    }

    /** The same, not clean for this reason. */
    public WorkerReport with(Problem why) {
        return new WorkerReport(Optional.of(why), text, conversation, ending, effort, agent, denials, context);
    }

    public boolean clean() {
        return error.isEmpty();
    }
}
