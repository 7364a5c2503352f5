package gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reasoning.ModelJson;

/**
 * The content of an error's body by Google's error model ({@code google.rpc.Status}).
 *
 * @param status the canonical code's name, for instance {@code RESOURCE_EXHAUSTED}; possibly empty
 * @param message possibly empty
 * @param reason of {@code ErrorInfo}, for instance {@code API_KEY_INVALID}; possibly empty
 * @param retryDelay of {@code RetryInfo}
 * @param quotaIds of {@code QuotaFailure}
 * @param neverGranted whether a quota is 0: the key's plan does not include the model
 */
record ErrorResponse(String status, String message, String reason, Optional<Duration> retryDelay, List<String> quotaIds,
        boolean neverGranted) {
    static final ErrorResponse UNREADABLE = new ErrorResponse("", "", "", Optional.empty(), List.of(),
            false);
    private static final Pattern LIMIT_ZERO = Pattern.compile("\\blimit: 0\\b");
    /** {@code google.protobuf.Duration} in JSON: seconds with a fraction of up to nine digits. */
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");

    /** Reads a body. A proxy may send anything, so an unreadable part is empty. */
    static ErrorResponse parse(byte[] body) {
        JsonNode tree = ModelJson.tree(body).orElse(null);
        if (tree == null) {
            return UNREADABLE;
        }
        // Streaming endpoints, and proxies in front of them, send the error in an array.
        JsonNode error = (tree.isArray() ? tree.path(0) : tree)
                .path("error");
        String reason = "";
        Optional<Duration> delay = Optional.empty();
        List<String> quotas = new ArrayList<>();
        // In most cases Google reports it in the text only.
        boolean none = LIMIT_ZERO.matcher(error.path("message").asText("")).find();
        for (JsonNode detail : error.path("details")) {
            reason = reason.isEmpty() ? detail.path("reason").asText("") : reason;
            delay = delay.or(() -> duration(detail.path("retryDelay").asText("")));
            for (JsonNode violation : detail.path("violations")) {
                quotas.add(violation.path("quotaId").asText(""));
                none |= violation.path("quotaValue").asText("").equals("0");
            }
        }
        return new ErrorResponse(error.path("status").asText(""), error.path("message").asText(""), reason, delay,
                List.copyOf(quotas), none);
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        return matcher.matches()
                ? Optional.of(Duration.ofNanos(new BigDecimal(matcher.group(1)).movePointRight(9).longValueExact()))
                : Optional.empty();
    }
}
