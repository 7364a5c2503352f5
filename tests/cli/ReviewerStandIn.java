package cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A stand-in for a model that reviews: it answers at Gemini's and at OpenAI's addresses, believes every change, and names every
 * suspicion that it is shown, unless it is told otherwise.
 */
final class ReviewerStandIn extends Dispatcher implements AutoCloseable {
    static final String MODEL = "gemini-3.8-flash";
    static final String KEY = "AIzaCanary-4f2b9c_KEY";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SUSPICION = Pattern.compile("(?m)^- (\\S+:\\d+ .+)$");

    private final MockWebServer server = new MockWebServer();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile String objection = "";
    private volatile int failing;

    ReviewerStandIn() throws IOException {
        server.setDispatcher(this);
        server.start(InetAddress.getByName("127.0.0.1"), 0);
    }

    /** From now on the worker would be sent on with these words. */
    ReviewerStandIn objecting(String what) {
        objection = what;
        return this;
    }

    /** From now on every question is answered by this status. */
    ReviewerStandIn failing(int status) {
        failing = status;
        return this;
    }

    /** The environment in which {@code pa} finds it. */
    Pa in(Pa pa) {
        String base = "http://127.0.0.1:" + server.getPort();
        return pa.with("GEMINI_API_KEY", KEY).with("GOOGLE_GEMINI_BASE_URL", base).with("GEMINI_MODEL", MODEL)
                .with("OPENAI_API_KEY", KEY).with("OPENAI_BASE_URL", base + "/v1").with("OPENAI_MODEL", MODEL);
    }

    /** What it was asked for decisions, whole requests, oldest first. */
    List<String> requests() {
        return questions;
    }

    /** The last text of each request that holds a question for a review. */
    List<String> reviews() {
        List<String> reviews = new ArrayList<>();
        for (String request : questions) {
            String text = texts(request);
            int begin = text.lastIndexOf("# Review: is the task done?");
            if (begin >= 0) {
                reviews.add(text.substring(begin));
            }
        }
        return reviews;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        if (request.getMethod().equals("GET")) {
            return answer(200, request.getTarget().startsWith("/v1/") ? "{\"data\":[{\"id\":\"" + MODEL + "\"}]}"
                    : "{\"name\":\"models/" + MODEL + "\",\"supportedGenerationMethods\":[\"generateContent\"]}");
        }
        String body = request.getBody().utf8();
        questions.add(body);
        if (failing > 0) {
            return answer(failing, "{\"error\":{\"code\":" + failing + ",\"message\":\"it does not want to\",\"status\":\"X\"}}");
        }
        ObjectNode arguments = JSON.createObjectNode();
        String text = texts(body);
        int begin = text.lastIndexOf("# Review: is the task done?");
        boolean objects = !objection.isEmpty() && begin >= 0;
        if (objects) {
            arguments.put("instruction", objection);
        } else {
            arguments.put("summary", "It does what it should.");
            Matcher matcher = SUSPICION.matcher(begin < 0 ? "" : text.substring(begin));
            while (matcher.find()) {
                arguments.withArray("verified_items").add(matcher.group(1));
            }
        }
        String function = objects ? "send_to_claude" : "mark_done";
        return answer(200, request.getTarget().startsWith("/v1/") ? chat(function, arguments) : gemini(function, arguments));
    }

    private static String chat(String function, ObjectNode arguments) {
        ObjectNode answer = JSON.createObjectNode().put("id", "c").put("model", MODEL);
        ObjectNode message = answer.putArray("choices").addObject().put("finish_reason", "tool_calls").putObject("message")
                .put("role", "assistant");
        message.putNull("content");
        message.putArray("tool_calls").addObject().put("id", "c1").put("type", "function").putObject("function")
                .put("name", function).put("arguments", arguments.toString());
        answer.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 5);
        return answer.toString();
    }

    private static String gemini(String function, ObjectNode arguments) {
        ObjectNode answer = JSON.createObjectNode().put("modelVersion", MODEL).put("responseId", "r");
        ObjectNode candidate = answer.putArray("candidates").addObject().put("finishReason", "STOP");
        candidate.putObject("content").put("role", "model").putArray("parts").addObject().putObject("functionCall")
                .put("name", function).set("args", arguments);
        answer.putObject("usageMetadata").put("promptTokenCount", 100).put("candidatesTokenCount", 5);
        return answer.toString();
    }

    private static MockResponse answer(int code, String body) {
        return new MockResponse.Builder().code(code).setHeader("Content-Type", "application/json").body(body).build();
    }

    /** All strings of a request, one after the other. */
    private static String texts(String body) {
        StringBuilder all = new StringBuilder();
        try {
            collect(JSON.readTree(body), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }

    private static void collect(JsonNode node, StringBuilder all) {
        if (node.isTextual()) {
            String text = node.textValue();
            // OpenAI has a function's result as JSON in a string.
            if (text.startsWith("{\"")) {
                try {
                    collect(JSON.readTree(text), all);
                    return;
                } catch (IOException e) {
                    all.append(text).append('\n');
                    return;
                }
            }
            all.append(text).append('\n');
        }
        node.forEach(child -> collect(child, all));
    }

    @Override
    public void close() {
        server.close();
    }
}
