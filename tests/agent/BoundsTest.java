package agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.decision.Verification;
import agent.loop.WaitText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Time limits: deadlines, signals, and the message about a wait. */
class BoundsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Interruption interruption = new Interruption();

    @Test
    void withoutADeadlineOnlyTheLimitCounts() {
        assertEquals(MINUTE, Bounds.none().atMost(MINUTE));
        assertFalse(Bounds.none().expired());
        assertFalse(Bounds.none().interruption().requested());
    }

    @Test
    void theShorterOfTheLimitAndTheTimeLeftCounts() {
        Bounds hour = new Bounds(interruption, Instant.now().plus(Duration.ofHours(1)));
        assertEquals(MINUTE, hour.atMost(MINUTE));
        Duration left = hour.atMost(Duration.ofHours(2));
        assertTrue(left.compareTo(Duration.ofHours(1)) <= 0 && left.compareTo(MINUTE) > 0, left.toString());
        assertFalse(hour.expired());
    }

    @Test
    void behindTheDeadlineNoTimeIsLeft() {
        Bounds over = new Bounds(interruption, Instant.now().minusSeconds(1));
        assertEquals(Duration.ZERO, over.atMost(MINUTE));
        assertTrue(over.expired());
    }

    @Test
    void theFirstSignalCountsAndRunsWhatWaitsForIt() throws InterruptedException {
        List<String> ran = new ArrayList<>();
        interruption.check();
        assertEquals(OptionalInt.empty(), interruption.signal());
        Interruption.Registration closed = interruption.onRequest(() -> ran.add("closed"));
        closed.close();
        try (Interruption.Registration open = interruption.onRequest(() -> ran.add("open"))) {
            assertEquals(List.of(), ran, "not before it is asked for; " + open);
            interruption.request(15);
            interruption.request(2);
        }
        assertEquals(List.of("open"), ran);
        assertEquals(OptionalInt.of(15), interruption.signal());
        assertTrue(interruption.requested());
        assertThrows(InterruptedException.class, interruption::check);
        interruption.onRequest(() -> ran.add("late")).close();
        assertEquals(List.of("open", "late"), ran, "at once when the end was asked for already");
    }

    @Test
    void anInterruptedRunEndsWithItsSignalsCode() {
        assertEquals(130, Outcome.interrupted(2, "").exitCode());
        assertEquals("interrupted by SIGINT", Outcome.interrupted(2, "").reason());
        assertEquals("interrupted by SIGTERM", Outcome.interrupted(15, "").reason());
        assertEquals("interrupted by SIGHUP", Outcome.interrupted(1, "").reason());
        assertEquals(129, Outcome.interrupted(1, "").exitCode());
    }

    @Test
    void aWaitIsToldByTheClockAndByItsLength() {
        Instant now = Instant.parse("2026-11-26T10:00:00Z");
        assertTrue(WaitText.until(now.plusSeconds(1), now).endsWith(", in 1 min"), "rounded up");
        assertTrue(WaitText.until(now.plusSeconds(60), now).endsWith(", in 1 min"));
        assertTrue(WaitText.until(now.plusSeconds(61), now).endsWith(", in 2 min"));
        assertTrue(WaitText.until(now.plusSeconds(59 * 60), now).endsWith(", in 59 min"));
        assertTrue(WaitText.until(now.plusSeconds(3600), now).endsWith(", in 1 h 0 min"));
        assertTrue(WaitText.until(now.plusSeconds(47 * 3600 + 59 * 60), now).endsWith(", in 47 h 59 min"));
        assertTrue(WaitText.until(now.plusSeconds(48 * 3600), now).endsWith(", in 2 days"));
        assertTrue(WaitText.until(now, now).endsWith(", in 0 min"));
        assertTrue(WaitText.until(now.minusSeconds(1), now).matches("it was to reset at \\w{3} \\d+ Nov \\d\\d:\\d\\d .+"));
    }

    @Test
    void boundedLabelsAreWordsInLowerCase() {
        List<String> labels = new ArrayList<>();
        for (StallPattern pattern : StallPattern.values()) {
            labels.add(pattern.value());
        }
        for (CheckPlace place : CheckPlace.values()) {
            labels.add(place.value());
        }
        for (Verification.Type type : Verification.Type.values()) {
            labels.add(type.value());
        }
        for (Verification.Verdict verdict : Verification.Verdict.values()) {
            labels.add(verdict.value());
        }
        labels.forEach(label -> assertTrue(label.matches("[a-z_]+") && label.equals(label.toLowerCase(Locale.ROOT)), label));
        assertEquals(labels.size(), labels.stream().distinct().count());
    }
}
