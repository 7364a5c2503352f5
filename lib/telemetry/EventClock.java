package telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.time.Instant;
import java.util.Optional;

/** When the event at hand happened: now, unless it is one that telemetry learns of late. Used by one thread. */
final class EventClock {
    private Optional<Instant> past = Optional.empty();

    /** From here on events happened at this time. */
    void at(Instant time) {
        past = Optional.of(time);
    }

    /** From here on events happen now. */
    void live() {
        past = Optional.empty();
    }

    /** Empty when it is now: the SDK's own clock is then the better one. */
    Optional<Instant> past() {
        return past;
    }

    /** Adds an event to a span, at the time of the event at hand. */
    void addEvent(Span span, String name, Attributes attributes) {
        past.ifPresentOrElse(time -> span.addEvent(name, attributes, time), () -> span.addEvent(name, attributes));
    }

    Instant now() {
        return past.orElseGet(Instant::now);
    }
}
