package reasoning;

import agent.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Waits without waiting: time goes on only in pauses, and chance is always the same. */
public final class FakeTiming implements Timing {
    public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    public static final double CHANCE = 0.5;

    private final List<Duration> waits = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    public List<Duration> waits() {
        return waits;
    }

    @Override
    public Instant now() {
        return START.plus(passed);
    }

    @Override
    public long nanos() {
        return passed.toNanos();
    }

    @Override
    public double chance() {
        return CHANCE;
    }

    @Override
    public void pause(Duration wait, Bounds bounds) throws InterruptedException {
        waits.add(wait);
        passed = passed.plus(wait);
        Timing.check(bounds);
    }
}
