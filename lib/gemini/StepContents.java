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
import java.util.stream.Collectors;
import reasoning.DecisionWriter;
import reasoning.Detail;
import reasoning.ModelJson;
import reasoning.StepResult;

/**
 * A step as two messages, always: what the model said, and what became of it. The API demands as many function responses as
 * there were calls, right after them, each with its call's id and name.
 */
final class StepContents {
    /**
     * Google's value for calls that the model asked did not make itself ("transferring a trace from a different model"), in
     * the FAQ of its page on thought signatures.
     */
    static final String NO_SIGNATURE = "skip_thought_signature_validator";

    /** What a part can hold: exactly one of these (Google's reference, {@code Part}). */
    private static final Set<String> DATA = Set.of("text", "inlineData", "functionCall", "functionResponse", "fileData",
            "executableCode", "codeExecutionResult");

    private final Step step;
    private final JsonNode said;
    private final List<FunctionCall> calls;

    /**
     * @param model the one to be asked now
     * @param echo whether what the model said goes back as it came
     */
    StepContents(Step step, ModelName model, boolean echo) {
        this.step = step;
        Reasoning reasoning = step.reasoning();
        this.said = (echo ? echoed(reasoning) : Optional.<JsonNode>empty()).or(() -> called(reasoning, model))
                .orElseGet(() -> unanswered(reasoning));
        this.calls = calls(said);
    }

    /** What the model said: exactly as it came, or made from the decision when another reasoner took it. */
    JsonNode said() {
        return said;
    }

    /** What became of it. */
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

    /** How many characters the step takes in a request. */
    long size(Detail detail) {
        return (long) said.toString().length() + became(detail, Optional.empty()).toJson().toString().length();
    }

    private static Optional<JsonNode> echoed(Reasoning reasoning) {
        try {
            JsonNode echo = withData(ModelJson.MAPPER.readTree(reasoning.echo()));
            boolean content = echo.path("role").asText(Content.MODEL).equals(Content.MODEL) && !echo.path("parts").isEmpty();
            if (content && !echo.has("role")) {
                // A message without a role is taken in an answer, but not in a conversation.
                ((ObjectNode) echo).put("role", Content.MODEL);
            }
            return content ? Optional.of(echo) : Optional.empty();
        } catch (JsonProcessingException | NumberFormatException e) {
            // Another reasoner's echo is none of ours.
            return Optional.empty();
        }
    }

    /**
     * Without the parts that hold no data. They come from the API, a signature alone or a thought without words, and it refuses
     * them when they go back ("required oneof field 'data'").
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

    /** An answer with nothing in it: messages of model and user alternate, so it still needs one. */
    private static JsonNode unanswered(Reasoning reasoning) {
        if (!(reasoning.decision() instanceof Decision.NoOp)) {
            throw new IllegalStateException("only a no_op can be without a call");
        }
        return Content.model(Part.text("(no usable answer)")).toJson();
    }

    private static List<FunctionCall> calls(JsonNode content) {
        return ModelJson.MAPPER.convertValue(content, Content.class).parts().stream().map(Part::functionCall)
                .filter(Objects::nonNull).collect(Collectors.toList());
    }
}
