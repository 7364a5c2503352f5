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
 * @param message the first choice's, as it came
 * @param toldCost what the server itself says that it cost
 */
record ChatResponse(Optional<String> model, Optional<String> id, String finishReason, ObjectNode message, TokenUsage usage,
        Optional<Usd> toldCost) {
    private static final String COST_HEADER = "x-litellm-response-cost";
    private static final double MAX_COST = 10_000;
    private static final int THOUGHT_CHARS = 4_000;

    /** Empty when it is no JSON, or JSON of another shape. */
    static Optional<ChatResponse> parse(Reply.Answer answer) {
        Optional<JsonNode> tree = ModelJson.tree(answer.body()).filter(t -> t.path("choices").path(0).path("message").isObject());
        return tree.map(body -> {
            JsonNode choice = body.path("choices").path(0);
            return new ChatResponse(text(body.path("model")), text(body.path("id")), choice.path("finish_reason").asText(""),
                    (ObjectNode) choice.path("message"), usage(body.path("usage")), cost(body, answer));
        });
    }

    /** Whether the answer ended where the tokens did. It is not to be acted on then, whatever it holds. */
    boolean cut() {
        return finishReason.equals("length");
    }

    /** Whether a filter took the answer away. */
    boolean filtered() {
        return finishReason.equals("content_filter");
    }

    /** The model's own words for that it will not answer. */
    Optional<String> refusal() {
        return text(message.path("refusal")).filter(words -> call().isMissingNode());
    }

    /** The first call, whatever word stands for the end: some servers say {@code stop} beside calls. */
    JsonNode call() {
        return message.path("tool_calls").path(0).path("function");
    }

    /** The first call's arguments; empty when they are no JSON. Nothing at all stands for none. */
    Optional<JsonNode> arguments() {
        JsonNode given = call().path("arguments");
        if (given.isObject()) {
            // Against the API, but clear.
            return Optional.of(given);
        }
        String text = given.asText("").strip();
        return text.isEmpty() ? Optional.of(ModelJson.MAPPER.createObjectNode())
                : ModelJson.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What was decided. An answer without a usable call is not read, see {@link ChatCall#objection}. */
    Reasoning reasoning(Set<FunctionName> offered) {
        Decision decision = cut() ? new Decision.NoOp("your answer was cut off where its tokens ended, also with twice the room: "
                + "think less and keep the arguments short")
                : DecisionReader.read(call().path("name").asText(""), arguments().orElse(null), offered);
        return new Reasoning(decision, text(message.path("tool_calls").path(0).path("id")), thought(), OptionalDouble.empty(),
                echo().toString());
    }

    List<String> finishReasons() {
        return finishReason.isEmpty() ? List.of() : List.of(finishReason);
    }

    /** What goes back: the message, with its role also where the server left it out. */
    private ObjectNode echo() {
        ObjectNode echo = message.deepCopy();
        echo.put("role", "assistant");
        if (cut() || call().isMissingNode()) {
            // A call that is not answered would be refused.
            echo.remove("tool_calls");
            echo.put("content", "(no usable answer)");
        }
        return echo;
    }

    /** Why, in the model's words: {@code reasoning_content} is how DeepSeek, vLLM and others tell their thinking. */
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

    /** OpenRouter's field or litellm's header; 0 stands for a model whose price they do not know. */
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
