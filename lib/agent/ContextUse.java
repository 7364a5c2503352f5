package agent;

/**
 * How full a worker's conversation was at the end of a round.
 *
 * @param tokens of the last request of the conversation itself, cached ones included; 0 when it is not known
 * @param window how many its model can be sent; 0 when it is not known
 */
public record ContextUse(long tokens, long window) {
    public static final ContextUse UNKNOWN = new ContextUse(0, 0);
}
