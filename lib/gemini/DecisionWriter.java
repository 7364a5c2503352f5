package gemini;

import agent.Decision;
import agent.DecisionVisitor;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a function call of a decision: the inverse of {@link DecisionReader}, for decisions that another reasoner took. */
final class DecisionWriter implements DecisionVisitor<DecisionWriter> {
    private final ObjectNode args = Json.MAPPER.createObjectNode();

    private DecisionWriter() {}

    /** The call's arguments; empty for a {@link Decision.NoOp}, which is no call. */
    static Optional<ObjectNode> arguments(Decision decision) {
        return decision instanceof Decision.NoOp ? Optional.empty() : Optional.of(decision.accept(new DecisionWriter()).args);
    }

    @Override
    public DecisionWriter on(Decision.SendToClaude decision) {
        return put("instruction", decision.instruction()).put("context", decision.context());
    }

    @Override
    public DecisionWriter on(Decision.VerifyCode decision) {
        return put("file_paths", decision.filePaths());
    }

    @Override
    public DecisionWriter on(Decision.RunTests decision) {
        return put("test_command", decision.testCommand());
    }

    @Override
    public DecisionWriter on(Decision.CheckServer decision) {
        return put("url", decision.url());
    }

    @Override
    public DecisionWriter on(Decision.ReadFile decision) {
        return put("file_path", decision.filePath());
    }

    @Override
    public DecisionWriter on(Decision.ReviewChanges decision) {
        return put("file_paths", decision.filePaths()).put("context", decision.context());
    }

    @Override
    public DecisionWriter on(Decision.VerifyProduct decision) {
        return put("product_type", decision.productType()).put("start_command", decision.startCommand()).put("port", decision.port())
                .put("endpoints_to_test", decision.endpointsToTest()).put("ui_actions", decision.uiActions());
    }

    @Override
    public DecisionWriter on(Decision.CreateTask decision) {
        return put("description", decision.description()).put("assignee", decision.assignee()).put("priority", decision.priority());
    }

    @Override
    public DecisionWriter on(Decision.UpdateTask decision) {
        return put("task_id", decision.taskId()).put("status", decision.status()).put("notes", decision.notes());
    }

    @Override
    public DecisionWriter on(Decision.CompleteTask decision) {
        return put("task_id", decision.taskId()).put("notes", decision.notes());
    }

    @Override
    public DecisionWriter on(Decision.MarkDone decision) {
        return put("summary", decision.summary()).put("verified_items", decision.verifiedItems());
    }

    @Override
    public DecisionWriter on(Decision.SaveSession decision) {
        return put("reason", decision.reason()).put("error_type", decision.errorType()).put("status_code", decision.statusCode());
    }

    @Override
    public DecisionWriter on(Decision.NoOp decision) {
        throw new IllegalArgumentException("no call for " + decision.function());
    }

    private DecisionWriter put(String name, String value) {
        args.put(name, value);
        return this;
    }

    private DecisionWriter put(String name, Optional<String> value) {
        value.ifPresent(v -> args.put(name, v));
        return this;
    }

    private DecisionWriter put(String name, OptionalInt value) {
        value.ifPresent(v -> args.put(name, v));
        return this;
    }

    private DecisionWriter put(String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode array = args.putArray(name);
            values.forEach(array::add);
        }
        return this;
    }
}
