package openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import reasoning.ModelJson;
import reasoning.Prices;

/** A chat/completions endpoint on loopback that answers by a script; what it was asked beyond the script is a failed test. */
final class FakeChat extends Dispatcher implements AutoCloseable {
    static final String MODEL = "judge-1";
    static final String KEY = "sk-canary-4f2b9c";

    private final MockWebServer server = new MockWebServer();
    private final Deque<MockResponse> script = new ArrayDeque<>();
    private final List<RecordedRequest> seen = new CopyOnWriteArrayList<>();
    private boolean lastForEver;

    FakeChat(MockResponse... answers) {
        script.addAll(List.of(answers));
        server.setDispatcher(this);
        try {
            server.start(InetAddress.getByName("127.0.0.1"), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    FakeChat lastForEver() {
        lastForEver = true;
        return this;
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        seen.add(request);
        MockResponse next = lastForEver && script.size() == 1 ? script.peek() : script.poll();
        return next == null ? new MockResponse.Builder().code(418).body("not in the script").build() : next;
    }

    OpenAiOptions options() {
        return OpenAiOptions.of(KEY, URI.create("http://127.0.0.1:" + server.getPort() + "/v1"), MODEL,
                Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent")));
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

    // What a server answers

    static MockResponse ok(JsonNode body) {
        return raw(200, body.toString());
    }

    static MockResponse raw(int code, String body) {
        return new MockResponse.Builder().code(code).setHeader("Content-Type", "application/json").body(body).build();
    }

    static MockResponse error(int code, String type, String errorCode, String param, String message) {
        return raw(code, "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":"
                + (param == null ? "null" : "\"" + param + "\"") + ",\"code\":\"" + errorCode + "\"}}");
    }

    static ObjectNode answer(String finish, String message) {
        return (ObjectNode) json("{\"id\":\"chatcmpl-1\",\"model\":\"" + MODEL + "\",\"choices\":[{\"index\":0,\"message\":"
                + message + ",\"finish_reason\":\"" + finish + "\"}],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":50,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":400},\"completion_tokens_details\":{\"reasoning_tokens\":30}}}");
    }

    /** @param args JSON, which goes into a string as the API has it */
    static ObjectNode call(String name, String args) {
        ObjectNode answer = answer("tool_calls", "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1__thought__x\","
                + "\"type\":\"function\",\"function\":{\"name\":\"" + name + "\"}}]}");
        ((ObjectNode) answer.at("/choices/0/message/tool_calls/0/function")).put("arguments", args);
        return answer;
    }

    static MockResponse runTests() {
        return ok(call("run_tests", "{\"test_command\":\"make test\"}"));
    }

    static MockResponse prose() {
        return ok(answer("stop", "{\"role\":\"assistant\",\"content\":\"I would run the tests.\"}"));
    }

    static JsonNode json(String text) {
        try {
            return ModelJson.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
