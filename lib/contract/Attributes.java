package contract;

/** Keys of attributes on spans, metrics, logs and resources. The GenAI names still move: they stand here only. */
public final class Attributes {
    // Resource
    public static final String SERVICE_NAME = "service.name";
    public static final String SERVICE_NAMESPACE = "service.namespace";
    public static final String SERVICE_VERSION = "service.version";
    /** One per process: two runs on one host must not overwrite each other's series. */
    public static final String SERVICE_INSTANCE_ID = "service.instance.id";
    public static final String HOST_NAME = "host.name";
    public static final String OWNER = "agentproxy.owner";
    public static final String PROJECT_ID = "agentproxy.project_id";
    public static final String ROLE = "agentproxy.role";
    /** PA's session on what Claude Code sends, whose {@code session.id} is its own. */
    public static final String PA_SESSION = "agentproxy.session_id";

    // On every span
    public static final String SESSION_ID = "session.id";
    public static final String CONVERSATION_ID = "gen_ai.conversation.id";
    public static final String ITERATION = "pa.iteration";
    public static final String ERROR_TYPE = "error.type";
    public static final String PEER_SERVICE = "peer.service";
    /** True where stand-ins answered and no model was called; absent otherwise. */
    public static final String REHEARSAL = "pa.rehearsal";

    // pa.run_task
    public static final String TASK_LENGTH = "pa.task.length";
    public static final String TASK_SHA256 = "pa.task.sha256";
    public static final String MAX_ITERATIONS = "pa.max_iterations";
    public static final String REASONER = "pa.reasoner";
    public static final String WORKER = "pa.worker";
    public static final String STATUS = "pa.status";
    public static final String ITERATIONS = "pa.iterations";
    public static final String EXIT_CODE = "pa.exit_code";
    public static final String COST_TOTAL_USD = "pa.cost.total_usd";
    /** One of {@link EvidenceLevel}. */
    public static final String EVIDENCE_LEVEL = "pa.evidence.level";
    /** The model that reviewed the change, where one did. */
    public static final String EVIDENCE_REVIEWER = "pa.evidence.reviewer";
    /** How many suspicions about the change are open. */
    public static final String SUSPICIONS = "pa.suspicions";
    /** How many files that define the check were changed. */
    public static final String GUARDED_CHANGED = "pa.guarded.changed";

    // claude.subprocess
    public static final String PROCESS_EXECUTABLE = "process.executable.name";
    public static final String PROCESS_PID = "process.pid";
    public static final String PROCESS_EXIT_CODE = "process.exit.code";
    public static final String CLAUDE_SESSION = "claude.session_id";
    public static final String CLAUDE_VERSION = "claude.version";
    public static final String CLAUDE_TURNS = "claude.num_turns";
    public static final String CLAUDE_API_MILLIS = "claude.duration_api_ms";
    public static final String CLAUDE_SUBTYPE = "claude.result_subtype";
    public static final String CLAUDE_DENIALS = "claude.permission_denials";
    public static final String CLAUDE_PROMPT_LENGTH = "claude.prompt_length";
    public static final String COST_USD = "agentproxy.cost.usd";

    // exception events, by OpenTelemetry's exception conventions
    public static final String EXCEPTION_TYPE = "exception.type";
    public static final String EXCEPTION_MESSAGE = "exception.message";

    // pa.reasoning_loop
    public static final String FUNCTION = "pa.function";
    public static final String OUTPUT_LENGTH = "pa.output_length";
    public static final String CONFIDENCE = "pa.confidence";

    // gemini.api.call
    public static final String GEMINI_ATTEMPTS = "gemini.attempts";
    public static final String SERVER_ADDRESS = "server.address";
    public static final String SERVER_PORT = "server.port";
    public static final String HTTP_STATUS = "http.response.status_code";
    /** The number of a failed attempt, from 1. */
    public static final String ATTEMPT_NUMBER = "pa.attempt.number";
    /** The wait before the next attempt, in milliseconds; absent when there is none. */
    public static final String ATTEMPT_DELAY_MILLIS = "pa.attempt.delay_ms";

    // pa.function.*
    public static final String FUNCTION_NAME = "pa.function.name";
    public static final String FUNCTION_SUCCESS = "pa.function.success";
    public static final String VERIFICATION_RESULT = "pa.verification.result";
    /** Where a check ran: {@code tree}, or in the copy {@code base} or {@code proof}. */
    public static final String VERIFICATION_PLACE = "pa.verification.place";

    // Log records
    /** Which API or worker a retry belongs to. */
    public static final String RETRY_API = "pa.retry.api";
    public static final String STALL_PATTERN = "pa.stall.pattern";
    /** Whether the stall ends the run. */
    public static final String STALL_STOPPING = "pa.stall.stopping";
    public static final String EVALUATION_NAME = "gen_ai.evaluation.name";
    public static final String EVALUATION_LABEL = "gen_ai.evaluation.score.label";
    public static final String EVALUATION_SCORE = "gen_ai.evaluation.score.value";

    // GenAI semantic conventions
    public static final String OPERATION = "gen_ai.operation.name";
    public static final String PROVIDER = "gen_ai.provider.name";
    public static final String REQUEST_MODEL = "gen_ai.request.model";
    public static final String REQUEST_TEMPERATURE = "gen_ai.request.temperature";
    public static final String REQUEST_MAX_TOKENS = "gen_ai.request.max_tokens";
    public static final String RESPONSE_MODEL = "gen_ai.response.model";
    public static final String RESPONSE_ID = "gen_ai.response.id";
    public static final String FINISH_REASONS = "gen_ai.response.finish_reasons";
    public static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";
    public static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";
    public static final String CACHE_READ_TOKENS = "gen_ai.usage.cache_read.input_tokens";
    public static final String CACHE_CREATION_TOKENS = "gen_ai.usage.cache_creation.input_tokens";
    public static final String REASONING_TOKENS = "gen_ai.usage.reasoning.output_tokens";
    public static final String TOKEN_TYPE = "gen_ai.token.type";
    public static final String TOOL_NAME = "gen_ai.tool.name";
    public static final String TOOL_CALL_ID = "gen_ai.tool.call.id";
    public static final String TOOL_TYPE = "gen_ai.tool.type";
    /** Opt-in content, as the conventions' JSON. */
    public static final String INPUT_MESSAGES = "gen_ai.input.messages";
    public static final String OUTPUT_MESSAGES = "gen_ai.output.messages";

    private Attributes() {}
}
