package rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for OpenAI's API on loopback: {@code GET models} and {@code POST chat/completions} with function calling. What it
 * decides follows from what it is sent, see {@link SampleReasoner}.
 */
public final class ChatStandIn extends LoopbackServer {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PATH = "/v1";

    private final RehearsalScript script;
    private final AtomicInteger decisions = new AtomicInteger();

    ChatStandIn(RehearsalScript script) throws IOException {
        this.script = script;
        start();
    }

    /** The value for {@code OPENAI_BASE_URL}. */
    @Override
    public String url() {
        return super.url() + PATH;
    }

    @Override
    void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (!("Bearer " + GeminiStandIn.KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            // A rehearsal that is handed a real key has been wired wrongly: it must not look as if that worked.
            reply(exchange, 401, error("invalid_api_key", "a rehearsal takes the key '" + GeminiStandIn.KEY + "' only"));
        } else if (method.equals("POST") && path.equals(PATH + "/chat/completions")) {
            reply(exchange, 200, complete(body(exchange)));
        } else if (method.equals("GET") && path.equals(PATH + "/models")) {
            ObjectNode list = JSON.objectNode().put("object", "list");
            list.putArray("data").addObject().put("id", GeminiStandIn.MODEL).put("object", "model");
            reply(exchange, 200, list);
        } else {
            reply(exchange, 404, error("not_found", "no such endpoint in a rehearsal: " + path));
        }
    }

    private ObjectNode complete(JsonNode request) {
        int number = decisions.getAndIncrement();
        SampleReasoner.Call call = SampleReasoner.decide(asked(request));
        ObjectNode answer = JSON.objectNode().put("id", "chatcmpl-" + UUID.randomUUID()).put("object", "chat.completion")
                .put("model", GeminiStandIn.MODEL);
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0).put("finish_reason", "tool_calls");
        ObjectNode message = choice.putObject("message").put("role", "assistant").put("content", call.thought());
        message.putArray("tool_calls").addObject().put("id", "call_" + number).put("type", "function").putObject("function")
                .put("name", call.function()).put("arguments", tree(call.arguments()).toString());
        RehearsalScript.Decision used = script.decision(number);
        long output = used.candidates() + used.thoughts();
        ObjectNode usage = answer.putObject("usage").put("prompt_tokens", used.prompt()).put("completion_tokens", output)
                .put("total_tokens", used.prompt() + output);
        usage.putObject("prompt_tokens_details").put("cached_tokens", used.cached());
        usage.putObject("completion_tokens_details").put("reasoning_tokens", used.thoughts());
        return answer;
    }

    /** The messages behind the model's last answer: results of its calls, or the opening. */
    private static Asked asked(JsonNode request) {
        List<JsonNode> newest = new ArrayList<>();
        Map<String, String> calls = new HashMap<>();
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asText().equals("assistant")) {
                newest.clear();
                message.path("tool_calls").forEach(call -> calls.put(call.path("id").asText(),
                        call.path("function").path("name").asText()));
            } else if (!message.path("role").asText().equals("system")) {
                newest.add(message);
            }
        }
        List<String> texts = new ArrayList<>();
        List<String> standing = new ArrayList<>();
        String answered = "";
        for (JsonNode message : newest) {
            JsonNode result = parsed(message.path("content").asText(""));
            if (message.path("role").asText().equals("tool") && result.isObject()) {
                answered = answered.isEmpty() ? calls.getOrDefault(message.path("tool_call_id").asText(), "") : answered;
                texts.add(result.path("output").asText(""));
                texts.add(result.path("round").asText(""));
                standing.add(result.path("standing").asText(""));
            } else {
                texts.add(message.path("content").asText(""));
                message.path("content").forEach(part -> texts.add(part.path("text").asText("")));
            }
        }
        Set<String> offered = new HashSet<>();
        request.path("tools").forEach(tool -> offered.add(tool.path("function").path("name").asText()));
        return new Asked(String.join("\n", texts), String.join("\n", standing), answered, offered);
    }

    private static ObjectNode error(String code, String message) {
        ObjectNode error = JSON.objectNode();
        error.putObject("error").put("message", message).put("type", "invalid_request_error").put("code", code);
        return error;
    }
}
