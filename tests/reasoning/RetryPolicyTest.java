package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private final RetryPolicy policy = new RetryPolicy(100, Duration.ofSeconds(1), Duration.ofSeconds(30),
            Duration.ofSeconds(120), Duration.ofSeconds(300));

    @Test
    void fullJitterBetweenNothingAndADoublingCeiling() {
        assertEquals(Duration.ZERO, delay(5, 0));
        assertEquals(Duration.ofSeconds(1), delay(1, 1));
        assertEquals(Duration.ofSeconds(2), delay(2, 1));
        assertEquals(Duration.ofSeconds(16), delay(5, 1));
        assertEquals(Duration.ofSeconds(30), delay(6, 1));
        assertEquals(Duration.ofSeconds(30), delay(90, 1), "no overflow");
        assertEquals(Duration.ofSeconds(4), delay(4, 0.5));
    }

    @Test
    void neverEarlierThanAsked() {
        for (double chance = 0; chance <= 1; chance += 0.25) {
            Duration wait = policy.delay(1, Optional.of(Duration.ofSeconds(37)), Duration.ZERO, chance).orElseThrow();
            assertTrue(wait.compareTo(Duration.ofSeconds(37)) >= 0 && wait.compareTo(Duration.ofSeconds(38)) <= 0,
                    wait.toString());
        }
    }

    @Test
    void whoAsksForLessThanTheBackoffDoesNotSwitchItOff() {
        assertEquals(Duration.ofSeconds(16), policy.delay(5, Optional.of(Duration.ZERO), Duration.ZERO, 1).orElseThrow());
    }

    @Test
    void givesUp() {
        assertEquals(Optional.empty(), policy.delay(100, Optional.empty(), Duration.ZERO, 0), "attempts");
        assertEquals(Optional.empty(), policy.delay(1, Optional.of(Duration.ofSeconds(121)), Duration.ZERO, 0),
                "asked for more");
        assertEquals(Optional.empty(), policy.delay(1, Optional.empty(), Duration.ofSeconds(300), 1), "no time left");
        assertTrue(policy.delay(1, Optional.of(Duration.ofSeconds(120)), Duration.ZERO, 0).isPresent());
    }

    private Duration delay(int attempts, double chance) {
        return policy.delay(attempts, Optional.empty(), Duration.ZERO, chance).orElseThrow();
    }
}
