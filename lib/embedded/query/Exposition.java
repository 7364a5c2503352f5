package embedded.query;

import com.google.protobuf.InvalidProtocolBufferException;
import embedded.Values;
import embedded.store.Distribution;
import embedded.store.LiveSeries;
import embedded.store.MetricKind;
import embedded.store.Sample;
import embedded.store.SeriesKey;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last values of all live series as text for Prometheus: format 0.0.4, or OpenMetrics 1.0 with exemplars when that is
 * asked for. Labels as the Collector's exporter gives them: {@code job} is namespace and name of the service,
 * {@code instance} its instance id, {@code otel_scope_name} the library; and of the resource those attributes that panels
 * tell series apart by.
 */
public final class Exposition {
    public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    public static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final String OURS = "agentproxy.";
    private static final List<String> PROMOTED = List.of("service.name", "service.namespace", "service.instance.id");
    /** What must be escaped within the quotes of a label's value. */
    private static final String QUOTE_ESCAPES = "\\\"\n";

    private final boolean openMetrics;
    private final StringBuilder out = new StringBuilder(16 << 10);
    private final Map<SeriesKey, SortedMap<String, String>> labels = new LinkedHashMap<>();

    private Exposition(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    public static String write(List<LiveSeries.Reading> readings, boolean openMetrics) {
        Exposition exposition = new Exposition(openMetrics);
        exposition.write(readings);
        return exposition.out.toString();
    }

    private void write(List<LiveSeries.Reading> readings) {
        Map<String, List<LiveSeries.Reading>> families = new TreeMap<>();
        for (LiveSeries.Reading reading : readings) {
            SeriesKey key = reading.key();
            labels.put(key, labels(key));
            families.computeIfAbsent(PrometheusNames.metric(key.name(), key.unit(), key.kind(), key.monotonic()),
                    name -> new ArrayList<>()).add(reading);
        }
        families.forEach(this::family);
        targetInfo(readings);
        if (openMetrics) {
            out.append("# EOF\n");
        }
    }

    private void family(String name, List<LiveSeries.Reading> readings) {
        SeriesKey first = readings.get(0).key();
        String type = type(first);
        // OpenMetrics names the family of a counter without its suffix.
        String family = openMetrics && type.equals("counter") ? name.substring(0, name.length() - "_total".length()) : name;
        out.append("# HELP ").append(family).append(' ').append(escaped(first.description(), "\\\n")).append('\n');
        out.append("# TYPE ").append(family).append(' ').append(type).append('\n');
        readings.stream().filter(reading -> type(reading.key()).equals(type)) // a name has one type
                .sorted(Comparator.comparing(reading -> labels.get(reading.key()).toString()))
                .forEach(reading -> series(name, reading));
    }

    private static String type(SeriesKey key) {
        return switch (key.kind()) {
            case GAUGE -> "gauge";
            case SUM -> key.monotonic() ? "counter" : "gauge";
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> "histogram";
            case SUMMARY -> "summary";
        };
    }

    private void series(String name, LiveSeries.Reading reading) {
        SortedMap<String, String> own = labels.get(reading.key());
        Sample sample = reading.sample();
        if (!reading.key().kind().hasDistribution()) {
            out.append(line(name, own, "", sample.value()));
            exemplar(sample.exemplars(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY,
                    reading.key().kind() == MetricKind.SUM && reading.key().monotonic());
            out.append('\n');
            return;
        }
        Distribution distribution = sample.distribution();
        if (reading.key().kind() != MetricKind.SUMMARY) {
            buckets(name, own, sample);
        }
        out.append(line(name + "_sum", own, "", distribution.sum()));
        out.append('\n');
        out.append(line(name + "_count", own, "", distribution.count()));
        out.append('\n');
    }

    private void buckets(String name, SortedMap<String, String> own, Sample sample) {
        Distribution distribution = sample.distribution();
        long below = 0;
        double lower = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < distribution.bounds().length; i++) {
            below += distribution.counts()[i];
            double bound = distribution.bounds()[i];
            out.append(line(name + "_bucket", own, number(bound), below));
            exemplar(sample.exemplars(), lower, bound, true);
            out.append('\n');
            lower = bound;
        }
        out.append(line(name + "_bucket", own, "+Inf", distribution.count()));
        exemplar(sample.exemplars(), lower, Double.POSITIVE_INFINITY, true);
        out.append('\n');
    }

    private static String line(String name, SortedMap<String, String> own, String bound, double value) {
        StringBuilder out = new StringBuilder(name).append('{');
        String comma = "";
        for (Map.Entry<String, String> label : own.entrySet()) {
            out.append(comma).append(label.getKey()).append("=\"").append(escaped(label.getValue(), QUOTE_ESCAPES))
                    .append('"');
            comma = ",";
        }
        if (!bound.isEmpty()) {
            out.append(comma).append("le=\"").append(bound).append('"');
        }
        return out.append("} ").append(number(value)).toString();
    }

    /** The newest measurement within these bounds that leads to a trace. */
    private void exemplar(List<Sample.ExemplarPoint> exemplars, double lower, double upper, boolean allowed) {
        if (!openMetrics || !allowed) {
            return;
        }
        exemplars.stream().filter(e -> e.value() > lower && e.value() <= upper && !e.traceId().isEmpty())
                .max(Comparator.comparingLong(Sample.ExemplarPoint::time))
                .ifPresent(e -> out.append(" # {trace_id=\"").append(e.traceId()).append("\",span_id=\"").append(e.spanId())
                        .append("\"} ").append(number(e.value())).append(' ').append(number(e.time() / 1e9)));
    }

    private void targetInfo(List<LiveSeries.Reading> readings) {
        Map<String, String> lines = new TreeMap<>();
        for (LiveSeries.Reading reading : readings) {
            SortedMap<String, String> info = new TreeMap<>();
            List<KeyValue> attributes = resource(reading.key());
            attributes.forEach(attribute -> info.put(PrometheusNames.label(attribute.getKey()),
                    Values.text(attribute.getValue())));
            PROMOTED.forEach(key -> info.remove(PrometheusNames.label(key)));
            identity(attributes, info);
            lines.computeIfAbsent(info.toString(), same -> line("target_info", info, "", 1) + "\n");
        }
        if (!lines.isEmpty()) {
            String family = openMetrics ? "target" : "target_info";
            out.append("# HELP ").append(family).append(" Target metadata\n# TYPE ").append(family)
                    .append(openMetrics ? " info\n" : " gauge\n");
            lines.values().forEach(out::append);
        }
    }

    private static SortedMap<String, String> labels(SeriesKey key) {
        SortedMap<String, String> labels = new TreeMap<>();
        List<KeyValue> resource = resource(key);
        for (KeyValue attribute : resource) {
            if (PROMOTED.contains(attribute.getKey()) || attribute.getKey().startsWith(OURS)) {
                labels.put(PrometheusNames.label(attribute.getKey()), Values.text(attribute.getValue()));
            }
        }
        key.attributes().forEach((name, value) -> labels.merge(PrometheusNames.label(name), value,
                // Two keys that escape to the same label: the specification joins their values.
                (before, after) -> PROMOTED.contains(name) ? after : before + ";" + after));
        identity(resource, labels);
        String scope = scopeName(key);
        if (!scope.isEmpty()) {
            labels.put("otel_scope_name", scope);
        }
        return labels;
    }

    private static void identity(List<KeyValue> resource, SortedMap<String, String> labels) {
        String namespace = Values.of(resource, "service.namespace");
        String name = Values.of(resource, Values.SERVICE_NAME);
        String instance = Values.of(resource, "service.instance.id");
        if (!name.isEmpty()) {
            labels.put("job", namespace.isEmpty() ? name : namespace + "/" + name);
        }
        if (!instance.isEmpty()) {
            labels.put("instance", instance);
        }
    }

    private static List<KeyValue> resource(SeriesKey key) {
        try {
            return Resource.parseFrom(key.resource()).getAttributesList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("was parsed when it was taken in", e);
        }
    }

    private static String scopeName(SeriesKey key) {
        try {
            return InstrumentationScope.parseFrom(key.scope()).getName();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("was parsed when it was taken in", e);
        }
    }

    private static String number(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return "+Inf";
        }
        if (value == Double.NEGATIVE_INFINITY) {
            return "-Inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }

    private static String escaped(String text, String special) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (special.indexOf(c) >= 0) {
                escaped.append('\\').append(c == '\n' ? 'n' : c);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
