package backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stand-ins on loopback for Anthropic's Messages API and for Gemini, which call themselves by the names of real models, so that
 * prices apply. Claude Code is asked to start a sub-agent, which writes a file, and then to end; Gemini says that the task is
 * done. Every call uses other numbers of tokens.
 */
final class ModelDoubles implements AutoCloseable {
    static final String CLAUDE = "claude-sonnet-4-5";
    static final String GEMINI = "gemini-2.5-flash";
    /** What the sub-agent is told: by this its calls are known. */
    private static final String SUB_TASK = "Write the greeting.";
    private static final JsonMapper JSON = new JsonMapper();

    private final AtomicInteger calls = new AtomicInteger();
    private final String file;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param file that the sub-agent writes, absolute */
    ModelDoubles(String file) throws IOException {
        this.file = file;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The value for {@code ANTHROPIC_BASE_URL} and for {@code GOOGLE_GEMINI_BASE_URL}. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            JsonNode request = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            if (path.endsWith("/messages")) {
                stream(exchange, message(request));
            } else if (path.endsWith("/count_tokens")) {
                send(exchange, "application/json", "{\"input_tokens\":100}");
            } else if (path.endsWith(":generateContent")) {
                send(exchange, "application/json", decision().toString());
            } else {
                send(exchange, "application/json", path.contains("/models/")
                        ? "{\"name\":\"models/" + GEMINI + "\",\"supportedGenerationMethods\":[\"generateContent\"]}" : "{}");
            }
        }
    }

    /** The next message: the sub-agent is started, writes, and ends; then the worker ends. */
    private ObjectNode message(JsonNode request) {
        String said = request.path("messages").toString();
        boolean tools = request.path("tools").size() > 0;
        boolean sub = request.path("messages").path(0).toString().contains(SUB_TASK);
        boolean used = said.contains("\"tool_result\"");
        ObjectNode message = JSON.createObjectNode().put("id", "msg_" + calls.incrementAndGet()).put("type", "message")
                .put("role", "assistant").put("model", request.path("model").asText()).putNull("stop_sequence");
        if (tools && !used) {
            ObjectNode use = message.putArray("content").addObject().put("type", "tool_use")
                    .put("id", "toolu_" + calls.get()).put("name", sub ? "Write" : "Task");
            if (sub) {
                use.putObject("input").put("file_path", file).put("content", "Hello\n");
            } else {
                use.putObject("input").put("description", "write").put("prompt", SUB_TASK)
                        .put("subagent_type", "general-purpose");
            }
            message.put("stop_reason", "tool_use");
        } else {
            message.putArray("content").addObject().put("type", "text").put("text", "Done.");
            message.put("stop_reason", "end_turn");
        }
        int call = calls.get();
        message.putObject("usage").put("input_tokens", 100 + 7 * call).put("output_tokens", 20 + 3 * call)
                .put("cache_read_input_tokens", 1_000 + 11 * call).put("cache_creation_input_tokens", 50 + 13 * call);
        return message;
    }

    private ObjectNode decision() {
        int call = calls.incrementAndGet();
        ObjectNode answer = JSON.createObjectNode().put("modelVersion", GEMINI).put("responseId", "response-" + call);
        ObjectNode candidate = answer.putArray("candidates").addObject().put("finishReason", "STOP").put("index", 0);
        candidate.putObject("content").put("role", "model").putArray("parts").addObject().putObject("functionCall")
                .put("name", "mark_done").putObject("args").put("summary", "The file is there and says Hello.")
                .putArray("verified_items").add("hello.txt says Hello");
        answer.putObject("usageMetadata").put("promptTokenCount", 900 + 17 * call).put("candidatesTokenCount", 30 + call)
                .put("thoughtsTokenCount", 12).put("cachedContentTokenCount", 200 + call)
                .put("totalTokenCount", 942 + 18 * call);
        return answer;
    }

    private static void stream(HttpExchange exchange, ObjectNode message) throws IOException {
        ObjectNode opening = message.deepCopy();
        opening.putArray("content");
        opening.putNull("stop_reason");
        ((ObjectNode) opening.path("usage")).put("output_tokens", 1);
        StringBuilder events = new StringBuilder();
        event(events, "message_start", JSON.createObjectNode().set("message", opening));
        JsonNode block = message.path("content").path(0);
        ObjectNode empty = block.deepCopy();
        ObjectNode delta = JSON.createObjectNode();
        if (block.path("type").asText().equals("text")) {
            empty.put("text", "");
            delta.put("type", "text_delta").put("text", block.path("text").asText());
        } else {
            empty.putObject("input");
            delta.put("type", "input_json_delta").put("partial_json", block.path("input").toString());
        }
        event(events, "content_block_start", JSON.createObjectNode().put("index", 0).set("content_block", empty));
        event(events, "content_block_delta", JSON.createObjectNode().put("index", 0).set("delta", delta));
        event(events, "content_block_stop", JSON.createObjectNode().put("index", 0));
        ObjectNode end = JSON.createObjectNode();
        end.putObject("delta").put("stop_reason", message.path("stop_reason").asText()).putNull("stop_sequence");
        end.putObject("usage").set("output_tokens", message.path("usage").path("output_tokens"));
        event(events, "message_delta", end);
        event(events, "message_stop", JSON.createObjectNode());
        send(exchange, "text/event-stream; charset=utf-8", events.toString());
    }

    private static void event(StringBuilder events, String type, ObjectNode data) {
        events.append("event: ").append(type).append("\ndata: ").append(data.put("type", type)).append("\n\n");
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
