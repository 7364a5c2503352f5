package gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import agent.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import reasoning.Events;
import reasoning.FakeTiming;
import reasoning.Situations;

/** A run that is to end ends at once, wherever it is, and every start still has its end. */
class GeminiInterruptionTest {
    private static final MockResponse HUNG = new MockResponse.Builder().headersDelay(60, TimeUnit.SECONDS).build();
    private static final MockResponse WAIT_A_MINUTE = FakeGemini.error(503, "UNAVAILABLE", "busy",
            "{\"retryDelay\":\"60s\"}");

    private final Events events = new Events();
    private final Interruption interruption = new Interruption();

    @Test
    void aSignalCancelsTheRequestUnderWay() {
        endsSoon(HUNG, new Bounds(interruption, Instant.MAX), true);
        assertEquals("interrupted", events.answer().error().orElseThrow().value());
        assertEquals(List.of(), events.attempts(), "nothing failed");
    }

    @Test
    void aSignalEndsTheWaitForTheNextOne() {
        endsSoon(WAIT_A_MINUTE, new Bounds(interruption, Instant.MAX), true);
        assertEquals("interrupted", events.answer().error().orElseThrow().value());
        assertEquals(List.of("1 503"), events.attempts());
    }

    @Test
    void theDeadlineCancelsTheRequestUnderWay() {
        endsSoon(HUNG, new Bounds(interruption, Instant.now().plusMillis(700)), false);
        assertEquals("interrupted", events.answer().error().orElseThrow().value());
        assertTrue(events.answer().error().get().message().contains("time is over"));
    }

    @Test
    void theDeadlineEndsTheWaitForTheNextOne() {
        endsSoon(WAIT_A_MINUTE, new Bounds(interruption, Instant.now().plusMillis(700)), false);
        assertEquals(1, events.answer().attempts());
    }

    @Test
    void afterTheEndNothingIsSent() {
        interruption.request(15);
        try (FakeGemini gemini = new FakeGemini()) {
            assertThrows(InterruptedException.class, () -> new GeminiReasoner(gemini.options())
                    .decide(Situations.afterFirstRound(), new Bounds(interruption, Instant.MAX), events));
            assertEquals(0, gemini.seen().size());
            assertEquals(List.of(), events.all());
        }
    }

    @Test
    void aListenerThatThrowsDoesNotLeaveTheCallOpen() {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.error(503, "UNAVAILABLE", "busy", ""))) {
            assertThrows(IllegalStateException.class, () -> new GeminiReasoner(gemini.options(), new FakeTiming())
                    .decide(Situations.afterFirstRound(), Bounds.none(), event -> {
                        events.on(event);
                        if (event instanceof RunEvent.AttemptFailed) {
                            throw new IllegalStateException("disk full");
                        }
                    }));
            assertEquals("internal", events.answer().error().orElseThrow().value());
        }
    }

    @Test
    void noThreadOfOursKeepsTheJvmAlive() throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.runTests())) {
            new GeminiReasoner(gemini.options()).decide(Situations.afterFirstRound(), Bounds.none(), events);
            List<String> keeping = Thread.getAllStackTraces().keySet().stream().filter(t -> !t.isDaemon())
                    .map(Thread::getName).filter(name -> name.contains("OkHttp") || name.contains("Okio"))
                    .collect(Collectors.toList());
            assertEquals(List.of(), keeping);
        }
    }

    private void endsSoon(MockResponse answer, Bounds bounds, boolean signal) {
        long begun = System.nanoTime();
        try (FakeGemini gemini = new FakeGemini(answer).lastForEver()) {
            Thread signaller = new Thread(() -> {
                while (gemini.seen().isEmpty() || answer == WAIT_A_MINUTE && events.attempts().isEmpty()) {
                    Thread.onSpinWait();
                }
                interruption.request(2);
            });
            signaller.setDaemon(true);
            if (signal) {
                signaller.start();
            }
            assertThrows(InterruptedException.class,
                    () -> new GeminiReasoner(gemini.options()).decide(Situations.afterFirstRound(), bounds, events));
            assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 20, "at once, not after a minute");
        }
    }
}
