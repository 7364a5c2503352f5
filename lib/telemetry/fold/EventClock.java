package telemetry.fold;

import java.time.Instant;

/** Which event is at hand, and when it happened. A reading has no other time. Used by one thread. */
final class EventClock {
    private static final long NANOS = 1_000_000_000L;

    private long event;
    private long nanos;
    private int records;

    void at(long number, Instant time) {
        event = number;
        nanos = epochNanos(time);
        records = 0;
    }

    /** The event after the last one, at the same time. */
    void next() {
        event++;
        records = 0;
    }

    /** The number of the event in its journal. */
    long event() {
        return event;
    }

    /** Nanoseconds since the epoch. */
    long nanos() {
        return nanos;
    }

    /** The number of the next log record that this event makes, from 0. */
    int nextRecord() {
        return records++;
    }

    static long epochNanos(Instant time) {
        return time.getEpochSecond() * NANOS + time.getNano();
    }
}
