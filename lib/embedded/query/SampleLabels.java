package embedded.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import embedded.Values;
import embedded.model.SeriesKey;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels of a series for Prometheus: {@code job} is namespace and name of the service, {@code instance} its instance id,
 * {@code otel_scope_…} the library; of the resource those attributes that panels tell series apart by; and the point's own. An
 * attribute that would take a label which means something else comes as {@code exported_…}. Source: "Prometheus and OpenMetrics
 * Compatibility" in the OpenTelemetry specification.
 */
final class SampleLabels {
    static final String METRIC_NAME = "otel_metric_name";
    static final String SERIES = "otel_series";
    private static final String SCOPE = "otel_scope_";
    private static final String OURS = "agentproxy.";
    private static final List<String> PROMOTED = List.of("service.name", "service.namespace", "service.instance.id");
    private static final Set<String> RESERVED = Set.of("job", "instance", "le", "quantile", METRIC_NAME, SERIES);
    private static final int MOST_JOINED_CHARS = 4096;
    private static final String RENAMED = "exported_";

    private SampleLabels() {}

    static SortedMap<String, String> of(SeriesKey key) {
        SortedMap<String, String> labels = new TreeMap<>();
        List<KeyValue> resource = resource(key);
        for (KeyValue attribute : resource) {
            if (PROMOTED.contains(attribute.getKey()) || attribute.getKey().startsWith(OURS)) {
                labels.put(PrometheusNames.label(attribute.getKey()), Values.text(attribute.getValue()));
            }
        }
        key.attributes().forEach((name, value) -> labels.merge(free(name), value,
                (before, after) -> PROMOTED.contains(name) ? after : joined(before, after)));
        identity(resource, labels);
        scope(key, labels);
        // To Prometheus a label without a value is none: two lines that differ by it alone would be one series.
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    /** Two keys that escape to the same label: the specification joins their values. Thousands are not meant by it. */
    private static String joined(String before, String after) {
        return before.equals(after) || before.length() > MOST_JOINED_CHARS ? before : before + ";" + after;
    }

    private static String free(String key) {
        String label = PrometheusNames.label(key);
        return RESERVED.contains(label) || label.startsWith(SCOPE) ? RENAMED + label : label;
    }

    private static void scope(SeriesKey key, SortedMap<String, String> labels) {
        InstrumentationScope scope = parsed(InstrumentationScope.parser(), key.scope());
        scope.getAttributesList().forEach(attribute -> labels.merge(PrometheusNames.label(SCOPE + attribute.getKey()),
                Values.text(attribute.getValue()), SampleLabels::joined));
        put(labels, SCOPE + "name", scope.getName());
        put(labels, SCOPE + "version", scope.getVersion());
        put(labels, SCOPE + "schema_url", key.scopeSchema());
    }

    private static void put(SortedMap<String, String> labels, String label, String value) {
        if (!value.isEmpty()) {
            labels.put(label, value);
        }
    }

    /** Everything else that is known of a resource, under the labels that lead to it; empty for one without a name. */
    static SortedMap<String, String> target(SeriesKey key) {
        List<KeyValue> attributes = resource(key);
        SortedMap<String, String> identity = new TreeMap<>();
        identity(attributes, identity);
        if (identity.isEmpty()) {
            return identity;
        }
        SortedMap<String, String> target = new TreeMap<>();
        for (KeyValue attribute : attributes) {
            if (!PROMOTED.contains(attribute.getKey())) {
                target.merge(free(attribute.getKey()), Values.text(attribute.getValue()), SampleLabels::joined);
            }
        }
        target.putAll(identity);
        return target;
    }

    /** {@code job} and {@code instance}, as far as the resource says. */
    static SortedMap<String, String> identity(SeriesKey key) {
        SortedMap<String, String> identity = new TreeMap<>();
        identity(resource(key), identity);
        return identity;
    }

    private static void identity(List<KeyValue> resource, SortedMap<String, String> labels) {
        String namespace = Values.of(resource, "service.namespace");
        String name = Values.of(resource, Values.SERVICE_NAME);
        if (!name.isEmpty()) {
            labels.put("job", namespace.isEmpty() ? name : namespace + "/" + name);
        }
        put(labels, "instance", Values.of(resource, "service.instance.id"));
    }

    private static List<KeyValue> resource(SeriesKey key) {
        return parsed(Resource.parser(), key.resource()).getAttributesList();
    }

    private static <T> T parsed(Parser<T> parser, ByteString bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("was parsed when it was taken in", e);
        }
    }
}
