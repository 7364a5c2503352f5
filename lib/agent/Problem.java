package agent;

import contract.ErrorType;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why something failed.
 *
 * @param number an exit code or an HTTP status, for the types that have one
 * @param message for a person and for the reasoner
 * @param fatal whether going on makes no sense: a worker that is not there
 * @param hold what must happen before going on makes sense
 */
public record Problem(ErrorType type, OptionalInt number, String message, boolean fatal, Optional<Hold> hold) {
    public Problem(ErrorType type, OptionalInt number, String message, boolean fatal) {
        this(type, number, message, fatal, Optional.empty());
    }

    /** One that holds the run until a person acts, or until a time. */
    public Problem held(Hold what) {
        return new Problem(type, number, message, fatal, Optional.of(what));
    }

    /** Whether another round would end the same way. */
    public boolean ends() {
        return fatal || hold.isPresent();
    }

    public static Problem passing(ErrorType type, String message) {
        return new Problem(type, OptionalInt.empty(), message, false);
    }

    public static Problem passing(ErrorType type, int number, String message) {
        return new Problem(type, OptionalInt.of(number), message, false);
    }

    public static Problem fatal(ErrorType type, String message) {
        return new Problem(type, OptionalInt.empty(), message, true);
    }

    /** @param value as {@link #value} gives it */
    public static Problem read(String value, String message, boolean fatal) {
        ErrorType.Read read = ErrorType.read(value);
        return new Problem(read.type(), read.number(), message, fatal);
    }

    /** The value of {@code error.type}, for instance {@code timeout} or {@code api_429}. */
    public String value() {
        return type.value(number);
    }
}
