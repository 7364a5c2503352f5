package agent;

/** How many tests a runner reported, by their results. */
public record TestCounts(int passed, int failed, int skipped) {}
