package gemini;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import reasoning.FakeTiming;
import reasoning.JudgeDouble;
import reasoning.Prices;
import reasoning.Sending;

/** Gemini for the table of all judges' faults. */
public final class GeminiDouble {
    private GeminiDouble() {}

    /** One that answers so for ever. */
    public static JudgeDouble answering(MockResponse answer) {
        FakeGemini gemini = new FakeGemini(answer).lastForEver();
        return new JudgeDouble(new GeminiReasoner(gemini.options(), new FakeTiming()), gemini::close);
    }

    public static JudgeDouble hanging(MockResponse answer) {
        FakeGemini gemini = new FakeGemini(answer).lastForEver();
        Duration soon = Duration.ofMillis(300);
        return new JudgeDouble(new GeminiReasoner(gemini.options().with(Sending.DEFAULT.withTimeouts(soon, soon, soon).withRetry(
                new reasoning.RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5)))), new FakeTiming()),
                gemini::close);
    }

    public static JudgeDouble at(String url) {
        return new JudgeDouble(new GeminiReasoner(GeminiOptions.of(FakeGemini.KEY, URI.create(url), FakeGemini.MODEL,
                Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent"))), new FakeTiming()), () -> {});
    }

    public static MockResponse error(int code, String status, String message, String details) {
        return FakeGemini.error(code, status, message, details);
    }

    /** An answer with one part, which is JSON. */
    public static MockResponse answer(String finishReason, String part) {
        return FakeGemini.ok(FakeGemini.answer(finishReason, part));
    }
}
