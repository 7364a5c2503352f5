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

    /** A clean round of which nothing is known but what the builder is told. */
    public static Builder builder() {
        return new Builder();
    }

    /** A tool that the worker was not allowed to use. */
    public record Denial(String tool, String detail) {}

    /** Why the round is not clean, unless it is only that a tool was denied: the result shows whether it was needed. */
    public Optional<Problem> obstacle() {
        return error.filter(problem -> problem.type() != ErrorType.PERMISSION_DENIED);
    }

    /** The same, not clean for this reason. */
    public WorkerReport with(Problem why) {
        return toBuilder().error(Optional.of(why)).build();
    }

    public boolean clean() {
        return error.isEmpty();
    }

    public Builder toBuilder() {
        return builder().error(error).text(text).conversation(conversation).exitCode(exitCode).usage(usage)
                .cost(cost).model(model).version(version).subtype(subtype).turns(turns)
                .apiTime(apiTime).denials(denials).stderr(stderr).context(context);
    }

    /** Begins with a clean round of which nothing is known. */
    public static final class Builder {
        private Optional<Problem> error = Optional.empty();
        private String text = "";
        private Optional<String> conversation = Optional.empty();
        private OptionalInt exitCode = OptionalInt.empty();
        private TokenUsage usage = TokenUsage.NONE;
        private Optional<Usd> cost = Optional.empty();
        private Optional<String> model = Optional.empty();
        private Optional<String> version = Optional.empty();
        private Optional<String> subtype = Optional.empty();
        private int turns;
        private Duration apiTime = Duration.ZERO;
        private List<Denial> denials = List.of();
        private String stderr = "";
        private ContextUse context = ContextUse.UNKNOWN;

        private Builder() {}

        public Builder error(Optional<Problem> value) {
            error = value;
            return this;
        }

        public Builder text(String value) {
            text = value;
            return this;
        }

        public Builder conversation(Optional<String> value) {
            conversation = value;
            return this;
        }

        public Builder exitCode(OptionalInt value) {
            exitCode = value;
            return this;
        }

        public Builder usage(TokenUsage value) {
            usage = value;
            return this;
        }

        public Builder cost(Optional<Usd> value) {
            cost = value;
            return this;
        }

        public Builder model(Optional<String> value) {
            model = value;
            return this;
        }

        public Builder version(Optional<String> value) {
            version = value;
            return this;
        }

        public Builder subtype(Optional<String> value) {
            subtype = value;
            return this;
        }

        public Builder turns(int value) {
            turns = value;
            return this;
        }

        public Builder apiTime(Duration value) {
            apiTime = value;
            return this;
        }

        public Builder denials(List<Denial> value) {
            denials = value;
            return this;
        }

        public Builder stderr(String value) {
            stderr = value;
            return this;
        }

        public Builder context(ContextUse value) {
            context = value;
            return this;
        }

        public WorkerReport build() {
            return new WorkerReport(error, text, conversation, exitCode, usage, cost, model, version, subtype, turns, apiTime,
                    denials, stderr, context);
        }
    }
}
