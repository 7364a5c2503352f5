package embedded.model;

import contract.Keys;
import contract.Spans;
import embedded.Values;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one span says about the run that it belongs to. Money and tokens stand on the leaf calls only, so that a sum over
 * spans counts nothing twice; what a rehearsal says it cost is kept apart from money.
 *
 * @param session empty when the span does not say
 * @param kind what the span is in its run
 * @param end what only the span of the whole task knows; empty for all others, and while the run goes on
 * @param told what a worker was told, in short; empty for all others
 * @param used by this span alone; nothing where it is no leaf
 * @param failed whether it is a check that was red
 */
public record RunFacts(String session, String project, boolean rehearsal, Kind kind, Optional<Ending> end, String told,
        Used used, boolean failed) {

    /** What a span is in its run. */
    public enum Kind {
        /** The whole task. */
        TASK,
        /** A round of the worker. */
        WORKER,
        /** A call of the reasoner's model. */
        CALL,
        /** Something that PA had verified. */
        CHECK,
        /** Any other of PA's. */
        OTHER
    }

    /** How the run ended. */
    public record Ending(String status, int exitCode, Optional<Integer> rounds, Optional<Double> costUsd, String evidence,
            String reasoner, String worker, String title) {}

    /**
     * What a call of a model or a round of a worker took.
     *
     * @param model empty when it is not known
     * @param usd absent where no price is known, and in a rehearsal
     * @param rehearsedUsd the same of a rehearsal, whatever its sender called it
     * @param inputTokens with what came from the cache
     * @param contextTokens how much of its context a worker used; 0 when it does not say
     */
    public record Used(String model, Optional<Double> usd, Optional<Double> rehearsedUsd, long inputTokens,
            long outputTokens, long cacheReadTokens, long contextTokens) {
        private static final Used NOTHING = new Used("", Optional.empty(), Optional.empty(), 0, 0, 0, 0);
    }

    private static final String WORKER_SUFFIX = ".subprocess";
    private static final String CALL_SUFFIX = ".api.call";
    private static final String CLAUDE_PREFIX = "claude_code.";

    private static final int TITLE_CHARS = 240;
    private static final int MAX_EXIT_CODE = 255;

    /** What this span says about a run; empty for spans that are not of PA's making. */
    public static Optional<RunFacts> of(Span span) {
        Kind kind = kind(span.getName());
        if (kind == null) {
            return Optional.empty();
        }
        Map<String, AnyValue> attributes = new HashMap<>();
        for (KeyValue attribute : span.getAttributesList()) {
            attributes.put(attribute.getKey(), attribute.getValue());
        }
        boolean check = attributes.containsKey(Keys.VERIFICATION_RESULT);
        boolean rehearsal = attributes.getOrDefault(Keys.REHEARSAL, AnyValue.getDefaultInstance()).getBoolValue();
        return Optional.of(new RunFacts(
                text(attributes, Keys.SESSION_ID), text(attributes, Keys.PROJECT_ID), rehearsal,
                check ? Kind.CHECK : kind,
                kind == Kind.TASK ? Optional.of(ending(attributes, rehearsal)) : Optional.empty(),
                kind == Kind.WORKER ? MessageText.paragraph(wholeText(attributes, Keys.INPUT_MESSAGES), TITLE_CHARS) : "",
                kind == Kind.WORKER || kind == Kind.CALL ? used(attributes, kind, rehearsal) : Used.NOTHING,
                check && text(attributes, Keys.VERIFICATION_RESULT).equals("fail")));
    }

    private static Used used(Map<String, AnyValue> attributes, Kind kind, boolean rehearsal) {
        String answered = text(attributes, Keys.RESPONSE_MODEL);
        Optional<Double> cost = usd(attributes, Keys.COST_USD);
        return new Used(answered.isEmpty() ? text(attributes, Keys.REQUEST_MODEL) : answered,
                rehearsal ? Optional.empty() : cost,
                rehearsal ? usd(attributes, Keys.REHEARSAL_COST_USD).or(() -> cost) : Optional.empty(),
                whole(attributes, Keys.INPUT_TOKENS), whole(attributes, Keys.OUTPUT_TOKENS),
                whole(attributes, Keys.CACHE_READ_TOKENS), kind == Kind.WORKER ? whole(attributes, Keys.CONTEXT_TOKENS) : 0);
    }

    /** Whether a span of this name is one of PA's own. */
    public static boolean isOfRun(String name) {
        return kind(name) != null;
    }

    private static Kind kind(String name) {
        if (name.startsWith(CLAUDE_PREFIX)) {
            return null;
        }
        if (name.equals(Spans.RUN_TASK) || name.equals(Spans.VERIFY)) {
            return Kind.TASK;
        }
        if (name.endsWith(WORKER_SUFFIX)) {
            return Kind.WORKER;
        }
        if (name.endsWith(CALL_SUFFIX)) {
            return Kind.CALL;
        }
        return name.equals(Spans.SELF_CHECK) || name.equals(Spans.REASONING) || name.startsWith(Spans.FUNCTION_PREFIX)
                ? Kind.OTHER : null;
    }

    private static Ending ending(Map<String, AnyValue> attributes, boolean rehearsal) {
        Optional<Double> total = usd(attributes, Keys.COST_TOTAL_USD);
        return new Ending(text(attributes, Keys.STATUS), exitCode(attributes),
                Optional.ofNullable(attributes.get(Keys.ROUNDS)).map(Values::count)
                        .map(rounds -> (int) Math.min(rounds, Integer.MAX_VALUE)),
                rehearsal ? usd(attributes, Keys.REHEARSAL_COST_USD).or(() -> total) : total,
                text(attributes, Keys.EVIDENCE_LEVEL), text(attributes, Keys.REASONER),
                text(attributes, Keys.WORKER),
                MessageText.first(wholeText(attributes, Keys.INPUT_MESSAGES), TITLE_CHARS));
    }

    private static String text(Map<String, AnyValue> attributes, String key) {
        return Values.name(wholeText(attributes, key));
    }

    private static String wholeText(Map<String, AnyValue> attributes, String key) {
        return attributes.getOrDefault(key, AnyValue.getDefaultInstance()).getStringValue();
    }

    private static long whole(Map<String, AnyValue> attributes, String key) {
        return Values.count(attributes.getOrDefault(key, AnyValue.getDefaultInstance()));
    }

    /** A process ends with one byte; -1 stands for what no process can end with. */
    private static int exitCode(Map<String, AnyValue> attributes) {
        long code = attributes.getOrDefault(Keys.EXIT_CODE, AnyValue.getDefaultInstance()).getIntValue();
        return code >= 0 && code <= MAX_EXIT_CODE ? (int) code : -1;
    }

    private static Optional<Double> usd(Map<String, AnyValue> attributes, String key) {
        return Values.usd(attributes.getOrDefault(key, AnyValue.getDefaultInstance()));
    }
}
