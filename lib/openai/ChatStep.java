package openai;

import agent.Reasoning;
import agent.Situation.Step;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reasoning.DecisionWriter;
import reasoning.Detail;
import reasoning.ModelJson;
import reasoning.StepResult;

/**
 * A step as messages: the model's message and the result. The API demands one tool message for each call, directly after it,
 * with the call's id. Ids and message are sent back unchanged: litellm hides Gemini's thought signature in the id.
 */
final class ChatStep {
    private static final String ASSISTANT = "assistant";

    private final Step step;
    private final ObjectNode said;
    private final List<String> calls = new ArrayList<>();

    /** @param number of the step, for the id of a call without one */
    ChatStep(Step step, int number) {
        this.step = step;
        Reasoning reasoning = step.reasoning();
        this.said = echoed(reasoning).or(() -> called(reasoning, number)).orElseGet(ChatStep::unanswered);
        said.path("tool_calls").forEach(call -> calls.add(call.path("id").asText("")));
    }

    /** The model's message: the original, or one made from the decision when another reasoner took it. */
    ObjectNode said() {
        return said;
    }

    /** The result of the decision. */
    List<ObjectNode> became(Detail detail, Optional<String> standing) {
        if (calls.isEmpty()) {
            return List.of(ModelJson.MAPPER.createObjectNode().put("role", "user")
                    .put("content", StepResult.text(step, detail, standing)));
        }
        List<ObjectNode> messages = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            ObjectNode result = i == 0 ? StepResult.json(step, detail, calls.size(), standing) : StepResult.notCarriedOut();
            messages.add(ModelJson.MAPPER.createObjectNode().put("role", "tool").put("tool_call_id", calls.get(i))
                    .put("content", result.toString()));
        }
        return messages;
    }

    /** The number of characters that the step takes in a request. */
    long size(Detail detail) {
        return said.toString().length()
                + became(detail, Optional.empty()).stream().mapToLong(message -> message.toString().length()).sum();
    }

    private static Optional<ObjectNode> echoed(Reasoning reasoning) {
        return reasoning.echo().isEmpty() ? Optional.empty()
                : ModelJson.tree(reasoning.echo().getBytes(StandardCharsets.UTF_8))
                        // A message of another reasoner has another form.
                        .filter(echo -> echo.isObject() && echo.path("role").asText("").equals(ASSISTANT))
                        .map(JsonNode::<ObjectNode>deepCopy);
    }

    private static Optional<ObjectNode> called(Reasoning reasoning, int number) {
        return DecisionWriter.arguments(reasoning.decision()).map(arguments -> {
            ObjectNode message = ModelJson.MAPPER.createObjectNode().put("role", ASSISTANT).putNull("content");
            ArrayNode list = message.putArray("tool_calls");
            list.addObject().put("id", reasoning.callId().orElse("call_" + number)).put("type", "function")
                    .putObject("function").put("name", reasoning.decision().function().value())
                    .put("arguments", arguments.toString());
            return message;
        });
    }

    /** A message for an answer without content. */
    private static ObjectNode unanswered() {
        return ModelJson.MAPPER.createObjectNode().put("role", ASSISTANT).put("content", "(no usable answer)");
    }
}
