package reasoning;

import java.util.Locale;
import java.util.OptionalInt;

/** The bounded values of {@code error.type} for calls of Gemini, on attempts and on whole calls. */
public enum ErrorType {
    /** The key is refused (an HTTP 400 with this reason, among others). */
    API_KEY_INVALID,
    /** A quota that is counted per day is used up: an HTTP 429 that no wait of ours outlasts. */
    QUOTA_PER_DAY,
    /** A filter of the API took the prompt or the answer away. */
    BLOCKED,
    /** The answer ended where the output tokens did. On attempts only: asked again with more room. */
    MAX_TOKENS,
    /** HTTP 200 with something that is no answer of the API. */
    MALFORMED,
    /** An answer larger than any real one; reading was broken off. */
    TOO_LARGE,
    /** An HTTP redirect, which is not followed. */
    REDIRECT,
    TIMEOUT,
    /** Nobody listens at the address. */
    REFUSED,
    /** The host's name is not known. */
    DNS,
    /** No trusted encrypted connection. */
    TLS,
    /** The connection failed or broke in any other way. */
    IO,
    /** The run was interrupted, or its time was over, while the call was under way. */
    INTERRUPTED,
    /** A defect of ours. */
    INTERNAL,
    /** Any other HTTP status: its number takes the name's place, {@code "400"} to {@code "599"}. */
    HTTP;

    private static final int LOWEST_STATUS = 100;
    private static final int HIGHEST_STATUS = 599;

    /** As in telemetry: the name in lower case, or the status's number. */
    public String value(OptionalInt status) {
        boolean numbered = this == HTTP && status.isPresent()
                && status.getAsInt() >= LOWEST_STATUS && status.getAsInt() <= HIGHEST_STATUS;
        return numbered ? String.valueOf(status.getAsInt()) : name().toLowerCase(Locale.ROOT);
    }
}
