package embedded.store;

import contract.Attributes;
import contract.Spans;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one of PA's spans says about its run. Money and tokens stand on the leaf calls only, so that a sum over spans counts
 * nothing twice.
 *
 * @param session empty when the span does not say
 * @param end what only the span of the whole task knows; empty for all others, and while the run goes on
 * @param costUsd of this span alone; absent where no price is known
 */
public record RunFacts(String session, boolean rehearsal, Optional<Ending> end, Optional<Double> costUsd, long inputTokens,
        long outputTokens, int rounds) {

    /** How the run ended. */
    record Ending(String status, int exitCode, int iterations, Optional<Double> costUsd, String reasoner, String worker) {}

    private static final List<String> NAMES = List.of(Spans.RUN_TASK, Spans.SELF_CHECK, Spans.WORKER, Spans.REASONING,
            Spans.MODEL_CALL);

    /** What this span says about a run; empty for spans that are not of PA's making. */
    public static Optional<RunFacts> of(Span span) {
        String name = span.getName();
        if (!NAMES.contains(name) && !name.startsWith(Spans.FUNCTION_PREFIX)) {
            return Optional.empty();
        }
        Map<String, AnyValue> attributes = new HashMap<>();
        for (KeyValue attribute : span.getAttributesList()) {
            attributes.put(attribute.getKey(), attribute.getValue());
        }
        boolean leaf = name.equals(Spans.WORKER) || name.equals(Spans.MODEL_CALL);
        return Optional.of(new RunFacts(
                text(attributes, Attributes.SESSION_ID),
                attributes.getOrDefault(Attributes.REHEARSAL, AnyValue.getDefaultInstance()).getBoolValue(),
                name.equals(Spans.RUN_TASK) ? Optional.of(ending(attributes)) : Optional.empty(),
                leaf ? number(attributes, Attributes.COST_USD) : Optional.empty(),
                leaf ? whole(attributes, Attributes.INPUT_TOKENS) : 0,
                leaf ? whole(attributes, Attributes.OUTPUT_TOKENS) : 0,
                name.equals(Spans.WORKER) ? 1 : 0));
    }

    private static Ending ending(Map<String, AnyValue> attributes) {
        return new Ending(text(attributes, Attributes.STATUS), (int) whole(attributes, Attributes.EXIT_CODE),
                (int) whole(attributes, Attributes.ITERATIONS), number(attributes, Attributes.COST_TOTAL_USD),
                text(attributes, Attributes.REASONER), text(attributes, Attributes.WORKER));
    }

    private static String text(Map<String, AnyValue> attributes, String key) {
        return attributes.getOrDefault(key, AnyValue.getDefaultInstance()).getStringValue();
    }

    private static long whole(Map<String, AnyValue> attributes, String key) {
        return number(attributes, key).map(Math::round).orElse(0L);
    }

    private static Optional<Double> number(Map<String, AnyValue> attributes, String key) {
        AnyValue value = attributes.get(key);
        if (value == null) {
            return Optional.empty();
        }
        return switch (value.getValueCase()) {
            case INT_VALUE -> Optional.of((double) value.getIntValue());
            case DOUBLE_VALUE -> Optional.of(value.getDoubleValue());
            default -> Optional.empty();
        };
    }
}
