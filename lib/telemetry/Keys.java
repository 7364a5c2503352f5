package telemetry;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import contract.Attributes;
import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/** The contract's keys with their types, made once. */
final class Keys {
    static final AttributeKey<String> SERVICE_NAME = stringKey(Attributes.SERVICE_NAME);
    static final AttributeKey<String> SERVICE_NAMESPACE = stringKey(Attributes.SERVICE_NAMESPACE);
    static final AttributeKey<String> SERVICE_VERSION = stringKey(Attributes.SERVICE_VERSION);
    static final AttributeKey<String> SERVICE_INSTANCE_ID = stringKey(Attributes.SERVICE_INSTANCE_ID);
    static final AttributeKey<String> HOST_NAME = stringKey(Attributes.HOST_NAME);
    static final AttributeKey<String> OWNER = stringKey(Attributes.OWNER);
    static final AttributeKey<String> PROJECT_ID = stringKey(Attributes.PROJECT_ID);
    static final AttributeKey<String> ROLE = stringKey(Attributes.ROLE);
    static final AttributeKey<String> SESSION_ID = stringKey(Attributes.SESSION_ID);
    static final AttributeKey<String> CONVERSATION_ID = stringKey(Attributes.CONVERSATION_ID);
    static final AttributeKey<Long> ITERATION = longKey(Attributes.ITERATION);
    static final AttributeKey<String> ERROR_TYPE = stringKey(Attributes.ERROR_TYPE);
    static final AttributeKey<String> PEER_SERVICE = stringKey(Attributes.PEER_SERVICE);
    static final AttributeKey<Boolean> REHEARSAL = booleanKey(Attributes.REHEARSAL);
    static final AttributeKey<Long> TASK_LENGTH = longKey(Attributes.TASK_LENGTH);
    static final AttributeKey<String> TASK_SHA256 = stringKey(Attributes.TASK_SHA256);
    static final AttributeKey<Long> MAX_ITERATIONS = longKey(Attributes.MAX_ITERATIONS);
    static final AttributeKey<String> REASONER = stringKey(Attributes.REASONER);
    static final AttributeKey<String> WORKER = stringKey(Attributes.WORKER);
    static final AttributeKey<String> STATUS = stringKey(Attributes.STATUS);
    static final AttributeKey<Long> ITERATIONS = longKey(Attributes.ITERATIONS);
    static final AttributeKey<Long> EXIT_CODE = longKey(Attributes.EXIT_CODE);
    static final AttributeKey<Double> COST_TOTAL_USD = doubleKey(Attributes.COST_TOTAL_USD);
    static final AttributeKey<String> PROCESS_EXECUTABLE = stringKey(Attributes.PROCESS_EXECUTABLE);
    static final AttributeKey<Long> PROCESS_PID = longKey(Attributes.PROCESS_PID);
    static final AttributeKey<Long> PROCESS_EXIT_CODE = longKey(Attributes.PROCESS_EXIT_CODE);
    static final AttributeKey<String> CLAUDE_SESSION = stringKey(Attributes.CLAUDE_SESSION);
    static final AttributeKey<String> CLAUDE_VERSION = stringKey(Attributes.CLAUDE_VERSION);
    static final AttributeKey<Long> CLAUDE_TURNS = longKey(Attributes.CLAUDE_TURNS);
    static final AttributeKey<Long> CLAUDE_API_MILLIS = longKey(Attributes.CLAUDE_API_MILLIS);
    static final AttributeKey<String> CLAUDE_SUBTYPE = stringKey(Attributes.CLAUDE_SUBTYPE);
    static final AttributeKey<Long> CLAUDE_DENIALS = longKey(Attributes.CLAUDE_DENIALS);
    static final AttributeKey<Long> CLAUDE_PROMPT_LENGTH = longKey(Attributes.CLAUDE_PROMPT_LENGTH);
    static final AttributeKey<Double> COST_USD = doubleKey(Attributes.COST_USD);
    static final AttributeKey<String> EXCEPTION_TYPE = stringKey(Attributes.EXCEPTION_TYPE);
    static final AttributeKey<String> EXCEPTION_MESSAGE = stringKey(Attributes.EXCEPTION_MESSAGE);
    static final AttributeKey<String> FUNCTION = stringKey(Attributes.FUNCTION);
    static final AttributeKey<Long> OUTPUT_LENGTH = longKey(Attributes.OUTPUT_LENGTH);
    static final AttributeKey<Double> CONFIDENCE = doubleKey(Attributes.CONFIDENCE);
    static final AttributeKey<Long> GEMINI_ATTEMPTS = longKey(Attributes.GEMINI_ATTEMPTS);
    static final AttributeKey<String> SERVER_ADDRESS = stringKey(Attributes.SERVER_ADDRESS);
    static final AttributeKey<Long> SERVER_PORT = longKey(Attributes.SERVER_PORT);
    static final AttributeKey<Long> HTTP_STATUS = longKey(Attributes.HTTP_STATUS);
    static final AttributeKey<Long> ATTEMPT_NUMBER = longKey(Attributes.ATTEMPT_NUMBER);
    static final AttributeKey<Long> ATTEMPT_DELAY_MILLIS = longKey(Attributes.ATTEMPT_DELAY_MILLIS);
    static final AttributeKey<String> FUNCTION_NAME = stringKey(Attributes.FUNCTION_NAME);
    static final AttributeKey<Boolean> FUNCTION_SUCCESS = booleanKey(Attributes.FUNCTION_SUCCESS);
    static final AttributeKey<String> VERIFICATION_RESULT = stringKey(Attributes.VERIFICATION_RESULT);
    static final AttributeKey<String> RETRY_API = stringKey(Attributes.RETRY_API);
    static final AttributeKey<String> STALL_PATTERN = stringKey(Attributes.STALL_PATTERN);
    static final AttributeKey<Boolean> STALL_STOPPING = booleanKey(Attributes.STALL_STOPPING);
    static final AttributeKey<String> EVALUATION_NAME = stringKey(Attributes.EVALUATION_NAME);
    static final AttributeKey<String> EVALUATION_LABEL = stringKey(Attributes.EVALUATION_LABEL);
    static final AttributeKey<Double> EVALUATION_SCORE = doubleKey(Attributes.EVALUATION_SCORE);
    static final AttributeKey<String> OPERATION = stringKey(Attributes.OPERATION);
    static final AttributeKey<String> PROVIDER = stringKey(Attributes.PROVIDER);
    static final AttributeKey<String> REQUEST_MODEL = stringKey(Attributes.REQUEST_MODEL);
    static final AttributeKey<Double> REQUEST_TEMPERATURE = doubleKey(Attributes.REQUEST_TEMPERATURE);
    static final AttributeKey<Long> REQUEST_MAX_TOKENS = longKey(Attributes.REQUEST_MAX_TOKENS);
    static final AttributeKey<String> RESPONSE_MODEL = stringKey(Attributes.RESPONSE_MODEL);
    static final AttributeKey<String> RESPONSE_ID = stringKey(Attributes.RESPONSE_ID);
    static final AttributeKey<List<String>> FINISH_REASONS = stringArrayKey(Attributes.FINISH_REASONS);
    static final AttributeKey<Long> INPUT_TOKENS = longKey(Attributes.INPUT_TOKENS);
    static final AttributeKey<Long> OUTPUT_TOKENS = longKey(Attributes.OUTPUT_TOKENS);
    static final AttributeKey<Long> CACHE_READ_TOKENS = longKey(Attributes.CACHE_READ_TOKENS);
    static final AttributeKey<Long> CACHE_CREATION_TOKENS = longKey(Attributes.CACHE_CREATION_TOKENS);
    static final AttributeKey<Long> REASONING_TOKENS = longKey(Attributes.REASONING_TOKENS);
    static final AttributeKey<String> TOOL_NAME = stringKey(Attributes.TOOL_NAME);
    static final AttributeKey<String> TOOL_CALL_ID = stringKey(Attributes.TOOL_CALL_ID);
    static final AttributeKey<String> TOOL_TYPE = stringKey(Attributes.TOOL_TYPE);
    static final AttributeKey<String> INPUT_MESSAGES = stringKey(Attributes.INPUT_MESSAGES);
    static final AttributeKey<String> OUTPUT_MESSAGES = stringKey(Attributes.OUTPUT_MESSAGES);

    private Keys() {}
}
