package agent;

/**
 * Tokens of one or several model calls, counted as the GenAI conventions do.
 *
 * @param input everything sent, what came from a cache or went into one included
 * @param output everything produced, thinking included
 * @param cacheRead the part of {@code input} that came from a cache
 * @param cacheCreation the part of {@code input} that was written to a cache
 * @param reasoning the part of {@code output} that was thinking
 */
public record TokenUsage(long input, long output, long cacheRead, long cacheCreation, long reasoning) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0);

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(input + other.input, output + other.output, cacheRead + other.cacheRead,
                cacheCreation + other.cacheCreation, reasoning + other.reasoning);
    }

    public long total() {
        return input + output;
    }
}
