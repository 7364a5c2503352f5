package gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import contract.Failure;
import contract.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reasoning.Events;
import reasoning.FakeTiming;
import reasoning.RetryPolicy;
import reasoning.Sendings;

/** Before any work is paid for: a refused key is found out (defect 2), and what passes by itself stops nobody. */
class GeminiSelfCheckTest {
    private final Events events = new Events();

    private record Refusal(MockResponse answer, String says, String hint) {
        @Override
        public String toString() {
            return says;
        }
    }

    static Stream<Refusal> aPersonHasToFixIt() {
        return Stream.of(
                new Refusal(FakeGemini.error(400, "INVALID_ARGUMENT", "API key not valid",
                        "{\"reason\":\"API_KEY_INVALID\"}"), "API key not valid", "aistudio.google.com/apikey"),
                new Refusal(FakeGemini.error(401, "UNAUTHENTICATED", "who are you", ""), "who are you", "GEMINI_API_KEY"),
                new Refusal(FakeGemini.error(403, "PERMISSION_DENIED", "not yours", ""), "not yours", "GEMINI_API_KEY"),
                new Refusal(FakeGemini.error(402, "RESOURCE_EXHAUSTED", "no credit", ""), "no credit", "add to it"),
                new Refusal(FakeGemini.error(404, "NOT_FOUND", "models/x is not found", ""),
                        "the model gemini-3.8-flash does not exist at 127.0.0.1", "--model"),
                new Refusal(new MockResponse.Builder().code(404).body("<html>").build(),
                        "the model gemini-3.8-flash does not exist at 127.0.0.1", "or check GOOGLE_GEMINI_BASE_URL"),
                new Refusal(FakeGemini.error(400, "FAILED_PRECONDITION", "free tier is not available in your country", ""),
                        "not available in your country", "its message says why"),
                new Refusal(new MockResponse.Builder().code(302).setHeader("Location", "/login").build(), "a redirect",
                        "GOOGLE_GEMINI_BASE_URL"),
                new Refusal(FakeGemini.ok("{\"name\":\"models/x\",\"supportedGenerationMethods\":[\"embedContent\"]}"),
                        "cannot be used: it offers embedContent", "--model"));
    }

    @ParameterizedTest
    @MethodSource
    void aPersonHasToFixIt(Refusal refusal) {
        try (FakeGemini gemini = new FakeGemini(refusal.answer())) {
            Failure failure = assertThrows(Failure.class, () -> check(gemini.options()));
            assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
            assertTrue(failure.getMessage().contains(refusal.says()), failure.getMessage());
            assertTrue(failure.hint().contains(refusal.hint()), failure.hint());
            assertEquals(1, gemini.seen().size());
        }
    }

    @Test
    void asksForTheModelWithTheKeyInAHeader() throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.ok(
                "{\"name\":\"models/gemini-3.8-flash\",\"supportedGenerationMethods\":[\"generateContent\"]}"))) {
            check(gemini.options());
            assertEquals("GET /v1beta/models/gemini-3.8-flash HTTP/1.1", gemini.seen().get(0).getRequestLine());
            assertEquals(FakeGemini.KEY, gemini.seen().get(0).getHeaders().get("x-goog-api-key"));
            assertEquals(List.of(), events.all());
        }
    }

    @ParameterizedTest
    @MethodSource
    void whatPassesIsANotice(MockResponse answer) throws Exception {
        try (FakeGemini gemini = new FakeGemini(answer)) {
            check(gemini.options());
            assertEquals(1, events.notices().size(), events.all().toString());
            assertTrue(events.notices().get(0).endsWith("; continuing"), events.notices().get(0));
        }
    }

    static Stream<MockResponse> whatPassesIsANotice() {
        return Stream.of(FakeGemini.error(429, "RESOURCE_EXHAUSTED", "slow down", ""),
                FakeGemini.error(500, "INTERNAL", "oops", ""), FakeGemini.error(503, "UNAVAILABLE", "busy", ""),
                FakeGemini.ok("<html>Welcome</html>"));
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501})
    void aProxyThatKnowsNoGetIsFine(int status) throws Exception {
        try (FakeGemini gemini = new FakeGemini(new MockResponse.Builder().code(status).build())) {
            check(gemini.options());
            assertEquals(List.of(), events.all());
        }
    }

    @Test
    void aHungAnswerIsANoticeAfterItsTime() throws Exception {
        MockResponse hung = new MockResponse.Builder().headersDelay(60, TimeUnit.SECONDS).build();
        try (FakeGemini gemini = new FakeGemini(hung)) {
            check(gemini.options(Sendings.within(Duration.ofSeconds(60), Duration.ofMillis(300), RetryPolicy.DEFAULT)));
            assertTrue(events.notices().get(0).contains("no complete answer"), events.notices().toString());
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        Failure failure = assertThrows(Failure.class, () -> check(at("http://127.0.0.1:" + closed)));
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
        assertEquals("no connection to Gemini at 127.0.0.1:" + closed + ": Connection refused", failure.getMessage());
        assertTrue(failure.hint().contains("GOOGLE_GEMINI_BASE_URL"), failure.hint());
    }

    @Test
    void noSuchName() {
        Failure failure = assertThrows(Failure.class, () -> check(at("https://gemini.invalid")));
        assertTrue(failure.getMessage().contains("gemini.invalid cannot be resolved"), failure.getMessage());
    }

    @Test
    void anInterruptionOrTheEndOfTimeEndsIt() {
        Interruption interrupted = new Interruption();
        interrupted.request(2);
        try (FakeGemini gemini = new FakeGemini()) {
            GeminiReasoner reasoner = new GeminiReasoner(gemini.options());
            assertThrows(InterruptedException.class,
                    () -> reasoner.selfCheck(new Bounds(interrupted, Instant.MAX), events));
            assertThrows(InterruptedException.class,
                    () -> reasoner.selfCheck(new Bounds(new Interruption(), Instant.now()), events));
            assertEquals(0, gemini.seen().size());
        }
    }

    private void check(GeminiOptions options) throws InterruptedException {
        new GeminiReasoner(options, new FakeTiming()).selfCheck(Bounds.none(), events);
    }

    private static GeminiOptions at(String url) {
        return FakeGemini.options(URI.create(url), Sendings.DEFAULT);
    }
}
