package openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.ModelCall;
import agent.ReasonerException;
import agent.Reasoning;
import agent.Situation;
import agent.Situation.Step;
import agent.Task;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reasoning.Events;
import reasoning.FakeTiming;
import reasoning.ModelJson;
import reasoning.RetryPolicy;
import reasoning.Situations;
import reasoning.SystemPrompt;

/**
 * The same conversation through OpenAI's Java client and through ours against the same endpoint: what both send means the same,
 * and both read the same out of the same answers.
 */
class OpenAiVendorTest {
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 0, 1};

    private final Events events = new Events();

    @Test
    void bothSendTheSame_builtByHandWithTheVendorsTypes(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("goal.png"), PICTURE);
        try (FakeChat chat = new FakeChat(FakeChat.runTests(), FakeChat.runTests())) {
            decide(chat, situation(folder));
            JsonNode ours = chat.body(0);
            // Only texts are taken from ours: every structure below is the vendor's builders'.
            List<ChatCompletionContentPart> opening = new ArrayList<>();
            ours.at("/messages/1/content").forEach(part -> opening.add(part.path("type").asText().equals("text")
                    ? ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder().text(part.path("text").asText()).build())
                    : ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder().imageUrl(
                            ChatCompletionContentPartImage.ImageUrl.builder().url("data:image/png;base64,"
                                    + Base64.getEncoder().encodeToString(PICTURE)).build()).build())));
            ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder().model(FakeChat.MODEL)
                    .addSystemMessage(SystemPrompt.TEXT)
                    .addUserMessageOfArrayOfContentParts(opening)
                    .addMessage(ChatCompletionAssistantMessageParam.builder().content((ChatCompletionAssistantMessageParam.Content) null)
                            .addToolCall(ChatCompletionMessageFunctionToolCall.builder().id("c-7")
                                    .function(ChatCompletionMessageFunctionToolCall.Function.builder().name("send_to_claude")
                                            .arguments("{\"instruction\":\"Fix the greeting\"}").build()).build()).build())
                    .addMessage(ChatCompletionToolMessageParam.builder().toolCallId("c-7")
                            .content(ours.at("/messages/3/content").asText()).build())
                    .toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
                    .parallelToolCalls(false)
                    .maxCompletionTokens(16_384);
            for (JsonNode tool : ours.path("tools")) {
                Map<String, Object> parameters = ModelJson.MAPPER.convertValue(tool.at("/function/parameters"),
                        new TypeReference<Map<String, Object>>() {});
                FunctionParameters.Builder schema = FunctionParameters.builder();
                parameters.forEach((name, value) -> schema.putAdditionalProperty(name, JsonValue.from(value)));
                params.addTool(ChatCompletionFunctionTool.builder().function(FunctionDefinition.builder()
                        .name(tool.at("/function/name").asText()).description(tool.at("/function/description").asText())
                        .parameters(schema.build()).build()).build());
            }
            vendor(chat).chat().completions().create(params.build());
            assertEquals(flat("", ours), flat("", chat.body(1)));
            assertEquals(chat.seen().get(0).getTarget(), chat.seen().get(1).getTarget());
            assertEquals(chat.seen().get(0).getHeaders().get("Authorization"), chat.seen().get(1).getHeaders().get("Authorization"));
        }
    }

    static Stream<JsonNode> bothReadTheSame() {
        return Stream.of(FakeChat.call("run_tests", "{\"test_command\":\"make test\"}"),
                FakeChat.call("mark_done", "{\"summary\":\"it \\\"works\\\"\"}"),
                FakeChat.answer("stop", "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"read_file\",\"arguments\":\"{\\\"file_path\\\":\\\"x\\\"}\"}},{\"id\":\"b\",\"type\":"
                        + "\"function\",\"function\":{\"name\":\"run_tests\",\"arguments\":\"{}\"}}]}"));
    }

    @ParameterizedTest
    @MethodSource
    void bothReadTheSame(JsonNode answer) throws Exception {
        try (FakeChat chat = new FakeChat(FakeChat.ok(answer), FakeChat.ok(answer))) {
            Reasoning ours = decide(chat, Situations.afterFirstRound());
            ModelCall.Answer told = events.answer();
            ChatCompletion theirs = vendor(chat).chat().completions().create(ChatCompletionCreateParams.builder()
                    .model(FakeChat.MODEL).addUserMessage("hi").build());
            ChatCompletion.Choice choice = theirs.choices().get(0);
            ChatCompletionMessageFunctionToolCall call = choice.message().toolCalls().map(List::stream).orElse(Stream.of())
                    .map(ChatCompletionMessageToolCall::asFunction).findFirst().orElseThrow();
            assertEquals(call.function().name(), ours.decision().function().value());
            assertEquals(Optional.of(call.id()), ours.callId());
            assertEquals(ModelJson.MAPPER.readTree(call.function().arguments()),
                    reasoning.DecisionWriter.arguments(ours.decision()).orElseThrow());
            assertEquals(List.of(choice.finishReason().asString()), told.finishReasons());
            assertEquals(Optional.of(theirs.model()), told.model());
            assertEquals(Optional.of(theirs.id()), told.responseId());
            CompletionUsage usage = theirs.usage().orElseThrow();
            assertEquals(usage.promptTokens(), told.usage().input());
            assertEquals(usage.completionTokens(), told.usage().output());
            assertEquals(usage.promptTokensDetails().orElseThrow().cachedTokens().orElseThrow(), told.usage().cacheRead());
            assertEquals(usage.completionTokensDetails().orElseThrow().reasoningTokens().orElseThrow(), told.usage().reasoning());
        }
    }

    @Test
    void bothReadTheSameErrors() {
        MockResponse refused = FakeChat.error(401, "invalid_request_error", "invalid_api_key", null, "Incorrect API key provided");
        try (FakeChat chat = new FakeChat(refused, refused)) {
            ReasonerException ours = assertThrows(ReasonerException.class, () -> decide(chat, Situations.afterFirstRound()));
            OpenAIServiceException theirs = assertThrows(OpenAIServiceException.class, () -> vendor(chat).chat().completions()
                    .create(ChatCompletionCreateParams.builder().model(FakeChat.MODEL).addUserMessage("hi").build()));
            assertEquals(String.valueOf(theirs.statusCode()), ours.problem().value());
            assertTrue(theirs.getMessage().contains("Incorrect API key provided")
                    && ours.getMessage().contains("Incorrect API key provided"));
        }
    }

    private Reasoning decide(FakeChat chat, Situation situation) throws Exception {
        OpenAiOptions options = chat.options().withRetry(RetryPolicy.DEFAULT);
        return new OpenAiReasoner(options, new FakeTiming()).decide(situation, Bounds.none(), events);
    }

    private static Situation situation(Path folder) {
        Task task = new Task("s", Situations.TASK, folder, List.of(),
                List.of(new Task.Screenshot(Path.of("goal.png"), "the goal", "image/png")));
        String echo = "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c-7\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"send_to_claude\",\"arguments\":\"{\\\"instruction\\\":\\\"Fix the greeting\\\"}\"}}]}";
        Step step = Situations.echoed(new Decision.SendToWorker("Fix the greeting", Optional.empty()), echo,
                FunctionResult.ok("carried out"), Optional.of(Situations.round("fixed", "all green")));
        return Situations.with(task, List.of(step), "", List.of());
    }

    private static OpenAIClient vendor(FakeChat chat) {
        return OpenAIOkHttpClient.builder().apiKey(FakeChat.KEY).baseUrl(chat.url() + "/v1").maxRetries(0).build();
    }

    /** Every field with its value; numbers as numbers, and what is null as what is not there. */
    private static Map<String, String> flat(String path, JsonNode node) {
        Map<String, String> values = new TreeMap<>();
        if (node.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> i = node.properties().iterator(); i.hasNext();) {
                Map.Entry<String, JsonNode> field = i.next();
                values.putAll(flat(path + "/" + field.getKey(), field.getValue()));
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                values.putAll(flat(path + "/" + i, node.get(i)));
            }
        } else if (!node.isNull()) {
            values.put(path, node.isNumber() ? node.decimalValue().stripTrailingZeros().toPlainString() : node.toString());
        }
        return values;
    }
}
