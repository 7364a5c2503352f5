package claudejudge;

import agent.TokenUsage;
import agent.Usd;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import workers.WorkerJson;

/**
 * A result line of Claude Code. The answer is in its {@code structured_output}, never in its {@code result}.
 *
 * @param line the record {@code result}
 */
record JudgeAnswer(JsonNode line) {
    JsonNode structured() {
        return line.path("structured_output");
    }

    boolean isError() {
        return line.path("is_error").asBoolean(true) || !line.path("subtype").asText("").equals("success");
    }

    /** The number of API requests: Claude Code repeats the request within one call if the answer does not fit the schema. */
    TokenUsage usage() {
        TokenUsage sum = TokenUsage.NONE;
        for (JsonNode model : line.path("modelUsage")) {
            long read = WorkerJson.count(model.path("cacheReadInputTokens"));
            long created = WorkerJson.count(model.path("cacheCreationInputTokens"));
            sum = sum.plus(new TokenUsage(WorkerJson.count(model.path("inputTokens")) + read + created,
                    WorkerJson.count(model.path("outputTokens")), read, created, WorkerJson.count(model.path("thinkingTokens"))));
        }
        return sum;
    }

    /** Each call is a process and a session of its own, so the total is this call's cost. */
    Optional<Usd> cost() {
        return WorkerJson.usd(line.path("total_cost_usd"));
    }

    /** The model that answered, if the line names it. */
    Optional<String> model() {
        Iterator<String> names = line.path("modelUsage").fieldNames();
        return names.hasNext() ? Optional.of(names.next()) : Optional.empty();
    }

    Optional<String> id() {
        return Optional.of(line.path("session_id").asText("")).filter(id -> !id.isEmpty());
    }

    List<String> finishReasons() {
        String reason = line.path("terminal_reason").asText(line.path("subtype").asText(""));
        return reason.isEmpty() ? List.of() : List.of(reason);
    }
}
