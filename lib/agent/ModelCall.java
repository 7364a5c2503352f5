package agent;

import contract.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One logical call of a model API, retries included, as it is made and as it ended.
 *
 * @param api a bounded name: {@code gemini}
 * @param temperature that was asked for; empty where none was
 * @param maxTokens that an answer may have; empty where that was not said
 * @param server the host that is called; empty where that is not known, and {@code port} is 0 then
 */
public record ModelCall(String api, String model, OptionalDouble temperature, OptionalInt maxTokens, String server, int port) {
    /** One with both settings. */
    public ModelCall(String api, String model, double temperature, int maxTokens, String server, int port) {
        this(api, model, OptionalDouble.of(temperature), OptionalInt.of(maxTokens), server, port);
    }

    /**
     * @param model what the API says answered; empty when it said nothing
     * @param cost empty when the price is not known
     * @param attempts requests sent, at least 1
     * @param error empty on success
     */
    public record Answer(Optional<String> model, Optional<String> responseId, List<String> finishReasons, TokenUsage usage,
            Optional<Usd> cost, int attempts, Optional<Problem> error) {}

    /**
     * A request that failed.
     *
     * @param number from 1
     * @param httpStatus absent where there was no answer
     * @param delayMillis the wait before the next one; -1 when there is none
     */
    public record Attempt(int number, OptionalInt httpStatus, ErrorType errorType, String message, long delayMillis) {
        /** The value of {@code error.type}. */
        public String errorValue() {
            return errorType.value(httpStatus);
        }
    }
}
