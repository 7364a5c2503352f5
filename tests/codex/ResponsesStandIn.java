package codex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A stand-in for OpenAI's Responses API on loopback, as far as Codex uses it. It answers by a script; the last turn repeats. */
public final class ResponsesStandIn implements AutoCloseable {
    public static final int INPUT = 100;
    public static final int OUTPUT = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A turn: words, a command, an error, or silence.
     *
     * @param body of an error
     */
    public record Turn(String text, ObjectNode command, int status, String body) {
        public static Turn say(String text) {
            return new Turn(text, null, 200, "");
        }

        public static Turn run(String command) {
            return new Turn(null, JSON.createObjectNode().put("cmd", command), 200, "");
        }

        /** A command for which it asks for more rights than the sandbox gives. */
        public static Turn escalate(String command) {
            return new Turn(null, JSON.createObjectNode().put("cmd", command).put("sandbox_permissions", "require_escalated")
                    .put("justification", "I need it"), 200, "");
        }

        public static Turn refuse(int status) {
            return refuse(status, "{\"error\":{\"message\":\"scripted\",\"type\":\"error\",\"code\":\"" + status + "\"}}");
        }

        public static Turn refuse(int status, String body) {
            return new Turn(null, null, status, body);
        }

        public static Turn silence() {
            return new Turn(null, null, 0, "");
        }
    }

    private final HttpServer server;
    private final List<Turn> script;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Runnable whenAsked = () -> {};
    private final CountDownLatch closed = new CountDownLatch(1);

    public ResponsesStandIn(Turn... script) throws IOException {
        this.script = List.of(script);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** Called at every request for an answer, before it is answered. */
    public void whenAsked(Runnable listener) {
        whenAsked = listener;
    }

    /** How often an answer was served. */
    public int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (!exchange.getRequestURI().getPath().endsWith("/responses")) {
            reply(exchange, 200, "application/json", "{\"object\":\"list\",\"data\":[]}");
            return;
        }
        int number = asked.getAndIncrement();
        whenAsked.run();
        Turn turn = script.get(Math.min(number, script.size() - 1));
        if (turn.status() == 0) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        } else if (turn.status() != 200) {
            reply(exchange, turn.status(), "application/json", turn.body());
        } else {
            reply(exchange, 200, "text/event-stream", events(number, turn));
        }
    }

    private static String events(int number, Turn turn) {
        ObjectNode response = JSON.createObjectNode().put("id", "resp_" + number).put("object", "response")
                .put("created_at", 1_700_000_000).put("model", "stub").put("status", "completed").put("parallel_tool_calls", false)
                .put("tool_choice", "auto");
        response.putNull("error").putNull("incomplete_details").putArray("tools");
        ArrayNode output = response.putArray("output");
        if (turn.text() != null) {
            ObjectNode message = output.addObject().put("type", "message").put("id", "msg_" + number)
                    .put("role", "assistant").put("status", "completed");
            message.putArray("content").addObject().put("type", "output_text").put("text", turn.text())
                    .putArray("annotations");
        } else {
            output.addObject().put("type", "function_call").put("id", "fc_" + number).put("call_id", "call_" + number)
                    .put("name", "exec_command").put("status", "completed")
                    .put("arguments", turn.command().toString());
        }
        ObjectNode usage = response.putObject("usage").put("input_tokens", INPUT).put("output_tokens", OUTPUT)
                .put("total_tokens", INPUT + OUTPUT);
        usage.putObject("input_tokens_details").put("cached_tokens", 30);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 5);
        StringBuilder events = new StringBuilder();
        ObjectNode begun = response.deepCopy().put("status", "in_progress");
        begun.putArray("output");
        event(events, "response.created", "response", begun);
        JsonNode item = output.get(0);
        event(events, "response.output_item.added", "item", item);
        event(events, "response.output_item.done", "item", item);
        event(events, "response.completed", "response", response);
        return events.toString();
    }

    private static void event(StringBuilder events, String type, String field, JsonNode value) {
        ObjectNode data = JSON.createObjectNode().put("type", type).put("output_index", 0);
        data.set(field, value);
        events.append("event: ").append(type).append("\ndata: ").append(data).append("\n\n");
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
