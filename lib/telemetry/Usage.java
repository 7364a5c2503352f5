package telemetry;

import agent.TokenUsage;
import io.opentelemetry.api.trace.Span;

/** Token counts on a span; none where nothing was counted, as after a call that failed. */
final class Usage {
    private Usage() {}

    /** Anthropic counts what goes into its cache, and thinking is no number of its own. */
    static void ofWorker(Span span, TokenUsage usage) {
        if (usage.total() > 0) {
            common(span, usage);
            span.setAttribute(Keys.CACHE_CREATION_TOKENS, usage.cacheCreation());
        }
    }

    static void ofModel(Span span, TokenUsage usage) {
        if (usage.total() > 0) {
            common(span, usage);
            span.setAttribute(Keys.REASONING_TOKENS, usage.reasoning());
        }
    }

    private static void common(Span span, TokenUsage usage) {
        span.setAttribute(Keys.INPUT_TOKENS, usage.input());
        span.setAttribute(Keys.OUTPUT_TOKENS, usage.output());
        span.setAttribute(Keys.CACHE_READ_TOKENS, usage.cacheRead());
    }
}
