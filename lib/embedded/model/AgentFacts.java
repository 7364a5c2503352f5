package embedded.model;

import embedded.Nanos;
import embedded.Values;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Optional;

/**
 * What one of Claude Code's own spans adds to what is known of a run: how long it waited for a person, how full its context
 * was, and what its sub-agents used. Names as Claude Code's tracing has them.
 *
 * @param waitNanos time in which a person was asked for leave
 * @param contextTokens of this call: what was sent, the cache included
 * @param tokens that this call used
 * @param subAgent whether a sub-agent made the call
 */
public record AgentFacts(long waitNanos, long contextTokens, long tokens, boolean subAgent) {
    private static final String CALL = "claude_code.llm_request";
    private static final String WAIT = "claude_code.tool.blocked_on_user";
    private static final String MAIN = "main";

    /** Empty for spans that say nothing of this. */
    public static Optional<AgentFacts> of(Span span) {
        if (span.getName().equals(WAIT)) {
            return Optional.of(new AgentFacts(Nanos.took(span.getStartTimeUnixNano(), span.getEndTimeUnixNano()),
                    0, 0, false));
        }
        if (!span.getName().equals(CALL)) {
            return Optional.empty();
        }
        long input = 0;
        long output = 0;
        boolean subAgent = false;
        for (KeyValue attribute : span.getAttributesList()) {
            AnyValue value = attribute.getValue();
            switch (attribute.getKey()) {
                case "input_tokens", "cache_read_tokens", "cache_creation_tokens" -> input += Values.count(value);
                case "output_tokens" -> output += Values.count(value);
                case "agent_id" -> subAgent |= !value.getStringValue().isEmpty();
                case "query_source" -> subAgent |= value.getStringValue().startsWith("agent:")
                        && !value.getStringValue().endsWith(MAIN);
                default -> { }
            }
        }
        return Optional.of(new AgentFacts(0, input, input + output, subAgent));
    }
}
