package gemini;

import agent.Hold;
import contract.ErrorType;
import contract.Variables;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.NetworkFaults;
import reasoning.Timing;

/** Finds the fault in Gemini's answer, and whether to try again. Removes the key from messages. */
final class Faults extends NetworkFaults {
    private static final String KEY_HINT =
            "check " + Variables.GEMINI_API_KEY + "; get a key at https://aistudio.google.com/apikey";
    /** Daily quotas are renewed at midnight in this zone (Google's page on rate limits). */
    private static final ZoneId QUOTA_ZONE = ZoneId.of("America/Los_Angeles");
    /** Google's words for a message, or a part of one, that it does not accept, for instance {@code contents[3].parts[0]}. */
    private static final Pattern IN_HISTORY = Pattern.compile("contents\\[\\d+]|function (call|response)|role", Pattern.CASE_INSENSITIVE);

    private final Timing timing;

    Faults(HttpUrl base, String apiKey, Timing timing) {
        super(base, "Gemini", Variables.GEMINI_BASE_URL, base.host().equals(GeminiOptions.DEFAULT_BASE_URL.getHost()), apiKey,
                timing);
        this.timing = timing;
    }

    @Override
    protected Fault refused(int status, Headers headers, byte[] body) {
        ErrorResponse error = ErrorResponse.parse(body);
        String message = "Gemini answered " + status + said(error);
        if (error.reason().equals("API_KEY_INVALID")) {
            return Fault.http(ErrorType.API_KEY_INVALID, status, message, KEY_HINT, Remedy.NONE).held(Hold.action(KEY_HINT));
        } else if (status == 429 && error.neverGranted()) {
            String hint = "this key's plan does not include the model: use a paid key, or another --model";
            return Fault.http(ErrorType.HTTP, status, message, hint, Remedy.NONE).held(Hold.action(hint));
        } else if (status == 429 && error.quotaIds().stream().anyMatch(id -> id.contains("PerDay"))) {
            return Fault.http(ErrorType.QUOTA_PER_DAY, status, message,
                    "the day's quota is used up; wait until midnight Pacific time, or use another --model or key",
                    Remedy.NONE).held(Hold.until(nextDay()));
        } else if (passing(status)) {
            return Fault.http(ErrorType.HTTP, status, message, passingHint(status), Remedy.LATER)
                    .asking(asked(error, headers));
        } else if (status == 400 && (signatures(error) || IN_HISTORY.matcher(error.message()).find())) {
            return Fault.http(ErrorType.HTTP, status, message, "start a new session", Remedy.OTHER_REQUEST);
        }
        Fault fault = Fault.http(ErrorType.HTTP, status, message, hint(status), Remedy.NONE);
        return switch (status) {
            case 401, 402, 403, 404 -> fault.held(Hold.action(hint(status)));
            default -> fault;
        };
    }

    private Instant nextDay() {
        return timing.now().atZone(QUOTA_ZONE).toLocalDate().plusDays(1).atTime(LocalTime.MIDNIGHT).atZone(QUOTA_ZONE)
                .toInstant();
    }

    private String said(ErrorResponse error) {
        String status = error.status().isEmpty() ? "" : " " + redacted(error.status());
        return status + (error.message().isEmpty() ? "" : ": " + redacted(error.message()));
    }

    private static String passingHint(int status) {
        return status == 429 ? "the rate limit of the key is too low for this run; wait, or use another --model or key"
                : "Gemini is overloaded or down; wait and try again, or use another --model";
    }

    private static String hint(int status) {
        return switch (status) {
            case 400 -> "the API does not accept the request; its message says why";
            case 402 -> "the prepaid credit is used up: add to it in Google AI Studio";
            case 401, 403 -> KEY_HINT + "; or check whether this key may use the model";
            case 404 -> "this model does not exist (any more): give another with --model, for instance "
                    + GeminiOptions.DEFAULT_MODEL;
            default -> "check which server answers at the base URL";
        };
    }

    /** A refused signature: of another model or key, as after a resume with one; or no signature where one is required. */
    static boolean signatures(ErrorResponse error) {
        String message = error.message().toLowerCase(Locale.ROOT);
        return message.contains("thought_signature") || message.contains("thought signature")
                || message.contains("thoughtsignature");
    }

    /** The longer of {@code RetryInfo} and {@code Retry-After}. */
    private Optional<Duration> asked(ErrorResponse error, Headers headers) {
        Optional<Duration> header = retryAfter(headers);
        return header.isPresent() && error.retryDelay().isPresent()
                && header.get().compareTo(error.retryDelay().get()) > 0 ? header : error.retryDelay().or(() -> header);
    }
}
