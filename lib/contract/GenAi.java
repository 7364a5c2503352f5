package contract;

/** Values of attributes whose set is fixed by the GenAI conventions or by the contract. */
public final class GenAi {
    /** {@link Attributes#OPERATION}. */
    public static final String GENERATE_CONTENT = "generate_content";
    public static final String EXECUTE_TOOL = "execute_tool";
    /** {@link Attributes#TOOL_TYPE}. */
    public static final String TOOL_TYPE_FUNCTION = "function";

    /** {@link Attributes#PROVIDER}. */
    public static final String PROVIDER_GEMINI = "gcp.gemini";
    public static final String PROVIDER_ANTHROPIC = "anthropic";

    /** {@link Attributes#TOKEN_TYPE} and the label {@code type} of {@link Metrics#TOKENS}. */
    public static final String INPUT = "input";
    public static final String OUTPUT = "output";
    /** Only of {@link Metrics#TOKENS}. */
    public static final String CACHE_READ = "cache_read";
    public static final String CACHE_CREATION = "cache_creation";
    public static final String REASONING = "reasoning";

    /** {@code ModelCall.api}, and {@link Attributes#PEER_SERVICE} of calls of Gemini. */
    public static final String GEMINI = "gemini";
    /** The worker's name, and its {@code api} in metrics. */
    public static final String CLAUDE = "claude";
    /** {@link Attributes#PEER_SERVICE} of rounds of Claude Code. */
    public static final String PEER_CLAUDE = "claude-code";

    private GenAi() {}
}
