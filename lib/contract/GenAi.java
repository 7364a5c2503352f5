package contract;

/** Values of attributes whose set is fixed by the GenAI conventions or by the contract. */
public final class GenAi {
    /** {@link Keys#OPERATION}. */
    public static final String GENERATE_CONTENT = "generate_content";
    public static final String CHAT = "chat";
    public static final String EXECUTE_TOOL = "execute_tool";
    public static final String INVOKE_AGENT = "invoke_agent";
    public static final String INVOKE_WORKFLOW = "invoke_workflow";
    /** {@link Keys#AGENT_NAME} and {@link Keys#WORKFLOW_NAME} of PA itself. */
    public static final String PA = "pa";
    /** {@link Keys#TOOL_TYPE}. */
    public static final String TOOL_TYPE_FUNCTION = "function";

    /** {@link Keys#PROVIDER}. */
    public static final String PROVIDER_GEMINI = "gcp.gemini";
    public static final String PROVIDER_ANTHROPIC = "anthropic";

    /** {@link Keys#TOKEN_MODALITY}: neither API tells text from pictures in what it counts. */
    public static final String MODALITY_UNKNOWN = "unknown";

    /** {@link Keys#TOKEN_TYPE} and the label {@code type} of {@link Metrics#TOKENS}. */
    public static final String INPUT = "input";
    public static final String OUTPUT = "output";
    /** Only of {@link Metrics#TOKENS}. */
    public static final String CACHE_READ = "cache_read";
    public static final String CACHE_CREATION = "cache_creation";
    public static final String REASONING = "reasoning";

    /** {@code ModelCall.api}, and {@link Keys#PEER_SERVICE} of calls of Gemini. */
    public static final String GEMINI = "gemini";
    /** The worker's name, and its {@code api} in metrics. */
    public static final String CLAUDE = "claude";
    /** {@link Keys#PEER_SERVICE} of rounds of Claude Code. */
    public static final String PEER_CLAUDE = "claude-code";

    private GenAi() {}

    /** {@link Keys#PROVIDER} of a judge's API; its own name where the conventions have none. */
    public static String provider(String api) {
        return switch (api) {
            case GEMINI -> PROVIDER_GEMINI;
            case "claude_judge" -> PROVIDER_ANTHROPIC;
            default -> api;
        };
    }

    /** {@link Keys#PROVIDER} of a worker; its own name where the conventions have none, since an agent must have one. */
    public static String workerProvider(String worker) {
        return switch (worker) {
            case CLAUDE -> PROVIDER_ANTHROPIC;
            case "codex" -> "openai";
            case GEMINI -> PROVIDER_GEMINI;
            default -> worker;
        };
    }

    /** {@link Keys#PROVIDER} of a reasoner; its own name where no model decides. */
    public static String reasonerProvider(String reasoner) {
        return switch (reasoner) {
            case GEMINI -> PROVIDER_GEMINI;
            case CLAUDE -> PROVIDER_ANTHROPIC;
            default -> reasoner;
        };
    }

    /** {@link Keys#OPERATION} of a call of a judge's API. */
    public static String operation(String api) {
        return api.equals(GEMINI) ? GENERATE_CONTENT : CHAT;
    }

    /** What a worker is called as an agent and as a peer: {@code claude-code}, or its own name. */
    public static String agent(String worker) {
        return worker.equals(CLAUDE) ? PEER_CLAUDE : worker;
    }
}
