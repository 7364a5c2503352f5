package openai;

import agent.Reasoning;
import agent.TokenUsage;
import agent.Usd;
import agent.decision.Decision;
import agent.decision.FunctionName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import reasoning.DecisionReader;
import reasoning.Excerpt;
import reasoning.ModelJson;
import reasoning.Reply;

/**
 * The answer of {@code chat/completions}. Every field may be missing on a server that is not OpenAI's.
 *
 * @param message the first choice's message, unchanged
 * @param toldCost the cost that the server itself reports
 */
record ChatResponse(Optional<String> model, Optional<String> id, String finishReason, ObjectNode message, TokenUsage usage,
        Optional<Usd> toldCost) {
    private static final String COST_HEADER = "x-litellm-response-cost";
    private static final double MAX_COST = 10_000;
    private static final int THOUGHT_CHARS = 4_000;

    /** Empty when the text is no JSON, or JSON of another shape. */
    static Optional<ChatResponse> parse(Reply.Answer answer) {
        Optional<JsonNode> tree = ModelJson.tree(answer.body()).filter(t -> t.path("choices").path(0).path("message").isObject());
        return tree.map(body -> {
            JsonNode choice = body.path("choices").path(0);
            return new ChatResponse(text(body.path("model")), text(body.path("id")), choice.path("finish_reason").asText(""),
                    (ObjectNode) choice.path("message"), usage(body.path("usage")), cost(body, answer));
        });
    }

    /** Whether the answer was cut off at the token limit. Such an answer must not be used, whatever it contains. */
    boolean cut() {
        return finishReason.equals("length");
    }

    /** Whether a content filter removed the answer. */
    boolean filtered() {
        return finishReason.equals("content_filter");
    }

    /** The model's reason for refusing to answer. */
    Optional<String> refusal() {
        return text(message.path("refusal")).filter(words -> call().isMissingNode());
    }

    /** The first call, whatever the finish reason is: some servers answer {@code stop} together with calls. */
    JsonNode call() {
        return message.path("tool_calls").path(0).path("function");
    }

    /** The first call's arguments; empty when they are no JSON. A missing value means no arguments. */
    Optional<JsonNode> arguments() {
        JsonNode given = call().path("arguments");
        if (given.isObject()) {
            // The API does not allow it, but the meaning is clear.
            return Optional.of(given);
        }
        String text = given.asText("").strip();
        return text.isEmpty() ? Optional.of(ModelJson.MAPPER.createObjectNode())
                : ModelJson.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The decision. An answer without a valid call never gets here, see {@link ChatCall#objection}. */
    Reasoning reasoning(Set<FunctionName> offered) {
        Decision decision = cut() ? new Decision.NoOp("your answer was cut off at the token limit, even with twice the room: "
                + "think less and keep the arguments short")
                : DecisionReader.read(call().path("name").asText(""), arguments().orElse(null), offered);
        return new Reasoning(decision, text(message.path("tool_calls").path(0).path("id")), thought(), OptionalDouble.empty(),
                echo().toString());
    }

    List<String> finishReasons() {
        return finishReason.isEmpty() ? List.of() : List.of(finishReason);
    }

    /** The message to send back, with its role, which some servers leave out. */
    private ObjectNode echo() {
        ObjectNode echo = message.deepCopy();
        echo.put("role", "assistant");
        if (cut() || call().isMissingNode()) {
            // The API refuses a call without an answer.
            echo.remove("tool_calls");
            echo.put("content", "(no usable answer)");
        }
        return echo;
    }

    /** The model's reasoning: DeepSeek, vLLM and others put it in {@code reasoning_content}. */
    private String thought() {
        String words = message.path("content").asText("").strip();
        String thinking = message.path("reasoning_content").asText(message.path("reasoning").asText("")).strip();
        return Excerpt.of((thinking + "\n" + words).strip(), THOUGHT_CHARS);
    }

    private static TokenUsage usage(JsonNode usage) {
        return new TokenUsage(ModelJson.count(usage.path("prompt_tokens")), ModelJson.count(usage.path("completion_tokens")),
                ModelJson.count(usage.path("prompt_tokens_details").path("cached_tokens")), 0,
                ModelJson.count(usage.path("completion_tokens_details").path("reasoning_tokens")));
    }

    /** The cost in OpenRouter's field or litellm's header. Both send 0 for a model without a known price. */
    private static Optional<Usd> cost(JsonNode body, Reply.Answer answer) {
        JsonNode field = body.path("usage").path("cost");
        double cost = field.isNumber() ? field.doubleValue() : number(answer.headers().getOrDefault(COST_HEADER, ""));
        return cost > 0 && cost < MAX_COST ? Optional.of(new Usd(BigDecimal.valueOf(cost))) : Optional.empty();
    }

    private static double number(String text) {
        try {
            return text.length() > 40 ? 0 : Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.textValue().isBlank() ? Optional.of(node.textValue()) : Optional.empty();
    }
}
