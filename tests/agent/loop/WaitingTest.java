package agent.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Hold;
import agent.Interruption;
import agent.RunEvent;
import agent.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The run waits for the reset of an account's limit only with {@code --wait}. */
class WaitingTest {
    private static final Hold SOON = Hold.until(Instant.now().plus(Duration.ofHours(1)));

    private final Interruption interruption = new Interruption();
    private final List<RunEvent> told = new ArrayList<>();

    private Waiting waiting(boolean wanted, Instant deadline, RunListener listener) {
        return new Waiting(wanted, new Bounds(interruption, deadline), listener);
    }

    @Test
    void nothingIsWaitedForThatWasNotAskedFor() throws InterruptedException {
        assertFalse(waiting(false, Instant.MAX, told::add).over(SOON));
        assertFalse(waiting(true, Instant.MAX, told::add).over(Hold.action("pay")), "nobody knows when a person acts");
        assertEquals(List.of(), told);
    }

    @Test
    void aWaitThatWouldOutlastTheRunIsNotBegun() throws InterruptedException {
        assertFalse(waiting(true, Instant.now().plus(Duration.ofMinutes(59)), told::add).over(SOON));
        assertEquals(List.of(), told);
    }

    @Test
    void aSignalEndsTheWait() {
        Waiting waiting = waiting(true, Instant.now().plus(Duration.ofHours(2)), event -> interruption.request(2));
        assertThrows(InterruptedException.class, () -> waiting.over(SOON));
    }

    /** A computer that sleeps meanwhile must not add its sleep to the wait. */
    @Test
    void aLimitThatHasResetWhileTheComputerSleptIsOver() throws InterruptedException {
        Instant now = Instant.parse("2026-11-26T10:00:00Z");
        Deque<Instant> clock = new ArrayDeque<>(List.of(now, now, now.plusMillis(3_604_999), now.plusSeconds(7_200)));
        Waiting waiting = new Waiting(true, new Bounds(interruption, Instant.MAX), told::add, clock::remove);
        assertTrue(waiting.over(Hold.until(now.plusSeconds(3_600))));
        assertEquals(1, told.size());
        assertTrue(((RunEvent.Notice) told.get(0)).text().startsWith("waiting: it resets at "), told.toString());
        assertEquals(0, clock.size(), "it looked at the clock again, and not once more");
    }

    @Test
    void aTimeThatIsLongOverIsNoneToWaitFor() throws InterruptedException {
        Instant now = Instant.parse("2026-11-26T10:00:00Z");
        Waiting waiting = new Waiting(true, new Bounds(interruption, Instant.MAX), told::add, () -> now);
        assertFalse(waiting.over(Hold.until(now.minusSeconds(6))));
        assertEquals(List.of(), told);
        assertTrue(waiting.over(Hold.until(now.minusSeconds(5))), "clocks differ a little");
    }
}
