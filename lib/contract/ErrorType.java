package contract;

import java.util.Locale;
import java.util.OptionalInt;

/** The fixed list of values of {@code error.type}. Three of them have a number, which is a part of the value. */
public enum ErrorType {
    /** A limit of time: a silent worker, a round that took too long, a model that did not answer. */
    TIMEOUT,
    /** The program is not there, or cannot be run. */
    NOT_FOUND,
    /** The process ended with this exit code. */
    EXIT("exit_"),
    /** The worker ended without saying how its work went. */
    NO_RESULT,
    /** The API that the worker uses answered with this status. */
    API("api_"),
    /** The worker's own limit of turns. */
    MAX_TURNS,
    /** The worker's own budget. */
    MAX_BUDGET,
    /** A tool that the worker was not allowed to use. */
    PERMISSION_DENIED,
    /** A signal, or the end of the run's time. */
    INTERRUPTED,
    /** The reasoner or the worker cannot begin at all. */
    SELF_CHECK,
    /** The worker's tool said that it failed. */
    TOOL_ERROR,
    /** Nobody listens at the address; of a function: it was not carried out. */
    REFUSED,
    /** A check was red. */
    VERIFICATION_FAILED,
    /** The key is refused (an HTTP 400 with this reason, among others). */
    API_KEY_INVALID,
    /** A quota that is counted per day is used up: an HTTP 429 that no wait of ours outlasts. */
    QUOTA_PER_DAY,
    /** A filter of the API, a refusal of the model, or a hook of the worker took the prompt or the answer away. */
    BLOCKED,
    /** The answer ended where the output tokens did: of an attempt, which is asked again with more room, or of a worker's round. */
    MAX_TOKENS,
    /** HTTP 200 with something that is no answer of the API. */
    MALFORMED,
    /** An answer larger than any real one; reading was broken off. */
    TOO_LARGE,
    /** An HTTP redirect, which is not followed. */
    REDIRECT,
    /** The host's name is not known. */
    DNS,
    /** No trusted encrypted connection. */
    TLS,
    /** The connection failed or broke in any other way. */
    IO,
    /** A defect of ours. */
    INTERNAL,
    /** Any other HTTP status: its number takes the name's place, {@code "400"} to {@code "599"}. */
    HTTP(""),
    /** OpenTelemetry's word for what is not in the list: read from a journal of a newer version. */
    OTHER;

    private static final String NO_NUMBER = "-";

    /** What stands before the number; {@code -} for a type without one. */
    private final String prefix;

    ErrorType() {
        this(NO_NUMBER);
    }

    ErrorType(String prefix) {
        this.prefix = prefix;
    }

    /** As in telemetry: the name in lower case, or with its number {@code exit_1}, {@code api_529}, {@code 503}. */
    public String value(OptionalInt number) {
        if (this == OTHER) {
            return "_OTHER";
        }
        return prefix.equals(NO_NUMBER) || number.isEmpty() || number.getAsInt() < 0 ? name().toLowerCase(Locale.ROOT)
                : prefix + number.getAsInt();
    }

    /** A value read back. */
    public record Read(ErrorType type, OptionalInt number) {}

    /** What {@link #value} makes {@code value} of; {@link #OTHER} for what it never makes. */
    public static Read read(String value) {
        for (ErrorType type : values()) {
            if (type.value(OptionalInt.empty()).equals(value)) {
                return new Read(type, OptionalInt.empty());
            }
            if (!type.prefix.equals(NO_NUMBER) && value.matches(type.prefix + "\\d{1,5}")) {
                return new Read(type, OptionalInt.of(Integer.parseInt(value.substring(type.prefix.length()))));
            }
        }
        return new Read(OTHER, OptionalInt.empty());
    }
}
