package rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Stands in for Anthropic's Messages API on loopback, for the real Claude Code: {@code POST /v1/messages}, streamed as
 * server-sent events or whole, and {@code /v1/messages/count_tokens}.
 */
public final class MessagesStandIn extends LoopbackServer {
    /** What every answer says of its origin. */
    static final String MODEL = "rehearsal";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Function<MessagesRequest, ModelTurn> model;
    private final IntFunction<RehearsalScript.Round> figures;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param figures what a call used, by the number of the round it belongs to, counted from 0 */
    MessagesStandIn(Function<MessagesRequest, ModelTurn> model, IntFunction<RehearsalScript.Round> figures) throws IOException {
        this.model = model;
        this.figures = figures;
        start();
    }

    @Override
    public void close() {
        closed.countDown();
        super.close();
    }

    @Override
    void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/v1/messages") && exchange.getRequestMethod().equals("POST")) {
            message(exchange, body(exchange));
        } else if (path.equals("/v1/messages/count_tokens")) {
            int characters = body(exchange).toString().length();
            reply(exchange, 200, JSON.objectNode().put("input_tokens", characters / 4));
        } else if (path.equals("/")) {
            // Claude Code looks whether anybody is there.
            exchange.sendResponseHeaders(200, -1);
        } else {
            refuse(exchange, new ModelTurn.Refusal(404, "not_found_error", "no such endpoint in a rehearsal: " + path));
        }
    }

    private void message(HttpExchange exchange, JsonNode request) throws IOException {
        MessagesRequest conversation = MessagesRequest.of(request);
        ModelTurn turn = model.apply(conversation);
        if (turn instanceof ModelTurn.Refusal refusal) {
            refuse(exchange, refusal);
        } else if (turn instanceof ModelTurn.Silence) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            ObjectNode message = message((ModelTurn.Message) turn, figures.apply(Math.max(0, conversation.rounds() - 1)));
            if (request.path("stream").asBoolean(false)) {
                stream(exchange, message);
            } else {
                reply(exchange, 200, message);
            }
        }
    }

    private static ObjectNode message(ModelTurn.Message turn, RehearsalScript.Round used) {
        ArrayNode content = JSON.arrayNode();
        if (!turn.text().isEmpty()) {
            content.addObject().put("type", "text").put("text", turn.text());
        }
        turn.tool().ifPresent(tool -> content.addObject().put("type", "tool_use").put("id", "toolu_" + id())
                .put("name", tool.name()).set("input", tool.input()));
        ObjectNode message = JSON.objectNode().put("id", "msg_" + id()).put("type", "message").put("role", "assistant")
                .put("model", MODEL).put("stop_reason", turn.stopReason().orElse(turn.tool().isPresent() ? "tool_use" : "end_turn"))
                .putNull("stop_sequence");
        message.set("content", content);
        message.putObject("usage").put("input_tokens", used.input()).put("cache_creation_input_tokens", used.cacheCreation())
                .put("cache_read_input_tokens", used.cacheRead()).put("output_tokens", used.output());
        return message;
    }

    /** The order of events that the API documents, each block in one piece. */
    private static void stream(HttpExchange exchange, ObjectNode message) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            ObjectNode opening = message.deepCopy();
            opening.putArray("content");
            opening.putNull("stop_reason");
            ((ObjectNode) opening.path("usage")).put("output_tokens", 1);
            send(out, "message_start", JSON.objectNode().set("message", opening));
            int index = 0;
            for (JsonNode block : message.path("content")) {
                block(out, index++, (ObjectNode) block);
            }
            ObjectNode end = JSON.objectNode();
            end.putObject("delta").put("stop_reason", message.path("stop_reason").asText()).putNull("stop_sequence");
            end.putObject("usage").set("output_tokens", message.path("usage").path("output_tokens"));
            send(out, "message_delta", end);
            send(out, "message_stop", JSON.objectNode());
        }
    }

    private static void block(OutputStream out, int index, ObjectNode block) throws IOException {
        boolean text = block.path("type").asText().equals("text");
        ObjectNode empty = block.deepCopy();
        ObjectNode delta = JSON.objectNode();
        if (text) {
            empty.put("text", "");
            delta.put("type", "text_delta").put("text", block.path("text").asText());
        } else {
            empty.putObject("input");
            delta.put("type", "input_json_delta").put("partial_json", block.path("input").toString());
        }
        send(out, "content_block_start", JSON.objectNode().put("index", index).set("content_block", empty));
        send(out, "content_block_delta", JSON.objectNode().put("index", index).set("delta", delta));
        send(out, "content_block_stop", JSON.objectNode().put("index", index));
    }

    private static void send(OutputStream out, String type, ObjectNode data) throws IOException {
        data.put("type", type);
        out.write(("event: " + type + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void refuse(HttpExchange exchange, ModelTurn.Refusal refusal) throws IOException {
        ObjectNode body = JSON.objectNode().put("type", "error");
        body.putObject("error").put("type", refusal.type()).put("message", refusal.message());
        reply(exchange, refusal.status(), body);
    }

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }
}
