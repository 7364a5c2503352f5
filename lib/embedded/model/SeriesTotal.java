package embedded.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the streams of one series add up to. A cumulative stream is told by the time at which it started: a program that runs
 * three times has three, each begins at nothing, and together they counted what the three runs counted. Two that send in turn
 * are two writers. Source: "Resets and Gaps" and "Overlap" in OpenTelemetry's metrics data model.
 */
public final class SeriesTotal {
    /** Streams that are likely to go on; the others stay in the sum, and are looked up when they do go on. */
    private static final int REMEMBERED = 32;

    private final MetricKind kind;
    private final boolean monotonic;
    /** By start, the one that sent last at the end. */
    private final Map<Long, Sample> streams = new LinkedHashMap<>(4, 0.75f, true);
    /** All others together; null when there are none. */
    private Sample rest;

    public SeriesTotal(MetricKind kind, boolean monotonic) {
        this.kind = kind;
        this.monotonic = monotonic;
    }

    /** What a stream had counted last, when it is remembered. */
    public Sample last(long start) {
        return streams.get(start);
    }

    public boolean knows(long start) {
        return streams.containsKey(start);
    }

    /** A stream's newest sample, in place of the one before. */
    public void put(Sample sample) {
        streams.put(sample.start(), sample);
        if (streams.size() > REMEMBERED) {
            Map.Entry<Long, Sample> eldest = streams.entrySet().iterator().next();
            streams.remove(eldest.getKey());
            addToRest(eldest.getValue());
        }
    }

    /** What is counted already of streams that are not told apart any more. */
    public void addToRest(Sample sample) {
        rest = rest == null ? sample : rest.plus(sample);
    }

    /** A stream that stands in the rest goes on: from now on it is told apart again. */
    public void takeFromRest(Sample sample) {
        if (rest != null) {
            rest = new Sample(rest.start(), rest.time(), false, rest.value() - sample.value(),
                    rest.distribution().since(sample.distribution()), rest.exemplars(), rest.marks());
        }
        put(sample);
    }

    /** The streams that go on after a loss of memory, by their newest point. */
    Optional<Sample> newest() {
        return streams.values().stream().reduce((one, other) -> other.time() >= one.time() ? other : one);
    }

    /** About how many bytes it holds. */
    public long bytes() {
        return (rest == null ? 0 : rest.bytes()) + streams.values().stream().mapToLong(Sample::bytes).sum();
    }

    /** The value of the series now. */
    public Sample now() {
        Sample newest = newest().orElseThrow();
        if (kind == MetricKind.GAUGE || kind == MetricKind.SUMMARY) {
            return newest;
        }
        if (kind == MetricKind.SUM && !monotonic) {
            return level(newest);
        }
        return Stream.concat(Stream.ofNullable(rest), streams.values().stream()).reduce(Sample::plus).orElseThrow()
                .withExemplarsOf(newest);
    }

    /**
     * A level is taken back when its process goes, and a process that is killed does not take it back: a stream counts no
     * more once another has begun after its last word.
     */
    private Sample level(Sample newest) {
        return streams.values().stream().filter(stream -> streams.values().stream().noneMatch(
                other -> other.start() >= stream.time() && other.start() > stream.start()))
                .reduce(Sample::plus).orElse(newest);
    }
}
