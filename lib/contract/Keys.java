package contract;

/** Keys of attributes on spans, metrics, logs and resources. The GenAI names still move: they stand here only. */
public final class Keys {
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
    /** Rounds of the worker, counted over the session from 1; {@link #ITERATION} counts decisions. */
    public static final String ROUND = "pa.round";
    public static final String ERROR_TYPE = "error.type";
    public static final String PEER_SERVICE = "peer.service";
    /** The convention's name of what {@link #PEER_SERVICE} says; Tempo's service graph reads that one. */
    public static final String SERVICE_PEER_NAME = "service.peer.name";
    /** True where stand-ins answered and no model was called; absent otherwise. */
    public static final String REHEARSAL = "pa.rehearsal";
    /** The same on points of metrics, {@code true} or absent. */
    public static final String REHEARSAL_LABEL = "rehearsal";

    /**
     * What OpenInference calls the kind of a span; Phoenix shows one that has none as of no known kind. A round of the worker is
     * AGENT where the agent's calls are spans of their own, else LLM: there tokens are counted.
     */
    public static final String OPENINFERENCE_KIND = "openinference.span.kind";

    // pa.run_task
    public static final String TASK_LENGTH = "pa.task.length";
    public static final String TASK_SHA256 = "pa.task.sha256";
    public static final String MAX_ITERATIONS = "pa.max_iterations";
    public static final String REASONER = "pa.reasoner";
    public static final String WORKER = "pa.worker";
    public static final String STATUS = "pa.status";
    public static final String ITERATIONS = "pa.iterations";
    public static final String ROUNDS = "pa.rounds";
    /** Who ended a run that did not end itself: {@code recovery} for one that was killed. */
    public static final String ENDED_BY = "pa.ended_by";
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
    /** In place of any cost where stand-ins answered: money that nobody must add up. */
    public static final String REHEARSAL_COST_USD = "pa.rehearsal.cost_usd";
    /** Tokens of the last request of the agent's conversation, cached ones included. */
    public static final String CONTEXT_TOKENS = "claude.context.tokens";
    /** How many tokens its model can be sent. */
    public static final String CONTEXT_WINDOW = "claude.context.window";
    /** How often the agent compacted its conversation in a round. */
    public static final String COMPACTIONS = "claude.compactions";

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
    /** The number of the event in the session's journal: a record that comes twice has the same one. */
    public static final String EVENT_NUMBER = "pa.event.number";
    /** By OpenTelemetry: "other Log Records with the same id will be considered duplicates". */
    public static final String RECORD_UID = "log.record.uid";
    /** Which API or worker a retry belongs to. */
    public static final String RETRY_API = "pa.retry.api";
    public static final String STALL_PATTERN = "pa.stall.pattern";
    /** Whether the stall ends the run, or, for one inside a round, the round. */
    public static final String STALL_STOPPING = "pa.stall.stopping";
    public static final String EVALUATION_NAME = "gen_ai.evaluation.name";
    public static final String EVALUATION_LABEL = "gen_ai.evaluation.score.label";
    public static final String EVALUATION_SCORE = "gen_ai.evaluation.score.value";
    public static final String EVALUATION_EXPLANATION = "gen_ai.evaluation.explanation";

    // GenAI semantic conventions
    public static final String OPERATION = "gen_ai.operation.name";
    public static final String AGENT_NAME = "gen_ai.agent.name";
    /** Of a worker's program; Claude Code's stands in {@link #CLAUDE_VERSION}. */
    public static final String AGENT_VERSION = "gen_ai.agent.version";
    /** The older generation's name of what an orchestrating run is called. */
    public static final String WORKFLOW_NAME = "gen_ai.workflow.name";
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
    /** The newer generation's name of the next. */
    public static final String CACHE_WRITE_TOKENS = "gen_ai.usage.cache_write.input_tokens";
    public static final String CACHE_CREATION_TOKENS = "gen_ai.usage.cache_creation.input_tokens";
    public static final String REASONING_TOKENS = "gen_ai.usage.reasoning.output_tokens";
    /** No convention yet; what backends read as the cost of one call. */
    public static final String USAGE_COST = "gen_ai.usage.cost";
    public static final String TOKEN_MODALITY = "gen_ai.token.modality";
    public static final String TOKEN_TYPE = "gen_ai.token.type";
    public static final String TOOL_NAME = "gen_ai.tool.name";
    public static final String TOOL_CALL_ID = "gen_ai.tool.call.id";
    public static final String TOOL_TYPE = "gen_ai.tool.type";
    /** Opt-in of the GenAI conventions: with content, what {@code ToolDetail} leaves of a tool's input, as JSON. */
    public static final String TOOL_ARGUMENTS = "gen_ai.tool.call.arguments";
    public static final String TOOL_RESULT = "gen_ai.tool.call.result";
    /** Opt-in content, as the conventions' JSON. */
    public static final String SYSTEM_INSTRUCTIONS = "gen_ai.system_instructions";
    public static final String INPUT_MESSAGES = "gen_ai.input.messages";
    public static final String OUTPUT_MESSAGES = "gen_ai.output.messages";

    private Keys() {}
}
