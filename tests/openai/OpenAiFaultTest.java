package openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RunEvent;
import agent.RunListener;
import agent.decision.Decision;
import contract.Failure;
import contract.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reasoning.Events;
import reasoning.FakeTiming;
import reasoning.RetryPolicy;
import reasoning.Sendings;
import reasoning.Situations;

/** All that can be wrong with a chat/completions server, as the table for Gemini has it. */
class OpenAiFaultTest {
    /** As many as the policy's time allows, by the clock of these tests. */
    private static final int ALL_ATTEMPTS = attempts(RetryPolicy.DEFAULT);

    private final FakeTiming timing = new FakeTiming();
    private final Events events = new Events();

    private static int attempts(RetryPolicy policy) {
        Duration elapsed = Duration.ZERO;
        int attempts = 1;
        for (Optional<Duration> wait = policy.delay(attempts, Optional.empty(), elapsed, FakeTiming.CHANCE); wait.isPresent();
                wait = policy.delay(attempts, Optional.empty(), elapsed, FakeTiming.CHANCE)) {
            elapsed = elapsed.plus(wait.get());
            attempts++;
        }
        return attempts;
    }

    /** What ends in no decision. */
    private record Terminal(String name, MockResponse answer, int requests, String type, boolean held, String says,
            String hint) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Terminal> terminal() {
        return Stream.of(
                new Terminal("400 for any reason", FakeChat.error(400, "invalid_request_error", "x", null, "Bad messages"), 1,
                        "400", false, "Bad messages", "its message says why"),
                new Terminal("401", FakeChat.error(401, "invalid_request_error", "invalid_api_key", null,
                        "Incorrect API key provided: " + FakeChat.KEY), 1, "401", true, "[key]", "OPENAI_API_KEY"),
                new Terminal("402", FakeChat.error(402, "payment", "x", null, "no credits"), 1, "402", true, "no credits",
                        "credit is used up"),
                new Terminal("403", FakeChat.error(403, "x", "x", null, "no right"), 1, "403", true, "no right",
                        "whether it may use this model"),
                new Terminal("404", FakeChat.error(404, "x", "model_not_found", null, "no such model"), 1, "404", true,
                        "no such model", "OPENAI_BASE_URL"),
                new Terminal("429 insufficient_quota, which no wait outlasts", FakeChat.error(429, "insufficient_quota",
                        "insufficient_quota", null, "You exceeded your current quota"), 1, "429", true, "exceeded",
                        "credit is used up"),
                new Terminal("429 for ever", FakeChat.error(429, "throttling_error", "429", null, "slow down"), ALL_ATTEMPTS,
                        "429", false, "slow down (after", "rate limit"),
                new Terminal("499", FakeChat.raw(499, "cancelled"), ALL_ATTEMPTS, "499", false, "cancelled", "overloaded"),
                new Terminal("503 of vLLM's shape", FakeChat.raw(503, "{\"object\":\"error\",\"message\":\"engine dead\",\"code\":503}"),
                        ALL_ATTEMPTS, "503", false, "engine dead", "overloaded"),
                new Terminal("502 in plain text", FakeChat.raw(502, "Bad gateway"), ALL_ATTEMPTS, "502", false, "Bad gateway",
                        "overloaded"),
                new Terminal("prose, and prose again", FakeChat.prose(), 2, "malformed", false, "answered in prose",
                        "can call functions"),
                new Terminal("arguments that are no JSON, twice", FakeChat.ok(FakeChat.call("run_tests", "{\"test_command\": ")), 2,
                        "malformed", false, "are not valid JSON", "can call functions"),
                new Terminal("a filter, twice", FakeChat.ok(FakeChat.answer("content_filter",
                        "{\"role\":\"assistant\",\"content\":\"\"}")), 2, "blocked", false, "filter", "reword"),
                new Terminal("a refusal has a type", FakeChat.ok(FakeChat.answer("stop",
                        "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I can't help with that.\"}")), 1, "blocked", false,
                        "the model refuses: I can't help", "reword"),
                new Terminal("malformed JSON", FakeChat.raw(200, "{\"choices\": [ {"), ALL_ATTEMPTS, "malformed", false,
                        "is not an answer of", "a proxy may have answered"),
                new Terminal("HTML with status 200", FakeChat.raw(200, "<html>Welcome to the hotel</html>"), ALL_ATTEMPTS,
                        "malformed", false, "is not an answer", "proxy"),
                new Terminal("no choices", FakeChat.raw(200, "{\"choices\":[]}"), ALL_ATTEMPTS, "malformed", false, "is not an answer",
                        "proxy"),
                new Terminal("a redirect is not followed", new MockResponse.Builder().code(307)
                        .setHeader("Location", "https://evil.example/x").build(), 1, "redirect", false, "evil.example",
                        "OPENAI_BASE_URL"),
                new Terminal("connection closed in the middle", new MockResponse.Builder().body("{\"choices\":[")
                        .onResponseBody(new SocketEffect.CloseSocket()).build(), ALL_ATTEMPTS, "io", false, "broke",
                        "OPENAI_BASE_URL"),
                new Terminal("an endless answer", FakeChat.raw(200, "x".repeat(9 << 20)), 1, "too_large", false, "8 MB",
                        "check which server answers"));
    }

    @ParameterizedTest
    @MethodSource
    void terminal(Terminal fault) throws Exception {
        try (FakeChat chat = new FakeChat(fault.answer()).lastForEver()) {
            ReasonerException e = assertThrows(ReasonerException.class, () -> decide(new OpenAiReasoner(chat.options(), timing)));
            assertEquals(fault.type(), e.problem().value());
            assertEquals(fault.held(), e.problem().hold().isPresent());
            assertTrue(e.getMessage().contains(fault.says()), e.getMessage());
            assertTrue(e.hint().contains(fault.hint()), e.hint());
            assertFalse((e.getMessage() + e.hint()).contains(FakeChat.KEY), "the key is shown nowhere");
            assertEquals(fault.requests(), chat.seen().size());
            assertEquals(fault.requests(), events.answer().attempts());
            assertEquals(e.problem(), events.answer().error().orElseThrow());
            List<RunEvent.AttemptFailed> attempts = events.of(RunEvent.AttemptFailed.class);
            assertEquals(fault.requests(), attempts.size());
            assertEquals(-1, attempts.get(attempts.size() - 1).attempt().delayMillis());
        }
    }

    @Test
    void waitsAsLongAsTheServerAsks_alsoByLitellmsNameForIt() throws Exception {
        for (String header : List.of("Retry-After", "llm_provider-retry-after")) {
            FakeTiming clock = new FakeTiming();
            try (FakeChat chat = new FakeChat(FakeChat.error(429, "x", "429", null, "slow down").newBuilder()
                    .setHeader(header, "37").build(), FakeChat.runTests())) {
                decide(new OpenAiReasoner(chat.options(), clock));
                assertTrue(clock.waits().get(0).toSeconds() >= 37, header + ": " + clock.waits());
            }
        }
    }

    @Test
    void aFieldThatIsRefusedIsDroppedAndStaysDroppedForTheRun() throws Exception {
        try (FakeChat chat = new FakeChat(
                FakeChat.error(400, "invalid_request_error", "x", "tool_choice", "unsupported value"),
                FakeChat.error(400, "invalid_request_error", "x", null, "Unknown field: max_completion_tokens"),
                FakeChat.runTests(), FakeChat.runTests())) {
            OpenAiReasoner reasoner = new OpenAiReasoner(chat.options(), timing);
            assertInstanceOf(Decision.RunTests.class, decide(reasoner).decision());
            decide(reasoner);
            assertEquals("required", chat.body(0).path("tool_choice").asText());
            assertFalse(chat.body(1).has("tool_choice"));
            assertFalse(chat.body(2).has("max_completion_tokens"));
            assertEquals(chat.body(0).path("max_completion_tokens"), chat.body(2).path("max_tokens"));
            assertFalse(chat.body(3).has("tool_choice") || chat.body(3).has("max_completion_tokens"), "remembered");
            assertFalse(chat.body(3).path("parallel_tool_calls").asBoolean(true));
        }
    }

    @Test
    void proseIsAskedForOnceMoreAndBothAnswersAreBooked() throws Exception {
        try (FakeChat chat = new FakeChat(FakeChat.prose(), FakeChat.runTests())) {
            Reasoning reasoning = decide(new OpenAiReasoner(chat.options(), timing));
            assertEquals(new Decision.RunTests(Optional.of("make test")), reasoning.decision());
            assertTrue(chat.body(1).path("messages").toString().contains("Answer with exactly one call"));
            assertEquals(2000, events.answer().usage().input());
            assertEquals(List.of("1 malformed"), events.attempts());
        }
    }

    @Test
    void anAnswerThatWasCutGetsTwiceTheRoomOnceAndThenTheModelIsTold() throws Exception {
        MockResponse cut = FakeChat.ok(FakeChat.answer("length", "{\"role\":\"assistant\",\"content\":\"I think\"}"));
        try (FakeChat chat = new FakeChat(cut, cut)) {
            Reasoning reasoning = decide(new OpenAiReasoner(chat.options(), timing));
            assertTrue(assertInstanceOf(Decision.NoOp.class, reasoning.decision()).reason().contains("cut off"));
            assertEquals(2 * chat.body(0).path("max_completion_tokens").asInt(),
                    chat.body(1).path("max_completion_tokens").asInt());
        }
    }

    @Test
    void nobodyListensOrNoSuchName() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        assertEquals("refused", unreachable("http://127.0.0.1:" + closed + "/v1").problem().value());
        assertEquals("dns", unreachable("https://judge.invalid/v1").problem().value());
    }

    @Test
    void anInterruptionEndsACallAtOnce() throws Exception {
        Interruption interruption = new Interruption();
        try (FakeChat chat = new FakeChat(new MockResponse.Builder().headersDelay(1, java.util.concurrent.TimeUnit.HOURS).build())) {
            Thread later = new Thread(() -> {
                while (chat.seen().isEmpty()) {
                    Thread.onSpinWait();
                }
                interruption.request(15);
            });
            later.start();
            assertThrows(InterruptedException.class, () -> new OpenAiReasoner(chat.options())
                    .decide(Situations.afterFirstRound(), new Bounds(interruption, Instant.MAX), events));
            later.join();
            assertEquals("interrupted", events.answer().error().orElseThrow().value());
        }
    }

    @Test
    void beforeTheFirstRoundAKeyAnAddressAndAMissingModelAreFound() throws Exception {
        try (FakeChat chat = new FakeChat(FakeChat.error(401, "x", "invalid_api_key", null, "no"))) {
            Failure failure = assertThrows(Failure.class,
                    () -> new OpenAiReasoner(chat.options(), timing).selfCheck(Bounds.none(), events));
            assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
            assertEquals("/v1/models", chat.seen().get(0).getTarget());
            assertEquals("Bearer " + FakeChat.KEY, chat.seen().get(0).getHeaders().get("Authorization"));
        }
        try (FakeChat chat = new FakeChat(FakeChat.raw(200, "{\"data\":[{\"id\":\"other\"}]}"), FakeChat.raw(404, "x"))) {
            OpenAiReasoner reasoner = new OpenAiReasoner(chat.options(), timing);
            reasoner.selfCheck(Bounds.none(), events);
            assertEquals(1, events.notices().size(), "a server may load models on demand: " + events.notices());
            reasoner.selfCheck(Bounds.none(), RunListener.NONE);
        }
        assertFailedSelfCheck(Map.of("OPENAI_MODEL", "x"), "OPENAI_API_KEY is not set");
        assertFailedSelfCheck(Map.of("OPENAI_API_KEY", "k"), "needs the name of a model");
        OpenAiOptions local = OpenAiOptions.fromEnvironment(Map.of("OPENAI_BASE_URL", "http://192.168.1.5:11434/v1",
                "OPENAI_MODEL", "qwen"), Optional.empty());
        assertEquals("", local.apiKey(), "a server in the next room that wants no key");
        Failure plain = assertThrows(Failure.class, () -> OpenAiOptions.fromEnvironment(Map.of("OPENAI_BASE_URL",
                "http://192.168.1.5:11434/v1", "OPENAI_API_KEY", "k", "OPENAI_MODEL", "qwen"), Optional.empty()));
        assertTrue(plain.getMessage().contains("not encrypted"), plain.getMessage());
    }

    private static void assertFailedSelfCheck(Map<String, String> environment, String says) {
        Failure failure = assertThrows(Failure.class, () -> OpenAiOptions.fromEnvironment(environment, Optional.empty()));
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
        assertTrue(failure.getMessage().contains(says), failure.getMessage());
    }

    private ReasonerException unreachable(String base) {
        return assertThrows(ReasonerException.class, () -> decide(new OpenAiReasoner(
                FakeChat.options(URI.create(base), Sendings.DEFAULT), new FakeTiming())));
    }

    private Reasoning decide(OpenAiReasoner reasoner) throws InterruptedException, ReasonerException {
        return reasoner.decide(Situations.afterFirstRound(), Bounds.none(), events);
    }
}
