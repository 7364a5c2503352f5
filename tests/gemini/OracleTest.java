// Google's own client as the independent check. Its OkHttp 4 and Okio 3.6 would stand beside ours under other artifact
// names: the first two lines put their empty successors in the place of those. Its protobuf 3 would win over the one that
// decodes OTLP in other tests: the third keeps that one. Other libraries' old Guava would win over its own: the fourth.
//DEPS com.squareup.okhttp3:okhttp:5.5.1
//DEPS com.squareup.okio:okio:3.18.2
//DEPS com.google.protobuf:protobuf-java:4.36.2
//DEPS com.google.guava:guava:33.4.0-jre
//DEPS com.google.genai:google-genai:1.70.0
package gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionCallingConfig;
import com.google.genai.types.FunctionCallingConfigMode;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolConfig;
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
import reasoning.DecisionWriter;
import reasoning.Events;
import reasoning.ModelJson;
import reasoning.Situations;
import reasoning.SystemPrompt;

/**
 * The same conversation through Google's Java client and through ours against the same endpoint: what both send means the
 * same, and both read the same out of the same answers.
 */
class OracleTest {
    private static final String SIGNATURE = "CvcBAVSo/+8=";
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 0, 1};

    private final Events events = new Events();

    @Test
    void bothSendTheSame_builtByHandWithGooglesTypes(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("goal.png"), PICTURE);
        Situation situation = situation(folder);
        try (FakeGemini gemini = new FakeGemini(FakeGemini.runTests(), FakeGemini.runTests());
                Client google = google(gemini)) {
            new GeminiReasoner(gemini.options()).decide(situation, Bounds.none(), events);
            JsonNode ours = gemini.body(0);
            // Only texts are taken from ours: every structure below is Google's builders'.
            List<Content> contents = List.of(
                    Content.builder().role("user").parts(Part.fromText(text(ours, 0, 0)), Part.fromText(text(ours, 0, 1)),
                            Part.builder().inlineData(Blob.builder().mimeType("image/png").data(PICTURE).build()).build(),
                            Part.fromText(text(ours, 0, 3))).build(),
                    Content.builder().role("model").parts(
                            Part.builder().text("The greeting is wrong.").thought(true).build(),
                            Part.builder().functionCall(FunctionCall.builder().id("c-7").name("send_to_claude")
                                    .args(Map.of("instruction", "Fix the greeting")).build())
                                    .thoughtSignature(Base64.getDecoder().decode(SIGNATURE)).build()).build(),
                    Content.builder().role("user").parts(Part.builder().functionResponse(FunctionResponse.builder().id("c-7")
                            .name("send_to_claude").response(map(ours.at("/contents/2/parts/0/functionResponse/response")))
                            .build()).build()).build());
            google.models.generateContent(FakeGemini.MODEL, contents, config(ours));
            assertSameMeaning(ours, gemini.body(1));
            assertEquals(gemini.seen().get(0).getRequestLine(), gemini.seen().get(1).getRequestLine());
            assertEquals(gemini.seen().get(0).getHeaders().get("x-goog-api-key"),
                    gemini.seen().get(1).getHeaders().get("x-goog-api-key"));
        }
    }

    @Test
    void everyFieldOfOursIsOneThatGooglesTypesKnow(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("goal.png"), PICTURE);
        try (FakeGemini gemini = new FakeGemini(FakeGemini.runTests(), FakeGemini.runTests());
                Client google = google(gemini)) {
            new GeminiReasoner(gemini.options()).decide(situation(folder), Bounds.none(), events);
            JsonNode ours = gemini.body(0);
            List<Content> contents = new ArrayList<>();
            ours.get("contents").forEach(content -> contents.add(Content.fromJson(content.toString())));
            google.models.generateContent(FakeGemini.MODEL, contents, config(ours));
            assertSameMeaning(ours, gemini.body(1));
        }
    }

    @ParameterizedTest
    @MethodSource
    void bothReadTheSame(JsonNode answer) throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.ok(answer), FakeGemini.ok(answer));
                Client google = google(gemini)) {
            Reasoning ours = new GeminiReasoner(gemini.options())
                    .decide(Situations.afterFirstRound(), Bounds.none(), events);
            ModelCall.Answer told = events.answer();
            GenerateContentResponse theirs = google.models.generateContent(FakeGemini.MODEL, "hi", null);

            Content content = theirs.candidates().orElseThrow().get(0).content().orElseThrow();
            List<FunctionCall> calls = content.parts().orElse(List.of()).stream()
                    .flatMap(part -> part.functionCall().stream()).toList();
            assertEquals(calls.isEmpty(), ours.decision() instanceof Decision.NoOp);
            if (!calls.isEmpty()) {
                FunctionCall first = calls.get(0);
                assertEquals(first.name().orElseThrow(), ours.decision().function().value());
                assertEquals(first.id(), ours.callId());
                assertEquals(ModelJson.MAPPER.valueToTree(first.args().orElseThrow()),
                        DecisionWriter.arguments(ours.decision()).orElseThrow());
            }
            assertEquals(theirs.candidates().orElseThrow().get(0).finishReason().map(Object::toString).stream().toList(),
                    told.finishReasons());
            assertEquals(theirs.modelVersion(), told.model());
            assertEquals(theirs.responseId(), told.responseId());
            GenerateContentResponseUsageMetadata usage = theirs.usageMetadata().orElseThrow();
            assertEquals(usage.promptTokenCount().orElse(0) + usage.toolUsePromptTokenCount().orElse(0),
                    told.usage().input());
            assertEquals(usage.candidatesTokenCount().orElse(0) + usage.thoughtsTokenCount().orElse(0),
                    told.usage().output());
            assertEquals(usage.cachedContentTokenCount().orElse(0).longValue(), told.usage().cacheRead());
            assertEquals(usage.thoughtsTokenCount().orElse(0).longValue(), told.usage().reasoning());
            // What goes back into the history is, for Google's types, what came.
            assertEquals(content.toJson(), Content.fromJson(ours.echo()).toJson());
        }
    }

    static Stream<JsonNode> bothReadTheSame() {
        ObjectNode tools = FakeGemini.call("send_to_claude",
                "{\"instruction\":\"Ünï ☃ \\\"quoted\\\"\",\"context\":\"c\"}");
        ((ObjectNode) tools.get("usageMetadata")).put("toolUsePromptTokenCount", 11);
        ObjectNode bare = FakeGemini.call("run_tests", "{\"test_command\":\"make test\"}");
        ((ObjectNode) bare.get("usageMetadata")).removeAll();
        bare.remove(List.of("modelVersion", "responseId"));
        return Stream.of(tools, bare,
                FakeGemini.call("verify_product", "{\"port\":8080,\"endpoints_to_test\":[\"/a\",\"/b\"]}"),
                FakeGemini.answer("STOP", "{\"text\":\"I think\",\"thought\":true}",
                        FakeGemini.callPart("c-1", "read_file", "{\"file_path\":\"a\"}", SIGNATURE),
                        FakeGemini.callPart("c-2", "read_file", "{\"file_path\":\"b\"}", null)),
                FakeGemini.answer("STOP", "{\"text\":\"no call at all\"}"),
                FakeGemini.answer("MALFORMED_FUNCTION_CALL"), FakeGemini.answer("A_REASON_OF_NEXT_YEAR"));
    }

    @Test
    void bothReadTheSameErrors() {
        MockResponse refused = FakeGemini.error(403, "PERMISSION_DENIED", "This key has no right", "");
        try (FakeGemini gemini = new FakeGemini(refused, refused); Client google = google(gemini)) {
            ReasonerException ours = assertThrows(ReasonerException.class, () -> new GeminiReasoner(gemini.options())
                    .decide(Situations.afterFirstRound(), Bounds.none(), events));
            ApiException theirs = assertThrows(ApiException.class,
                    () -> google.models.generateContent(FakeGemini.MODEL, "hi", null));
            assertEquals(String.valueOf(theirs.code()), ours.problem().value());
            assertTrue(ours.getMessage().contains(theirs.status()) && ours.getMessage().contains(theirs.message()));
        }
    }

    private static Situation situation(Path folder) {
        Task task = new Task("s", Situations.TASK, folder, List.of(),
                List.of(new Task.Screenshot(Path.of("goal.png"), "the goal", "image/png")));
        String echo = "{\"role\":\"model\",\"parts\":[{\"text\":\"The greeting is wrong.\",\"thought\":true},"
                + FakeGemini.callPart("c-7", "send_to_claude", "{\"instruction\":\"Fix the greeting\"}", SIGNATURE) + "]}";
        Step step = Situations.echoed(new Decision.SendToWorker("Fix the greeting", Optional.empty()), echo,
                FunctionResult.ok("carried out"), Optional.of(Situations.round("fixed", "all green")));
        return Situations.with(task, List.of(step), "", List.of());
    }

    private static Client google(FakeGemini gemini) {
        return Client.builder().apiKey(FakeGemini.KEY)
                .httpOptions(HttpOptions.builder().baseUrl(gemini.url().toString()).build()).build();
    }

    private static GenerateContentConfig config(JsonNode ours) {
        List<FunctionDeclaration> declarations = new ArrayList<>();
        ours.at("/tools/0/functionDeclarations").forEach(d -> declarations.add(FunctionDeclaration.fromJson(d.toString())));
        List<String> names = new ArrayList<>();
        declarations.forEach(d -> names.add(d.name().orElseThrow()));
        return GenerateContentConfig.builder()
                .systemInstruction(Content.builder().parts(Part.fromText(SystemPrompt.TEXT)).build())
                .tools(Tool.builder().functionDeclarations(declarations).build())
                .toolConfig(ToolConfig.builder().functionCallingConfig(FunctionCallingConfig.builder()
                        .mode(FunctionCallingConfigMode.Known.ANY).allowedFunctionNames(names).build()).build())
                .temperature(1.0f)
                .maxOutputTokens(16_384)
                .thinkingConfig(ThinkingConfig.builder().includeThoughts(true).build())
                .build();
    }

    private static String text(JsonNode request, int content, int part) {
        return request.at("/contents/" + content + "/parts/" + part + "/text").asText();
    }

    private static Map<String, Object> map(JsonNode object) {
        return ModelJson.MAPPER.convertValue(object, new TypeReference<Map<String, Object>>() {});
    }

    /** Every field of either is in the other with the same value; numbers are compared as numbers. */
    private static void assertSameMeaning(JsonNode ours, JsonNode theirs) {
        assertInstanceOf(ObjectNode.class, theirs);
        assertEquals(flat("", ours), flat("", theirs));
    }

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
        } else {
            values.put(path, node.isNumber() ? node.decimalValue().stripTrailingZeros().toPlainString() : node.toString());
        }
        return values;
    }
}
