package openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import mockwebserver3.MockResponse;
import reasoning.Prices;
import reasoning.ScriptedServer;
import reasoning.Sending;
import reasoning.Sendings;

/** A chat/completions endpoint on loopback. */
final class FakeChat extends ScriptedServer<FakeChat> {
    static final String MODEL = "judge-1";
    static final String KEY = "sk-canary-4f2b9c";

    FakeChat(MockResponse... answers) {
        super(answers);
    }

    @Override
    protected FakeChat self() {
        return this;
    }

    OpenAiOptions options() {
        return options(Sendings.DEFAULT);
    }

    OpenAiOptions options(Sending sending) {
        return options(url().resolve("/v1"), sending);
    }

    static OpenAiOptions options(URI base, Sending sending) {
        return new OpenAiOptions(KEY, base, MODEL, Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent")), sending);
    }

    // What a server answers

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
}
