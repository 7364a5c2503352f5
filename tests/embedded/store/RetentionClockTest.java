package embedded.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A clock that is wrong for some minutes must not remove stored data. */
class RetentionClockTest {
    private static final long START = 1_760_000_000_000L;
    private static final long MINUTES = Duration.ofMinutes(10).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final RetentionClock clock = new RetentionClock(START, 0);
    private long passed;

    private long look(long wallMillis) {
        passed += MINUTES;
        return clock.look(wallMillis, passed * 1_000_000);
    }

    @Test
    void goesByTheClockOfTheDay() {
        assertEquals(START + MINUTES, look(START + MINUTES));
        assertEquals(START + 2 * MINUTES + 5, look(START + 2 * MINUTES + 5));
        assertEquals(START + 8 * MINUTES, look(START + 8 * MINUTES), "an hour of sleep is an hour");
    }

    @Test
    void doesNotFollowAJumpByAYear() {
        assertEquals(START + MINUTES + DAY, look(START + 400 * DAY));
        assertEquals(START + 2 * MINUTES, look(START + 2 * MINUTES), "the clock is right again");
    }

    @Test
    void catchesUpAfterALongSleep() {
        long now = START + 15 * DAY;
        for (int i = 0; i < 15; i++) {
            look(now);
        }
        assertEquals(now, look(now));
    }

    @Test
    void goesBackWithTheClock() {
        assertEquals(START - 2 * DAY, look(START - 2 * DAY));
    }
}
