package telemetry;

import agent.FunctionResult;
import agent.Outcome;
import agent.Problem;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.Variables;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What people, models, workers and commands said. Nothing of it leaves unless the user asked for it by
 * {@code OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT}; then as the GenAI conventions have it, after redaction. The
 * text of the task never leaves.
 */
final class Content {
    /** Backends cut or refuse very long attributes. */
    private static final int LIMIT = 32_768;

    private final boolean wanted;
    private final Redactor redactor;

    private Content(boolean wanted, Redactor redactor) {
        this.wanted = wanted;
        this.redactor = redactor;
    }

    static Content of(Map<String, String> environment, Redactor redactor) {
        String value = environment.getOrDefault(Variables.CAPTURE_CONTENT, "").strip().toLowerCase(Locale.ROOT);
        // The conventions' newer values beside the boolean that most people write; content goes onto spans only.
        boolean wanted = switch (value) {
            case "true", "1", "span_only", "span_and_event" -> true;
            default -> false;
        };
        return new Content(wanted, redactor);
    }

    /** {@code gen_ai.input.messages}: what the worker is told. */
    Optional<String> input(String text) {
        return wanted ? Optional.of(message("user", text, Optional.empty())) : Optional.empty();
    }

    /** {@code gen_ai.output.messages}: what came back; empty also when nothing did. */
    Optional<String> output(String text) {
        return wanted && !text.isEmpty() ? Optional.of(message("assistant", text, Optional.of("stop"))) : Optional.empty();
    }

    /** Why the worker failed, which may be in its own words. */
    Optional<String> worker(Problem problem) {
        return wanted ? Optional.of(problem.message()) : Optional.empty();
    }

    /** What a function gave back, which may be a command's output. */
    Optional<String> function(FunctionResult result) {
        return wanted ? Optional.of(result.output()) : Optional.empty();
    }

    /** Why the run ended, which may be in a model's words. */
    Optional<String> outcome(Outcome outcome) {
        return wanted ? Optional.of(outcome.reason()) : Optional.empty();
    }

    private String message(String role, String text, Optional<String> finishReason) {
        // Before it becomes JSON: escapes would hide a secret that has quotes or line ends.
        String clean = Text.bounded(redactor.redact(text), LIMIT);
        JsonMapper json = Json.MAPPER;
        ObjectNode message = json.createObjectNode().put("role", role);
        message.putArray("parts").addObject().put("type", "text").put("content", clean);
        finishReason.ifPresent(reason -> message.put("finish_reason", reason));
        return json.createArrayNode().add(message).toString();
    }

    /** Loaded only when content is wanted. */
    private static final class Json {
        private static final JsonMapper MAPPER = new JsonMapper();

        private Json() {}
    }
}
