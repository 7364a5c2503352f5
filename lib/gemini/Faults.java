package gemini;

import contract.ErrorType;
import contract.Variables;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import reasoning.Excerpt;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.Timing;

/** Tells what went wrong from what the network or the API said, and whether to try again. Keeps the key out of it. */
final class Faults {
    /** Retried, by Google's page on API errors and by RFC 9110 (408); every other status is not. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    /** A person has to mend something first. */
    private static final Set<Integer> FATAL = Set.of(401, 402, 403, 404);
    private static final int MESSAGE_CHARS = 300;
    private static final String KEY_HINT =
            "check " + Variables.GEMINI_API_KEY + "; a key is made at https://aistudio.google.com/apikey";

    private final HttpUrl base;
    private final String apiKey;
    private final Timing timing;

    Faults(HttpUrl base, String apiKey, Timing timing) {
        this.base = base;
        this.apiKey = apiKey;
        this.timing = timing;
    }

    /** @param limit the time the call had */
    Fault of(IOException e, Duration limit) {
        String said = redacted(rootMessage(e));
        if (e instanceof UnknownHostException) {
            return Fault.of(ErrorType.DNS, "the name " + base.host() + " cannot be resolved", networkHint(), Remedy.LATER);
        } else if (e instanceof ConnectException) {
            return Fault.of(ErrorType.REFUSED, "no connection to Gemini at " + address() + ": " + said, networkHint(),
                    Remedy.LATER);
        } else if (e instanceof InterruptedIOException) {
            return Fault.of(ErrorType.TIMEOUT, "Gemini at " + address() + " gave no complete answer within "
                    + limit.toSeconds() + " s", "wait a little and go on; a proxy may hold answers back", Remedy.LATER);
        } else if (e instanceof SSLException) {
            boolean untrusted = e instanceof SSLPeerUnverifiedException || causedByCertificate(e);
            return Fault.of(ErrorType.TLS, "no trusted connection to Gemini at " + address() + ": " + said,
                    "a proxy in between? its certificate has to be in Java's trust store (javax.net.ssl.trustStore)",
                    untrusted ? Remedy.NONE : Remedy.LATER);
        }
        return Fault.of(ErrorType.IO, "the connection to Gemini at " + address() + " broke: " + said, networkHint(),
                Remedy.LATER);
    }

    /** An HTTP status that is no success. */
    Fault of(int status, Headers headers, byte[] body) {
        ErrorResponse error = ErrorResponse.parse(body);
        if (status >= 300 && status < 400) {
            return http(ErrorType.REDIRECT, status, "Gemini at " + address() + " answers " + status + ", a redirect"
                    + redirectHost(headers) + ", which is not followed: the key would go along",
                    "set " + Variables.GEMINI_BASE_URL + " to where it really is", Remedy.NONE, false);
        }
        String message = "Gemini answered " + status + said(error);
        if (error.reason().equals("API_KEY_INVALID")) {
            return http(ErrorType.API_KEY_INVALID, status, message, KEY_HINT, Remedy.NONE, true);
        } else if (status == 429 && error.quotaIds().stream().anyMatch(id -> id.contains("PerDay"))) {
            return http(ErrorType.QUOTA_PER_DAY, status, message,
                    "the day's quota is used up; it returns at midnight Pacific time, or use another --model or key",
                    Remedy.NONE, false);
        } else if (PASSING.contains(status)) {
            Fault fault = http(ErrorType.HTTP, status, message, passingHint(status), Remedy.LATER, false);
            return new Fault(fault.type(), fault.status(), fault.message(), fault.hint(), fault.remedy(), fault.fatal(),
                    asked(error, headers));
        } else if (status == 400 && signatures(error)) {
            return http(ErrorType.HTTP, status, message, "begin a new session", Remedy.OTHER_REQUEST, false);
        }
        return http(ErrorType.HTTP, status, message, hint(status), Remedy.NONE, FATAL.contains(status));
    }

    Fault malformed() {
        return Fault.of(ErrorType.MALFORMED, "what " + address() + " answered is no answer of Gemini",
                "a proxy in between? look at what answers at " + base, Remedy.LATER);
    }

    Fault tooLarge() {
        return Fault.of(ErrorType.TOO_LARGE, "Gemini at " + address() + " answered more than "
                + (GeminiClient.MAX_ANSWER_BYTES >> 20) + " MB; it was not read further", "look at what answers at " + base,
                Remedy.NONE);
    }

    private static Fault http(ErrorType type, int status, String message, String hint, Remedy remedy, boolean fatal) {
        return new Fault(type, OptionalInt.of(status), message, hint, remedy, fatal, Optional.empty());
    }

    private String said(ErrorResponse error) {
        String status = error.status().isEmpty() ? "" : " " + error.status();
        String message = error.message().isEmpty() ? "" : ": " + Excerpt.line(error.message(), MESSAGE_CHARS);
        return redacted(status + message);
    }

    /** Google's own messages quote keys ("Consumer 'api_key:…' has been suspended"). */
    private String redacted(String text) {
        return text.replace(apiKey, "[key]");
    }

    private String address() {
        return base.host() + ":" + base.port();
    }

    private String networkHint() {
        return base.host().equals(GeminiOptions.DEFAULT_BASE_URL.getHost())
                ? "check the network; or go on without a model: --reasoner rules"
                : "is it running, and is " + Variables.GEMINI_BASE_URL + " right?";
    }

    private static String passingHint(int status) {
        return status == 429 ? "the rate limit of the key is too low for this; wait, or use another --model or key"
                : "Gemini is overloaded or down; wait a little, or use another --model";
    }

    private static String hint(int status) {
        return switch (status) {
            case 400 -> "the API does not accept the request; its message says why";
            case 402 -> "the prepaid credit is used up: add to it in Google AI Studio";
            case 401, 403 -> KEY_HINT + "; or it has no right to this model";
            case 404 -> "there is no such model (any more): give one with --model, for instance "
                    + GeminiOptions.DEFAULT_MODEL;
            default -> "look at what answers at the base URL";
        };
    }

    /** Refused: signatures of another model or key, as after a resume with one, or none where one is wanted. */
    private static boolean signatures(ErrorResponse error) {
        String message = error.message().toLowerCase(Locale.ROOT);
        return message.contains("thought_signature") || message.contains("thought signature")
                || message.contains("thoughtsignature");
    }

    /** The innermost words: OkHttp's own repeat the address. */
    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Excerpt.line(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage(), MESSAGE_CHARS);
    }

    private static boolean causedByCertificate(Throwable e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String redirectHost(Headers headers) {
        String location = headers.get("Location");
        HttpUrl url = location == null ? null : HttpUrl.parse(location);
        return url == null ? "" : " to " + url.host();
    }

    /** The longer of {@code RetryInfo} and {@code Retry-After}. */
    private Optional<Duration> asked(ErrorResponse error, Headers headers) {
        Optional<Duration> header = Optional.ofNullable(headers.get("Retry-After")).flatMap(this::retryAfter);
        return header.isPresent() && error.retryDelay().isPresent()
                && header.get().compareTo(error.retryDelay().get()) > 0 ? header : error.retryDelay().or(() -> header);
    }

    /** RFC 9110, 10.2.3: seconds, or a date. Anything else says nothing. */
    private Optional<Duration> retryAfter(String value) {
        try {
            if (value.strip().matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
            }
            Instant at = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(timing.now(), at);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
