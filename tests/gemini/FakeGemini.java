package gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import reasoning.ModelJson;
import reasoning.Prices;
import reasoning.ScriptedServer;
import reasoning.Sending;
import reasoning.Sendings;

/** A Gemini endpoint on loopback. */
final class FakeGemini extends ScriptedServer<FakeGemini> {
    static final String MODEL = "gemini-3.8-flash";
    static final String KEY = "AIzaCanary-4f2b9c_KEY";

    FakeGemini(MockResponse... answers) {
        super(answers);
    }

    @Override
    protected FakeGemini self() {
        return this;
    }

    GeminiOptions options() {
        return options(Sendings.DEFAULT);
    }

    GeminiOptions options(Sending sending) {
        return options(url(), sending);
    }

    static GeminiOptions options(URI base, Sending sending) {
        return new GeminiOptions(KEY, base, MODEL, Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent")), sending);
    }

    // What the API answers

    static MockResponse error(int code, String status, String message, String details) {
        return raw(code, "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"status\":\"" + status
                + "\",\"details\":[" + details + "]}}");
    }

    /** One candidate with these parts, each JSON, and plausible token counts. */
    static ObjectNode answer(String finishReason, String... parts) {
        ObjectNode answer = ModelJson.MAPPER.createObjectNode();
        ObjectNode candidate = answer.putArray("candidates").addObject();
        ArrayNode list = candidate.putObject("content").put("role", "model").putArray("parts");
        for (String part : parts) {
            list.add(json(part));
        }
        candidate.put("finishReason", finishReason).put("index", 0);
        answer.putObject("usageMetadata").put("promptTokenCount", 1000).put("cachedContentTokenCount", 400)
                .put("candidatesTokenCount", 50).put("thoughtsTokenCount", 150).put("totalTokenCount", 1200);
        return answer.put("modelVersion", MODEL).put("responseId", "r-1");
    }

    static ObjectNode call(String name, String args) {
        return answer("STOP", callPart("c-1", name, args, "c2lnbmF0dXJl+/8="));
    }

    static String callPart(String id, String name, String args, String signature) {
        return "{\"functionCall\":{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"args\":" + args + "}"
                + (signature == null ? "" : ",\"thoughtSignature\":\"" + signature + "\"") + "}";
    }

    static MockResponse runTests() {
        return ok(call("run_tests", "{\"test_command\":\"make test\"}"));
    }

    static List<String> roles(JsonNode request) {
        List<String> roles = new ArrayList<>();
        request.get("contents").forEach(content -> roles.add(content.get("role").asText()));
        return roles;
    }

    /** All texts of a message, for a look at what the model was told. */
    static String texts(JsonNode content) {
        return content.findValuesAsText("text").stream().collect(Collectors.joining("\n"));
    }
}
