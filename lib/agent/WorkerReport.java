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
 * @param cost what this round added to the bill; empty when not known
 * @param exitCode absent when the process was not started or did not end by itself
 * @param stderr the tail of it
 * @param context how full its conversation was
 */
public record WorkerReport(Optional<Problem> error, String text, Optional<String> conversation, OptionalInt exitCode,
        TokenUsage usage, Optional<Usd> cost, Optional<String> model, Optional<String> version, Optional<String> subtype,
        int turns, Duration apiTime, List<Denial> denials, String stderr, ContextUse context) {
    public WorkerReport {
        context = context == null ? ContextUse.UNKNOWN : context;
    }

    /** Of a worker that does not say how full its conversation is. */
    public WorkerReport(Optional<Problem> error, String text, Optional<String> conversation, OptionalInt exitCode,
            TokenUsage usage, Optional<Usd> cost, Optional<String> model, Optional<String> version, Optional<String> subtype,
            int turns, Duration apiTime, List<Denial> denials, String stderr) {
        this(error, text, conversation, exitCode, usage, cost, model, version, subtype, turns, apiTime, denials, stderr,
                ContextUse.UNKNOWN);
    }

    /** A tool that the worker was not allowed to use. */
    public record Denial(String tool, String detail) {}

    /** Why the round is not clean, unless it is only that a tool was denied: the result shows whether it was needed. */
    public Optional<Problem> obstacle() {
        return error.filter(problem -> problem.type() != ErrorType.PERMISSION_DENIED);
    }

    /** The same, not clean for this reason. */
    public WorkerReport with(Problem why) {
        return new WorkerReport(Optional.of(why), text, conversation, exitCode, usage, cost, model, version, subtype, turns, apiTime,
                denials, stderr, context);
    }

    public boolean clean() {
        return error.isEmpty();
    }
}
