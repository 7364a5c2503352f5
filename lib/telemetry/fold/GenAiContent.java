package telemetry.fold;

import agent.Outcome;
import agent.Problem;
import agent.Reasoning;
import agent.decision.Decision;
import agent.decision.DecisionCodec;
import agent.decision.FunctionResult;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.ContentMode;
import contract.Keys;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Optional;

/**
 * What people, models, workers and commands said. Nothing of it leaves unless the user asked for it when the run began; then
 * in the JSON of the GenAI conventions, on spans, in events or both, after redaction.
 */
record GenAiContent(ContentMode mode, Redactor redactor) {
    /** Backends cut or refuse very long attributes. */
    private static final int LIMIT = 32_768;
    private static final String USER = "user";
    private static final String ASSISTANT = "assistant";

    boolean onSpans() {
        return mode.spans();
    }

    boolean inEvents() {
        return mode.events();
    }

    boolean wanted() {
        return onSpans() || inEvents();
    }

    String redact(String text) {
        return redactor.redact(text);
    }

    /** The same, with {@code gen_ai.system_instructions}. */
    Attributes exchange(Optional<String> instructions, List<String> input, Optional<String> output) {
        AttributesBuilder said = Attributes.builder();
        instructions.ifPresent(text -> {
            ArrayNode parts = Json.MAPPER.createArrayNode();
            parts.addObject().put("type", "text").put("content", clean(text));
            said.put(Keys.SYSTEM_INSTRUCTIONS, parts.toString());
        });
        return said.putAll(exchange(input, output)).build();
    }

    /** {@code gen_ai.input.messages} and {@code gen_ai.output.messages}, each left out where nothing was said. */
    Attributes exchange(List<String> input, Optional<String> output) {
        AttributesBuilder said = Attributes.builder();
        if (!input.isEmpty()) {
            ArrayNode messages = Json.MAPPER.createArrayNode();
            input.forEach(text -> message(messages, USER, text));
            said.put(Keys.INPUT_MESSAGES, messages.toString());
        }
        output.ifPresent(json -> said.put(Keys.OUTPUT_MESSAGES, json));
        return said.build();
    }

    /** What the worker answered, as messages; empty when it said nothing. */
    Optional<String> answer(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        ArrayNode messages = Json.MAPPER.createArrayNode();
        message(messages, ASSISTANT, text).put("finish_reason", "stop");
        return Optional.of(messages.toString());
    }

    /** What a model decided, as messages: its thought and its call of a function. */
    String decision(Reasoning reasoning) {
        ArrayNode messages = Json.MAPPER.createArrayNode();
        ObjectNode message = messages.addObject().put("role", ASSISTANT);
        ArrayNode parts = message.putArray("parts");
        if (!reasoning.thought().isBlank()) {
            parts.addObject().put("type", "reasoning").put("content", clean(reasoning.thought()));
        }
        Decision decision = reasoning.decision();
        ObjectNode call = parts.addObject().put("type", "tool_call").put("name", decision.function().value());
        reasoning.callId().ifPresent(id -> call.put("id", id));
        call.put("arguments", clean(Json.MAPPER.valueToTree(DecisionCodec.arguments(decision)).toString()));
        message.put("finish_reason", "tool_call");
        return messages.toString();
    }

    /** The whole task, for the root. */
    Optional<String> task(String text) {
        if (!onSpans()) {
            return Optional.empty();
        }
        ArrayNode messages = Json.MAPPER.createArrayNode();
        message(messages, USER, text);
        return Optional.of(messages.toString());
    }

    /** Why the worker failed, which may be in its own words. */
    Optional<String> worker(Problem problem) {
        return wanted() ? Optional.of(problem.message()) : Optional.empty();
    }

    /** What a function gave back, which may be a command's output. */
    Optional<String> function(FunctionResult result) {
        return wanted() ? Optional.of(result.output()) : Optional.empty();
    }

    /** {@code gen_ai.evaluation.explanation}: what a check printed. */
    Optional<String> evaluation(FunctionResult result) {
        return inEvents() && !result.output().isBlank() ? Optional.of(clean(result.output())) : Optional.empty();
    }

    /** {@code gen_ai.tool.call.arguments}: the file, the program, the host; never a whole command. */
    Optional<String> tool(String detail) {
        return onSpans() && !detail.isBlank()
                ? Optional.of(Json.MAPPER.createObjectNode().put("input", clean(detail)).toString()) : Optional.empty();
    }

    /** {@code gen_ai.tool.call.result}. */
    Optional<String> result(FunctionResult result) {
        return onSpans() && !result.output().isBlank() ? Optional.of(clean(result.output())) : Optional.empty();
    }

    /** Why the run ended, which may be in a model's words. */
    Optional<String> outcome(Outcome outcome) {
        return wanted() ? Optional.of(outcome.reason()) : Optional.empty();
    }

    private ObjectNode message(ArrayNode messages, String role, String text) {
        ObjectNode message = messages.addObject().put("role", role);
        message.putArray("parts").addObject().put("type", "text").put("content", clean(text));
        return message;
    }

    /** Before it becomes JSON: escapes would hide a secret that has quotes or line ends. */
    private String clean(String text) {
        return Text.bounded(redactor.redact(text), LIMIT);
    }

    /** Loaded only when content is wanted. */
    private static final class Json {
        private static final JsonMapper MAPPER = new JsonMapper();

        private Json() {}
    }
}
