package rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for the Gemini API on loopback: {@code GET models/{model}} and {@code POST models/{model}:generateContent} with
 * function calling. What it decides follows from what it is sent, see {@link SampleReasoner}.
 */
public final class GeminiStandIn extends LoopbackServer {
    /** The only key it takes. No word of anything else: what is a key's value is taken out of all that is exported. */
    public static final String KEY = "no-key-in-a-rehearsal";
    /** The model to ask for, and the {@code modelVersion} of every answer. */
    public static final String MODEL = "rehearsal";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RehearsalScript script;
    private final AtomicInteger decisions = new AtomicInteger();

    GeminiStandIn(RehearsalScript script) throws IOException {
        this.script = script;
        start();
    }

    @Override
    void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!KEY.equals(exchange.getRequestHeaders().getFirst("x-goog-api-key"))) {
            // A rehearsal that is handed a real key has been wired wrongly: it must not look as if that worked.
            ObjectNode error = error(400, "INVALID_ARGUMENT",
                    "API key not valid. A rehearsal takes the key '" + KEY + "' only.");
            ((ObjectNode) error.path("error")).putArray("details").addObject()
                    .put("@type", "type.googleapis.com/google.rpc.ErrorInfo").put("reason", "API_KEY_INVALID");
            reply(exchange, 400, error);
        } else if (exchange.getRequestMethod().equals("POST") && path.matches("/v1(beta)?/models/[^/:]+:generateContent")) {
            reply(exchange, 200, generate(body(exchange)));
        } else if (exchange.getRequestMethod().equals("GET") && path.matches("/v1(beta)?/models/[^/:]+")) {
            ObjectNode model = JSON.objectNode().put("name", path.replaceFirst("/v1(beta)?/", ""))
                    .put("displayName", "Rehearsal: no model").put("inputTokenLimit", 1_048_576)
                    .put("outputTokenLimit", 65_536);
            model.putArray("supportedGenerationMethods").add("generateContent");
            reply(exchange, 200, model);
        } else {
            reply(exchange, 404, error(404, "NOT_FOUND", "no such endpoint in a rehearsal: " + path));
        }
    }

    private ObjectNode generate(JsonNode request) {
        int number = decisions.getAndIncrement();
        SampleReasoner.Call call = SampleReasoner.decide(asked(request));
        ObjectNode answer = JSON.objectNode();
        ObjectNode candidate = answer.putArray("candidates").addObject().put("finishReason", "STOP").put("index", 0);
        ObjectNode content = candidate.putObject("content").put("role", "model");
        ObjectNode thought = content.putArray("parts").addObject();
        thought.put("text", call.thought()).put("thought", true);
        ObjectNode part = content.withArray("parts").addObject();
        part.putObject("functionCall").put("id", "call_" + number).put("name", call.function())
                .set("args", tree(call.arguments()));
        part.put("thoughtSignature", Base64.getEncoder().encodeToString(
                ("rehearsal " + number).getBytes(StandardCharsets.UTF_8)));
        RehearsalScript.Decision used = script.decision(number);
        ObjectNode usage = answer.putObject("usageMetadata").put("promptTokenCount", used.prompt())
                .put("candidatesTokenCount", used.candidates()).put("thoughtsTokenCount", used.thoughts())
                .put("totalTokenCount", used.prompt() + used.candidates() + used.thoughts());
        if (used.cached() > 0) {
            usage.put("cachedContentTokenCount", used.cached());
        }
        return answer.put("modelVersion", MODEL).put("responseId", UUID.randomUUID().toString());
    }

    private static Asked asked(JsonNode request) {
        JsonNode contents = request.path("contents");
        List<String> texts = new ArrayList<>();
        List<String> standing = new ArrayList<>();
        String answered = "";
        for (JsonNode part : contents.path(contents.size() - 1).path("parts")) {
            JsonNode response = part.path("functionResponse");
            answered = answered.isEmpty() ? response.path("name").asText("") : answered;
            standing.add(response.path("response").path("standing").asText(""));
            texts.add(part.path("text").asText(""));
            texts.add(response.path("response").path("output").asText(""));
            texts.add(response.path("response").path("round").asText(""));
        }
        Set<String> offered = new HashSet<>();
        request.path("tools").forEach(tool -> tool.path("functionDeclarations")
                .forEach(function -> offered.add(function.path("name").asText())));
        return new Asked(String.join("\n", texts), String.join("\n", standing), answered, offered);
    }

    private static ObjectNode error(int code, String status, String message) {
        ObjectNode error = JSON.objectNode();
        error.putObject("error").put("code", code).put("status", status).put("message", message);
        return error;
    }
}
