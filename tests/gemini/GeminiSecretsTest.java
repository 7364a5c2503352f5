package gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.ReasonerException;
import contract.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reasoning.Events;
import reasoning.FakeTiming;
import reasoning.Situations;

/** The key is in one header and nowhere else: no URL, no event, no message, no stack trace. */
class GeminiSecretsTest {
    private final Events events = new Events();

    static Stream<MockResponse> quotingTheKey() {
        String quoted = "Consumer 'api_key:" + FakeGemini.KEY + "' has been suspended";
        return Stream.of(FakeGemini.error(400, "INVALID_ARGUMENT", quoted, "{\"reason\":\"API_KEY_INVALID\"}"),
                FakeGemini.error(403, "PERMISSION_DENIED", quoted, ""), FakeGemini.error(503, quoted, quoted, ""),
                FakeGemini.error(429, "RESOURCE_EXHAUSTED", quoted, "{\"violations\":[{\"quotaId\":\"PerDay "
                + FakeGemini.KEY + "\"}]}"),
                new MockResponse.Builder().code(302).setHeader("Location", "https://x.example/?key=" + FakeGemini.KEY)
                .build(),
                FakeGemini.error(418, "X", quoted, ""), FakeGemini.ok(quoted));
    }

    @ParameterizedTest
    @MethodSource("quotingTheKey")
    void alsoWhenTheServerQuotesIt(MockResponse answer) {
        try (FakeGemini gemini = new FakeGemini(answer).lastForEver()) {
            GeminiReasoner reasoner = new GeminiReasoner(gemini.options(), new FakeTiming());
            ReasonerException e = assertThrows(ReasonerException.class,
                    () -> reasoner.decide(Situations.afterFirstRound(), Bounds.none(), events));
            clean(trace(e) + e.problem() + e.hint());
            try {
                reasoner.selfCheck(Bounds.none(), events);
            } catch (Failure | InterruptedException failure) {
                clean(trace(failure));
            }
            clean(events.all().toString());
        }
    }

    @Test
    void itGoesIntoTheHeaderOnly() throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.runTests())) {
            new GeminiReasoner(gemini.options()).decide(Situations.afterFirstRound(), Bounds.none(), events);
            RecordedRequest request = gemini.seen().get(0);
            assertEquals("POST /v1beta/models/gemini-3.8-flash:generateContent HTTP/1.1", request.getRequestLine());
            assertEquals(List.of(FakeGemini.KEY), request.getHeaders().values("x-goog-api-key"));
            clean(request.getBody().utf8() + request.getTarget() + request.getHeaders().newBuilder()
                    .removeAll("x-goog-api-key").build());
            assertTrue(request.getHeaders().get("User-Agent").startsWith("agentproxy-java/"));
            clean(events.all().toString());
        }
    }

    @Test
    void aRedirectDoesNotCarryItAway() {
        try (FakeGemini elsewhere = new FakeGemini(FakeGemini.runTests());
                FakeGemini gemini = new FakeGemini(new MockResponse.Builder().code(308)
                        .setHeader("Location", elsewhere.url() + "/v1beta/models/x:generateContent").build())) {
            assertThrows(ReasonerException.class, () -> new GeminiReasoner(gemini.options(), new FakeTiming())
                    .decide(Situations.afterFirstRound(), Bounds.none(), events));
            assertEquals(0, elsewhere.seen().size());
        }
    }

    private static void clean(String text) {
        assertFalse(text.contains(FakeGemini.KEY), text);
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
