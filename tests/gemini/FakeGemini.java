package gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Assertions;
import reasoning.ModelJson;
import reasoning.Prices;

/** A Gemini endpoint on loopback that answers by a script; what it was asked beyond the script is a failed test. */
final class FakeGemini extends Dispatcher implements AutoCloseable {
    static final String MODEL = "gemini-3.8-flash";
    static final String KEY = "AIzaCanary-4f2b9c_KEY";

    private final MockWebServer server = new MockWebServer();
    private final Deque<MockResponse> script = new ArrayDeque<>();
    private final List<RecordedRequest> seen = new CopyOnWriteArrayList<>();
    private boolean lastForEver;

    FakeGemini(MockResponse... answers) {
        script.addAll(List.of(answers));
        server.setDispatcher(this);
        try {
            server.start(InetAddress.getByName("127.0.0.1"), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    FakeGemini then(MockResponse answer) {
        script.add(answer);
        return this;
    }

    FakeGemini lastForEver() {
        lastForEver = true;
        return this;
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        seen.add(request);
        MockResponse next = lastForEver && script.size() == 1 ? script.peek() : script.poll();
        return next == null ? new MockResponse.Builder().code(418).body("not in the script").build() : next;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    GeminiOptions options() {
        return GeminiOptions.of(KEY, url(), MODEL, Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent")));
    }

    List<RecordedRequest> seen() {
        return seen;
    }

    JsonNode body(int request) {
        return json(seen.get(request).getBody().utf8());
    }

    @Override
    public void close() {
        server.close();
    }

    // What the API answers

    static MockResponse ok(JsonNode body) {
        return ok(body.toString());
    }

    static MockResponse ok(String body) {
        return new MockResponse.Builder().code(200).setHeader("Content-Type", "application/json").body(body).build();
    }

    static MockResponse error(int code, String status, String message, String details) {
        return new MockResponse.Builder().code(code).setHeader("Content-Type", "application/json")
                .body("{\"error\":{\"code\":"
                + code + ",\"message\":\"" + message + "\",\"status\":\"" + status + "\",\"details\":[" + details + "]}}")
                .build();
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

    static JsonNode json(String text) {
        try {
            return ModelJson.MAPPER.readTree(text);
        } catch (IOException e) {
            return Assertions.fail("not JSON: " + text, e);
        }
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
