package claudejudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Reasoning;
import agent.decision.Decision;
import claude.InstalledClaude;
import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.ObjectMappers;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolUnion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reasoning.Events;
import reasoning.ModelJson;
import reasoning.Prices;
import reasoning.RetryPolicy;
import reasoning.Situations;
import reasoning.Timing;
import rehearsal.MessagesStandIn;
import rehearsal.ModelTurn;

/**
 * Anthropic's Java client as the independent reader. PA itself sends no request of this API: Claude Code does, and what it sends of
 * our question is what the vendor's types hold too. The stand-in that answers speaks the API as the vendor's client reads it.
 */
class AnthropicVendorTest {
    private final Events events = new Events();

    @Test
    void whatClaudeCodeMakesOfAQuestionIsWhatTheVendorsTypesWouldSend(@TempDir Path folder) throws Exception {
        Path claude = InstalledClaude.require();
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("reason", "r").put("function", "run_tests");
        answer.putObject("arguments").put("test_command", "make test");
        Question question = Question.of(Situations.afterFirstRound(), Bounds.none(), text -> {});
        try (MessagesStandIn messages = MessagesStandIn.byRound(round -> ModelTurn.use("", "StructuredOutput", answer));
                Recorder recorder = new Recorder(messages.url())) {
            Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                    "ANTHROPIC_API_KEY", "made-up", "ANTHROPIC_BASE_URL", recorder.url(),
                    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1", "CLAUDE_BIN", claude.toString(), "IS_SANDBOX", "1"));
            Reasoning reasoning = new ClaudeJudge(new JudgeProcess(environment, Optional.empty(), Duration.ofMinutes(2)),
                    Optional.empty(), Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent")), RetryPolicy.DEFAULT, Timing.SYSTEM)
                    .decide(Situations.afterFirstRound(), Bounds.none(), events);
            assertEquals(new Decision.RunTests(Optional.of("make test")), reasoning.decision());
            JsonNode sent = recorder.bodies.stream().map(AnthropicVendorTest::json).filter(body -> !body.path("tools").isEmpty())
                    .findFirst().orElseThrow();

            // As the vendor's client would build it of the same question.
            MessageCreateParams params = MessageCreateParams.builder().model(sent.path("model").asText())
                    .maxTokens(sent.path("max_tokens").asLong())
                    .systemOfTextBlockParams(List.of(TextBlockParam.builder().text(question.system()).build()))
                    .addUserMessage(question.text())
                    .addTool(ObjectMappers.jsonMapper().readValue("{\"name\":\"StructuredOutput\",\"input_schema\":" + question.schema()
                            + "}", Tool.class)).build();
            JsonNode built = ModelJson.MAPPER.readTree(ObjectMappers.jsonMapper().writeValueAsString(params._body()));
            MessageCreateParams.Body read = ObjectMappers.jsonMapper().readValue(sent.toString(), MessageCreateParams.Body.class);

            String system = read.system().orElseThrow().asTextBlockParams().stream().map(TextBlockParam::text)
                    .collect(Collectors.joining("\n"));
            assertTrue(system.contains(built.at("/system/0/text").asText()), "our instructions, as they are");
            assertTrue(texts(read.messages()).contains(built.at("/messages/0/content").asText()), "our question, as it is");
            Tool tool = read.tools().orElseThrow().stream().filter(ToolUnion::isTool).map(ToolUnion::asTool)
                    .filter(t -> t.name().equals("StructuredOutput")).findFirst().orElseThrow();
            JsonNode schema = ModelJson.MAPPER.readTree(ObjectMappers.jsonMapper().writeValueAsString(tool.inputSchema()));
            assertEquals(built.at("/tools/0/input_schema/properties"), schema.path("properties"), "our shape, as it is");
            assertEquals(built.at("/tools/0/input_schema/required"), schema.path("required"));
        }
    }

    @Test
    void theVendorsClientReadsTheStandInsAnswers_wholeAndStreamed() throws Exception {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("file_path", "/a b").put("content", "x\n\"y\"");
        try (MessagesStandIn messages = MessagesStandIn.byRound(round -> ModelTurn.use("I write it.", "Write", input))) {
            AnthropicClient client = AnthropicOkHttpClient.builder().apiKey("made-up").baseUrl(messages.url()).maxRetries(0).build();
            MessageCreateParams params = MessageCreateParams.builder().model("rehearsal").maxTokens(100).addUserMessage("hi")
                    .addTool(ObjectMappers.jsonMapper().readValue("{\"name\":\"Write\",\"input_schema\":{\"type\":\"object\"}}",
                            Tool.class)).build();
            Message whole = client.messages().create(params);
            MessageAccumulator streamed = MessageAccumulator.create();
            try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
                stream.stream().forEach(streamed::accumulate);
            }
            for (Message message : List.of(whole, streamed.message())) {
                message.validate();
                assertEquals("I write it.", message.content().get(0).asText().text());
                assertEquals("Write", message.content().get(1).asToolUse().name());
                assertEquals(Map.of("file_path", "/a b", "content", "x\n\"y\""),
                        message.content().get(1).asToolUse()._input().convert(Map.class));
                assertEquals("tool_use", message.stopReason().orElseThrow().asString());
            }
            assertEquals(whole.usage().outputTokens(), streamed.message().usage().outputTokens());
            assertEquals(whole.usage().inputTokens(), streamed.message().usage().inputTokens());
            assertEquals(whole.usage().cacheReadInputTokens(), streamed.message().usage().cacheReadInputTokens());
        }
    }

    private static String texts(List<MessageParam> messages) {
        return messages.stream().map(message -> message.content().isString() ? message.content().asString()
                : message.content().asContentBlockParams().stream().filter(ContentBlockParam::isText).map(block -> block.asText().text())
                        .collect(Collectors.joining("\n"))).collect(Collectors.joining("\n"));
    }

    private static JsonNode json(String text) {
        try {
            return ModelJson.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    /** Hands requests on and keeps their bodies. */
    private static final class Recorder implements AutoCloseable {
        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private final HttpServer server;
        private final String target;

        Recorder(String target) throws IOException {
            this.target = target;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work);
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", this::handOn);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void handOn(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().equals("/v1/messages")) {
                bodies.add(new String(body, StandardCharsets.UTF_8));
            }
            try {
                HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI())).header("Content-Type", "application/json")
                        .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
