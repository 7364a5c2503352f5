package agent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reports of clean rounds; all other values are empty unless a test sets them. */
public final class Reports {
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
    private List<WorkerReport.Denial> denials = List.of();
    private String stderr = "";
    private ContextUse context = ContextUse.UNKNOWN;

    private Reports() {}

    public static Reports builder() {
        return new Reports();
    }

    public Reports error(Optional<Problem> value) {
        error = value;
        return this;
    }

    public Reports text(String value) {
        text = value;
        return this;
    }

    public Reports conversation(Optional<String> value) {
        conversation = value;
        return this;
    }

    public Reports exitCode(OptionalInt value) {
        exitCode = value;
        return this;
    }

    public Reports usage(TokenUsage value) {
        usage = value;
        return this;
    }

    public Reports cost(Optional<Usd> value) {
        cost = value;
        return this;
    }

    public Reports model(Optional<String> value) {
        model = value;
        return this;
    }

    public Reports version(Optional<String> value) {
        version = value;
        return this;
    }

    public Reports subtype(Optional<String> value) {
        subtype = value;
        return this;
    }

    public Reports turns(int value) {
        turns = value;
        return this;
    }

    public Reports apiTime(Duration value) {
        apiTime = value;
        return this;
    }

    public Reports denials(List<WorkerReport.Denial> value) {
        denials = value;
        return this;
    }

    public Reports stderr(String value) {
        stderr = value;
        return this;
    }

    public Reports context(ContextUse value) {
        context = value;
        return this;
    }

    public WorkerReport build() {
        return new WorkerReport(error, text, conversation, new WorkerReport.Ending(exitCode, stderr, subtype),
                new WorkerReport.Effort(usage, cost, turns, apiTime), new WorkerReport.Agent(model, version), denials, context);
    }
}
