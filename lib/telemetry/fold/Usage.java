package telemetry.fold;

import agent.ContextUse;
import agent.TokenUsage;
import agent.Usd;
import contract.Keys;
import java.util.Optional;

/** Token counts and money on a span; none where nothing was counted, as after a call that failed. */
final class Usage {
    private Usage() {}

    /** Anthropic counts what goes into its cache, and thinking is no number of its own. */
    static void ofWorker(OpenSpan span, TokenUsage usage) {
        if (usage.total() > 0) {
            common(span, usage);
            // Both generations' names of one count.
            span.set(Keys.CACHE_WRITE_TOKENS, usage.cacheCreation());
            span.set(Keys.CACHE_CREATION_TOKENS, usage.cacheCreation());
        }
    }

    static void ofModel(OpenSpan span, TokenUsage usage) {
        if (usage.total() > 0) {
            common(span, usage);
            span.set(Keys.REASONING_TOKENS, usage.reasoning());
        }
    }

    /** How full the conversation was; nothing where that is not known. */
    static void context(OpenSpan span, ContextUse context) {
        if (context.tokens() > 0) {
            span.set(Keys.CONTEXT_TOKENS, context.tokens());
        }
        if (context.window() > 0) {
            span.set(Keys.CONTEXT_WINDOW, context.window());
        }
    }

    /** What one call cost. A rehearsal's money is none: it has a name that nobody adds up. */
    static void cost(OpenSpan span, Optional<Usd> cost, boolean rehearsal) {
        cost.ifPresent(usd -> {
            if (rehearsal) {
                span.set(Keys.REHEARSAL_COST_USD, usd.toDouble());
            } else {
                span.set(Keys.COST_USD, usd.toDouble());
                span.set(Keys.USAGE_COST, usd.toDouble()); // What other backends read.
            }
        });
    }

    private static void common(OpenSpan span, TokenUsage usage) {
        span.set(Keys.INPUT_TOKENS, usage.input());
        span.set(Keys.OUTPUT_TOKENS, usage.output());
        span.set(Keys.CACHE_READ_TOKENS, usage.cacheRead());
    }
}
