package gemini;

import agent.Decision;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a function call of a decision: the inverse of {@link DecisionReader}, for decisions that another reasoner took. */
final class DecisionWriter {
    private final ObjectNode args = Json.MAPPER.createObjectNode();

    private DecisionWriter() {}

    /** The call's arguments; empty for a {@link Decision.NoOp}, which is no call. */
    static Optional<ObjectNode> arguments(Decision decision) {
        return decision instanceof Decision.NoOp ? Optional.empty() : Optional.of(new DecisionWriter().write(decision).args);
    }

    private DecisionWriter write(Decision decision) {
        if (decision instanceof Decision.SendToClaude d) {
            return put("instruction", d.instruction()).put("context", d.context());
        } else if (decision instanceof Decision.VerifyCode d) {
            return put("file_paths", d.filePaths());
        } else if (decision instanceof Decision.RunTests d) {
            return put("test_command", d.testCommand());
        } else if (decision instanceof Decision.CheckServer d) {
            return put("url", d.url());
        } else if (decision instanceof Decision.ReadFile d) {
            return put("file_path", d.filePath());
        } else if (decision instanceof Decision.ReviewChanges d) {
            return put("file_paths", d.filePaths()).put("context", d.context());
        } else if (decision instanceof Decision.VerifyProduct d) {
            return put("product_type", d.productType()).put("start_command", d.startCommand()).put("port", d.port())
                    .put("endpoints_to_test", d.endpointsToTest()).put("ui_actions", d.uiActions());
        } else if (decision instanceof Decision.CreateTask d) {
            return put("description", d.description()).put("assignee", d.assignee()).put("priority", d.priority());
        } else if (decision instanceof Decision.UpdateTask d) {
            return put("task_id", d.taskId()).put("status", d.status()).put("notes", d.notes());
        } else if (decision instanceof Decision.CompleteTask d) {
            return put("task_id", d.taskId()).put("notes", d.notes());
        } else if (decision instanceof Decision.MarkDone d) {
            return put("summary", d.summary()).put("verified_items", d.verifiedItems());
        } else if (decision instanceof Decision.SaveSession d) {
            return put("reason", d.reason()).put("error_type", d.errorType()).put("status_code", d.statusCode());
        }
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
