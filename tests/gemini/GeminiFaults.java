//DEPS com.squareup.okhttp3:mockwebserver3:5.5.1
//DEPS com.squareup.okhttp3:okhttp-tls:5.5.1
package gemini;

import agent.Bounds;
import agent.ReasonerException;
import agent.Reasoning;
import java.time.Duration;
import java.util.Optional;
import mockwebserver3.MockResponse;
import reasoning.Events;
import reasoning.FakeTiming;
import reasoning.RetryPolicy;
import reasoning.Situations;

/** Decisions of a Gemini that fails, without waiting in earnest. */
abstract class GeminiFaults {
    /** As many as the policy's time allows, by the clock of these tests. */
    static final int ALL_ATTEMPTS = attempts(RetryPolicy.DEFAULT);

    final FakeTiming timing = new FakeTiming();
    final Events events = new Events();

    static int attempts(RetryPolicy policy) {
        Duration elapsed = Duration.ZERO;
        int attempts = 1;
        for (Optional<Duration> wait = policy.delay(attempts, Optional.empty(), elapsed, FakeTiming.CHANCE); wait.isPresent();
                wait = policy.delay(attempts, Optional.empty(), elapsed, FakeTiming.CHANCE)) {
            elapsed = elapsed.plus(wait.get());
            attempts++;
        }
        return attempts;
    }

    Reasoning decide(GeminiReasoner reasoner) throws InterruptedException, ReasonerException {
        return reasoner.decide(Situations.afterFirstRound(), Bounds.none(), events);
    }

    static MockResponse overloaded() {
        return FakeGemini.error(503, "UNAVAILABLE", "The model is overloaded", "");
    }
}
