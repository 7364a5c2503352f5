package telemetry;

import contract.Metric;
import contract.Metrics;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The instruments of the contract. Values of attributes are given in the order in which the {@link Metric} lists its keys;
 * null leaves one out. Text among them is redacted and bounded in length. Used by one thread.
 */
final class Instruments {
    private static final int LABEL_LIMIT = 80;
    /** More than this would not be a bounded set. */
    private static final int KNOWN = 1_000;

    private final Meter meter;
    private final Redactor redactor;
    private final Map<Metric, Recorder> recorders = new IdentityHashMap<>();
    /** Sets of attributes seen so far, by metric and values: making one costs more than measuring. */
    private final Map<Metric, Map<List<Object>, Attributes>> known = new IdentityHashMap<>();

    /** What all kinds of instruments have in common. */
    private interface Recorder {
        void record(double value, Attributes attributes, Context context);
    }

    Instruments(Meter meter, Redactor redactor) {
        this.meter = meter;
        this.redactor = redactor;
        Metrics.all().forEach(metric -> {
            recorders.put(metric, recorder(metric));
            known.put(metric, new HashMap<>());
        });
    }

    /** @param context holds the span that an exemplar leads to */
    void record(Metric metric, double value, Context context, Object... attributes) {
        recorders.get(metric).record(value, attributes(metric, attributes), context);
    }

    private Attributes attributes(Metric metric, Object... values) {
        Map<List<Object>, Attributes> seen = known.get(metric);
        Attributes attributes = seen.get(Arrays.asList(values));
        if (attributes == null) {
            if (seen.size() >= KNOWN) {
                seen.clear();
            }
            attributes = make(metric, values);
            seen.put(Arrays.asList(values.clone()), attributes);
        }
        return attributes;
    }

    private Attributes make(Metric metric, Object... values) {
        List<String> keys = metric.attributes();
        if (values.length != keys.size()) {
            throw new IllegalArgumentException(metric.name() + " has the attributes " + keys);
        }
        AttributesBuilder attributes = Attributes.builder();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Number number) {
                attributes.put(AttributeKey.longKey(keys.get(i)), number.longValue());
            } else if (values[i] != null) {
                attributes.put(AttributeKey.stringKey(keys.get(i)), label(values[i].toString()));
            }
        }
        return attributes.build();
    }

    private String label(String value) {
        return Text.line(redactor.redact(value), LABEL_LIMIT);
    }

    private Recorder recorder(Metric metric) {
        // Seconds and money are fractions, everything else is counted.
        boolean fraction = metric.unit().equals("s") || metric.unit().equals("USD");
        return switch (metric.kind()) {
            case COUNTER -> fraction ? doubleCounter(metric) : longCounter(metric);
            case UP_DOWN_COUNTER -> {
                LongUpDownCounter counter = meter.upDownCounterBuilder(metric.name())
                        .setUnit(metric.unit()).setDescription(metric.description()).build();
                yield (value, attributes, context) -> counter.add((long) value, attributes, context);
            }
            case HISTOGRAM -> fraction ? doubleHistogram(metric) : longHistogram(metric);
        };
    }

    private Recorder longCounter(Metric metric) {
        LongCounter counter = meter.counterBuilder(metric.name())
                .setUnit(metric.unit()).setDescription(metric.description()).build();
        return (value, attributes, context) -> counter.add((long) value, attributes, context);
    }

    private Recorder doubleCounter(Metric metric) {
        DoubleCounter counter = meter.counterBuilder(metric.name())
                .setUnit(metric.unit()).setDescription(metric.description()).ofDoubles().build();
        return counter::add;
    }

    private Recorder doubleHistogram(Metric metric) {
        DoubleHistogram histogram = meter.histogramBuilder(metric.name())
                .setUnit(metric.unit()).setDescription(metric.description())
                .setExplicitBucketBoundariesAdvice(metric.bounds()).build();
        return histogram::record;
    }

    private Recorder longHistogram(Metric metric) {
        List<Long> bounds = metric.bounds().stream().map(Double::longValue).collect(Collectors.toList());
        LongHistogram histogram = meter.histogramBuilder(metric.name())
                .setUnit(metric.unit()).setDescription(metric.description())
                .ofLongs().setExplicitBucketBoundariesAdvice(bounds).build();
        return (value, attributes, context) -> histogram.record((long) value, attributes, context);
    }
}
