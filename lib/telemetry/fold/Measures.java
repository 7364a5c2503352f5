package telemetry.fold;

import contract.Metric;
import java.time.Duration;

/**
 * Counts and measures as of the event at hand, in the span that it belongs to.
 *
 * @param tool the worker's tool that it belongs to; null for the innermost span that is open
 */
record Measures(Points points, EventClock clock, OpenSpans spans, String tool) {
    /** The same for a tool that has just ended. */
    Measures ofTool(String id) {
        return new Measures(points, clock, spans, id);
    }

    /** @param labels in the order of the metric's own; null for one that is not known */
    void add(Metric metric, double value, Object... labels) {
        points.record(metric, value, clock.nanos(), tool == null ? spans.context() : spans.toolContext(tool), labels);
    }

    /** Nothing for none: a series is there once something was counted on it. */
    void some(Metric metric, long count, Object... labels) {
        if (count > 0) {
            add(metric, count, labels);
        }
    }

    void seconds(Metric metric, Duration duration, Object... labels) {
        add(metric, duration.toNanos() / 1e9, labels);
    }
}
