package gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.ModelCall;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RunEvent;
import agent.Situation;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reasoning.Situations;

/** What Gemini says is wrong, and whether it is asked again. */
class GeminiFaultTest extends GeminiFaults {
    /** What ends in no decision. */
    private record Terminal(String name, List<MockResponse> answers, int requests, String type, boolean held, String says,
            String hint) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record RetryAfter(String header, Duration atLeast) {}

    static Stream<Terminal> terminal() {
        String perDay = "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaId\":"
                + "\"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]},{\"@type\":"
                + "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"37s\"}";
        return Stream.of(
                new Terminal("400 API_KEY_INVALID (defect 2: a refused key is not 'Online')", List.of(keyInvalid()), 1,
                        "api_key_invalid", true, "API key not valid", "GEMINI_API_KEY"),
                new Terminal("400 for any other reason",
                        List.of(FakeGemini.error(400, "INVALID_ARGUMENT", "Unknown name \\\"x\\\"", "")), 1, "400", false,
                        "Unknown name", "its message says why"),
                new Terminal("401", List.of(FakeGemini.error(401, "UNAUTHENTICATED", "no credentials", "")), 1, "401", true,
                        "401 UNAUTHENTICATED", "aistudio.google.com/apikey"),
                new Terminal("402: prepaid credit used up",
                        List.of(FakeGemini.error(402, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted", "")), 1,
                        "402", true, "depleted", "add to it in Google AI Studio"),
                new Terminal("403", List.of(FakeGemini.error(403, "PERMISSION_DENIED", "no right", "")), 1, "403", true,
                        "PERMISSION_DENIED", "whether this key may use the model"),
                new Terminal("404 (defect 19: a retired model is an option, not a constant)",
                        List.of(FakeGemini.error(404, "NOT_FOUND", "models/x is not found", "")), 1, "404", true,
                        "is not found", "--model"),
                new Terminal("429 per day", List.of(FakeGemini.error(429, "RESOURCE_EXHAUSTED", "quota", perDay)), 1,
                        "quota_per_day", true, "quota", "midnight Pacific"),
                new Terminal("429 with a limit of 0, which no wait outlasts", List.of(FakeGemini.error(429, "RESOURCE_EXHAUSTED",
                        "Quota exceeded for metric, limit: 0, model: gemini-4-neon", "")), 1, "429", true, "limit: 0",
                        "plan does not include"),
                new Terminal("499: given up by a server under load", List.of(FakeGemini.error(499, "CANCELLED",
                        "The operation was cancelled.", "")), ALL_ATTEMPTS, "499", false, "cancelled", "overloaded or down"),
                new Terminal("503 for ever (defect 4: the call ends by itself)", List.of(overloaded()), ALL_ATTEMPTS, "503",
                        false, "overloaded (after " + ALL_ATTEMPTS + " attempts)", "wait and try again"),
                new Terminal("prompt blocked", List.of(FakeGemini.ok("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},"
                        + "\"usageMetadata\":{\"promptTokenCount\":10}}")), 1, "blocked", false, "SAFETY",
                        "reword the task"),
                new Terminal("answer blocked: drawn once more", List.of(FakeGemini.ok("{\"candidates\":[{\"finishReason\":"
                        + "\"SAFETY\"}]}")), 2, "blocked", false, "removed its answer: SAFETY", "--reasoner rules"),
                new Terminal("malformed JSON", List.of(FakeGemini.ok("{\"candidates\": [ {")), ALL_ATTEMPTS, "malformed",
                        false, "is not an answer of Gemini", "a proxy may have answered"),
                new Terminal("JSON of another shape", List.of(FakeGemini.ok("{\"candidates\":[{\"content\":{\"parts\":"
                        + "\"text\"}}]}")), ALL_ATTEMPTS, "malformed", false, "is not an answer", "proxy"),
                new Terminal("HTML with status 200", List.of(FakeGemini.ok("<html>Welcome to the hotel</html>")),
                        ALL_ATTEMPTS, "malformed", false, "is not an answer", "proxy"),
                new Terminal("no candidates", List.of(FakeGemini.ok("{}")), ALL_ATTEMPTS, "malformed", false,
                        "no candidate", "proxy"),
                new Terminal("a redirect is not followed", List.of(new MockResponse.Builder().code(307)
                        .setHeader("Location", "https://evil.example/x").build()), 1, "redirect", false, "evil.example",
                        "GOOGLE_GEMINI_BASE_URL"),
                new Terminal("connection closed in the middle", List.of(new MockResponse.Builder().body("{\"candidates\":[")
                        .onResponseBody(new SocketEffect.CloseSocket()).build()), ALL_ATTEMPTS, "io", false, "broke",
                        "GOOGLE_GEMINI_BASE_URL"),
                new Terminal("an error that is no JSON", List.of(new MockResponse.Builder().code(502)
                        .body("<html>Bad gateway</html>").build()), ALL_ATTEMPTS, "502", false, "Gemini answered 502",
                        "overloaded or down"));
    }

    @ParameterizedTest
    @MethodSource
    void terminal(Terminal fault) throws Exception {
        try (FakeGemini gemini = new FakeGemini(fault.answers().toArray(new MockResponse[0])).lastForEver()) {
            ReasonerException e = assertThrows(ReasonerException.class,
                    () -> decide(new GeminiReasoner(gemini.options(), timing)));
            assertEquals(fault.type(), e.problem().value());
            assertEquals(fault.held(), e.problem().hold().isPresent());
            assertTrue(e.getMessage().contains(fault.says()), e.getMessage());
            assertTrue(e.hint().contains(fault.hint()), e.hint());
            assertEquals(fault.requests(), gemini.seen().size());
            ModelCall.Answer answer = events.answer();
            assertEquals(fault.requests(), answer.attempts());
            assertEquals(e.problem(), answer.error().orElseThrow());
            List<RunEvent.AttemptFailed> attempts = events.of(RunEvent.AttemptFailed.class);
            assertEquals(fault.requests(), attempts.size());
            assertEquals(-1, attempts.get(attempts.size() - 1).attempt().delayMillis());
        }
    }

    @Test
    void waitsAsLongAsRetryInfoAsks_defect5() throws Exception {
        String retryInfo = "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"37.5s\"}";
        try (FakeGemini gemini = new FakeGemini(FakeGemini.error(429, "RESOURCE_EXHAUSTED", "slow down", retryInfo),
                FakeGemini.runTests())) {
            Reasoning reasoning = decide(new GeminiReasoner(gemini.options(), timing));
            assertInstanceOf(Decision.RunTests.class, reasoning.decision());
            assertEquals(List.of(Duration.ofSeconds(38)), timing.waits(), "37.5 s, and half a second by chance");
            assertEquals(List.of("1 429"), events.attempts());
            assertEquals(38_000, events.of(RunEvent.AttemptFailed.class).get(0).attempt().delayMillis());
            assertEquals(2, events.answer().attempts());
        }
    }

    @ParameterizedTest
    @MethodSource
    void retryAfter(RetryAfter given) throws Exception {
        MockResponse busy = FakeGemini.error(503, "UNAVAILABLE", "busy", "").newBuilder()
                .setHeader("Retry-After", given.header()).build();
        try (FakeGemini gemini = new FakeGemini(busy, FakeGemini.runTests())) {
            decide(new GeminiReasoner(gemini.options(), timing));
            assertEquals(2, gemini.seen().size(), "no request beside those that are reported");
            assertEquals(given.atLeast().plusMillis(500), timing.waits().get(0));
        }
    }

    static Stream<RetryAfter> retryAfter() {
        return Stream.of(new RetryAfter("7", Duration.ofSeconds(7)),
                new RetryAfter("Sun, 22 Nov 2026 12:00:20 GMT", Duration.ofSeconds(20)),
                new RetryAfter("0", Duration.ZERO),
                new RetryAfter("soon", Duration.ZERO));
    }

    @Test
    void aWaitThatLooksLikeAHangIsNotBegun() throws Exception {
        String retryInfo = "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"3600s\"}";
        try (FakeGemini gemini = new FakeGemini(FakeGemini.error(429, "RESOURCE_EXHAUSTED", "quota", retryInfo))) {
            ReasonerException e = assertThrows(ReasonerException.class,
                    () -> decide(new GeminiReasoner(gemini.options(), timing)));
            assertTrue(e.getMessage().contains("asks for a wait of 3600 s"), e.getMessage());
            assertEquals(List.of(), timing.waits());
            assertEquals(1, gemini.seen().size());
        }
    }

    @Test
    void threeServerErrorsThenSuccess() throws Exception {
        MockResponse broken = FakeGemini.error(500, "INTERNAL", "oops", "");
        try (FakeGemini gemini = new FakeGemini(broken, broken, broken, FakeGemini.runTests())) {
            Reasoning reasoning = decide(new GeminiReasoner(gemini.options(), timing));
            assertInstanceOf(Decision.RunTests.class, reasoning.decision());
            assertEquals(List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2)), timing.waits());
            ModelCall.Answer answer = events.answer();
            assertEquals(4, answer.attempts());
            assertTrue(answer.error().isEmpty());
            assertEquals(List.of("1 500", "2 500", "3 500"), events.attempts());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void passingStatusesAreTriedAgain(int status) throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.error(status, "X", "x", ""), FakeGemini.runTests())) {
            assertInstanceOf(Decision.RunTests.class, decide(new GeminiReasoner(gemini.options(), timing)).decision());
            assertEquals(2, gemini.seen().size());
        }
    }

    @Test
    void anAnswerThatThinkingAteIsAskedForWithTwiceTheRoom_defect9() throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.ok(FakeGemini.answer("MAX_TOKENS")), FakeGemini.runTests())) {
            Reasoning reasoning = decide(new GeminiReasoner(gemini.options(), timing));
            assertInstanceOf(Decision.RunTests.class, reasoning.decision());
            assertEquals(16_384, gemini.body(0).at("/generationConfig/maxOutputTokens").asInt());
            assertEquals(32_768, gemini.body(1).at("/generationConfig/maxOutputTokens").asInt());
            assertEquals(List.of("1 max_tokens"), events.attempts());
            ModelCall.Answer answer = events.answer();
            assertEquals(2, answer.attempts());
            assertEquals(2_000, answer.usage().input(), "both answers are paid for");
            assertEquals(400, answer.usage().output());
        }
    }

    @Test
    void anAnswerThatIsCutTwiceIsNotActedOn() throws Exception {
        String half = FakeGemini.callPart("c-1", "send_to_claude", "{\"instruction\":\"Delete the\"}", "c2ln");
        try (FakeGemini gemini = new FakeGemini(FakeGemini.ok(FakeGemini.answer("MAX_TOKENS", half)),
                FakeGemini.ok(FakeGemini.answer("MAX_TOKENS", half)))) {
            Reasoning reasoning = decide(new GeminiReasoner(gemini.options(), timing));
            assertTrue(((Decision.NoOp) reasoning.decision()).reason().contains("cut off"));
            assertEquals(List.of("MAX_TOKENS"), events.answer().finishReasons());
            assertEquals(2, gemini.seen().size());
        }
    }

    @Test
    void signaturesThatAreRefusedAreLeftOutOnce() throws Exception {
        MockResponse refused = FakeGemini.error(400, "INVALID_ARGUMENT", "Invalid thought signature.", "");
        String echo = FakeGemini.call("run_tests", "{}").at("/candidates/0/content").toString();
        try (FakeGemini gemini = new FakeGemini(refused, FakeGemini.runTests())) {
            Reasoning reasoning = new GeminiReasoner(gemini.options(), timing).decide(Situations.with(List.of(
                    Situations.echoed(new Decision.RunTests(Optional.empty()), echo,
                            FunctionResult.ok("fine"), Optional.empty()))), Bounds.none(), events);
            assertInstanceOf(Decision.RunTests.class, reasoning.decision());
            assertEquals("c2lnbmF0dXJl+/8=", gemini.body(0).at("/contents/1/parts/0/thoughtSignature").asText());
            assertEquals(StepContents.NO_SIGNATURE, gemini.body(1).at("/contents/1/parts/0/thoughtSignature").asText());
        }
        try (FakeGemini gemini = new FakeGemini(refused).lastForEver()) {
            assertThrows(ReasonerException.class, () -> decide(new GeminiReasoner(gemini.options(), timing)));
            assertEquals(2, gemini.seen().size());
        }
    }

    /** They come from the API, with MALFORMED_FUNCTION_CALL, and it refuses them when they go back. */
    @Test
    void partsWithoutDataAreNotSentBack() throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.ok(FakeGemini.answer("MALFORMED_FUNCTION_CALL",
                "{\"thoughtSignature\":\"c2ln\"}", "{\"thought\":true,\"thoughtSignature\":\"c2ln\"}")), FakeGemini.runTests())) {
            GeminiReasoner reasoner = new GeminiReasoner(gemini.options(), timing);
            Reasoning first = decide(reasoner);
            reasoner.decide(Situations.with(List.of(new Situation.Step(first, FunctionResult.refused("unusable"),
                    Optional.empty()))), Bounds.none(), events);
            JsonNode said = gemini.body(1).at("/contents/1");
            assertEquals("model", said.path("role").asText());
            assertEquals("{\"parts\":[{\"text\":\"(no usable answer)\"}]}",
                    ((ObjectNode) said.deepCopy()).retain("parts").toString());
        }
    }

    @Test
    void aRefusedMessageOfTheHistoryIsMadeAnewOnceAndForTheRestOfTheRun() throws Exception {
        MockResponse refused = FakeGemini.error(400, "INVALID_ARGUMENT",
                "* GenerateContentRequest.contents[1].parts[0].data: required oneof field 'data' must have one field", "");
        try (FakeGemini gemini = new FakeGemini(refused, FakeGemini.runTests(), FakeGemini.runTests())) {
            GeminiReasoner reasoner = new GeminiReasoner(gemini.options(), timing);
            Situation.Step step = Situations.echoed(new Decision.RunTests(Optional.empty()), "{\"role\":\"model\",\"parts\":["
                    + "{\"functionCall\":{\"name\":\"run_tests\",\"args\":{}},\"oddity\":1}]}", FunctionResult.ok("x"),
                    Optional.empty());
            reasoner.decide(Situations.with(List.of(step)), Bounds.none(), events);
            assertTrue(gemini.body(0).toString().contains("oddity"));
            assertFalse(gemini.body(1).toString().contains("oddity"));
            assertEquals("run_tests", gemini.body(1).at("/contents/1/parts/0/functionCall/name").asText());
            reasoner.decide(Situations.with(List.of(step)), Bounds.none(), events);
            assertFalse(gemini.body(2).toString().contains("oddity"), "not tried again");
            assertEquals(1, events.notices().size(), events.notices().toString());
        }
    }

    private static MockResponse keyInvalid() {
        return FakeGemini.error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
                "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\","
                        + "\"domain\":\"googleapis.com\"}");
    }
}
