package gemini;

import agent.Reasoning;
import agent.Situation.Step;
import agent.decision.Decision;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gemini.Content.FunctionCall;
import gemini.Content.FunctionResponse;
import gemini.Content.Part;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import reasoning.DecisionWriter;
import reasoning.Detail;
import reasoning.ModelJson;
import reasoning.StepResult;

/**
 * A step, always as two messages: the model's message and the result. The API demands one function response for each call, directly
 * after the calls, each with its call's id and name.
 */
final class StepContents {
    /**
     * Google's value for a call that another model made ("transferring a trace from a different model"), from
     * the FAQ of its page on thought signatures.
     */
    static final String NO_SIGNATURE = "skip_thought_signature_validator";

    /** The kinds of data in a part: exactly one of these (Google's reference, {@code Part}). */
    private static final Set<String> DATA = Set.of("text", "inlineData", "functionCall", "functionResponse", "fileData",
            "executableCode", "codeExecutionResult");

    private final Step step;
    private final JsonNode said;
    private final List<FunctionCall> calls;

    /**
     * @param model the model of the next request
     * @param echo whether the model's message is sent back unchanged
     */
    StepContents(Step step, ModelName model, boolean echo) {
        this.step = step;
        Reasoning reasoning = step.reasoning();
        this.said = (echo ? echoed(reasoning) : Optional.<JsonNode>empty()).or(() -> called(reasoning, model))
                .orElseGet(() -> unanswered(reasoning));
        this.calls = calls(said);
    }

    /** The model's message: the original, or one made from the decision when another reasoner took it. */
    JsonNode said() {
        return said;
    }

    /** The result of the decision. */
    Content became(Detail detail, Optional<String> standing) {
        if (calls.isEmpty()) {
            return Content.user(List.of(Part.text(StepResult.text(step, detail, standing))));
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            ObjectNode response = i == 0 ? StepResult.json(step, detail, calls.size(), standing) : StepResult.notCarriedOut();
            parts.add(Part.response(new FunctionResponse(calls.get(i).id(), calls.get(i).name(), response)));
        }
        return Content.user(parts);
    }

    /** The number of characters that the step takes in a request. */
    long size(Detail detail) {
        return (long) said.toString().length() + became(detail, Optional.empty()).toJson().toString().length();
    }

    private static Optional<JsonNode> echoed(Reasoning reasoning) {
        try {
            JsonNode echo = withData(ModelJson.MAPPER.readTree(reasoning.echo()));
            boolean content = echo.path("role").asText(Content.MODEL).equals(Content.MODEL) && !echo.path("parts").isEmpty();
            if (content && !echo.has("role")) {
                // The API sends messages without a role, but refuses them in a conversation.
                ((ObjectNode) echo).put("role", Content.MODEL);
            }
            return content ? Optional.of(echo) : Optional.empty();
        } catch (JsonProcessingException | NumberFormatException e) {
            // A message of another reasoner has another form.
            return Optional.empty();
        }
    }

    /**
     * Removes the parts without data. The API sends them, as a signature alone or a thought without text, but refuses them in a
     * request ("required oneof field 'data'").
     */
    private static JsonNode withData(JsonNode content) {
        if (content.path("parts").isArray()) {
            for (Iterator<JsonNode> parts = content.path("parts").iterator(); parts.hasNext();) {
                JsonNode part = parts.next();
                if (DATA.stream().noneMatch(part::hasNonNull)) {
                    parts.remove();
                }
            }
        }
        return content;
    }

    private static Optional<JsonNode> called(Reasoning reasoning, ModelName model) {
        String signature = model.wantsSignatures() ? NO_SIGNATURE : null;
        return DecisionWriter.arguments(reasoning.decision()).map(args -> Content.model(Part.call(
                new FunctionCall(reasoning.callId().orElse(null), reasoning.decision().function().value(), args), signature))
                .toJson());
    }

    /** A message for an answer without content: the messages of model and user must alternate. */
    private static JsonNode unanswered(Reasoning reasoning) {
        if (!(reasoning.decision() instanceof Decision.NoOp)) {
            throw new IllegalStateException("only a no_op has no call");
        }
        return Content.model(Part.text("(no usable answer)")).toJson();
    }

    private static List<FunctionCall> calls(JsonNode content) {
        return ModelJson.MAPPER.convertValue(content, Content.class).parts().stream().map(Part::functionCall)
                .filter(Objects::nonNull).toList();
    }
}
