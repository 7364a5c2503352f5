package agent;

import java.time.Duration;

/**
 * Sums over a session.
 *
 * @param costIncomplete whether some call had no known price, so that {@code cost} is a lower bound
 */
public record Totals(int iterations, int rounds, TokenUsage usage, Usd cost, boolean costIncomplete, Duration duration) {}
