package reasoning;

import agent.Problem;
import agent.ReasonerException;
import contract.ErrorType;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a request came to nothing.
 *
 * @param message for a person, one line; never holds the key
 * @param hint what a person can do about it
 * @param remedy what can be done about it here
 * @param fatal whether every further call will end the same way until a person has mended something
 * @param asked how long the API wants to be left alone
 */
public record Fault(ErrorType type, OptionalInt status, String message, String hint, Remedy remedy, boolean fatal,
        Optional<Duration> asked) implements Reply {
    /** What can be done about a fault without a person. */
    public enum Remedy {
        NONE,
        /** The same request may go well later. */
        LATER,
        /** Another request may go well: see the API's package. */
        OTHER_REQUEST
    }

    public static Fault of(ErrorType type, String message, String hint, Remedy remedy) {
        return new Fault(type, OptionalInt.empty(), message, hint, remedy, false, Optional.empty());
    }

    public Fault because(String more) {
        return new Fault(type, status, message + " (" + more + ")", hint, remedy, fatal, asked);
    }

    public Problem problem() {
        return new Problem(type, status, message, fatal);
    }

    public ReasonerException toException() {
        return new ReasonerException(problem(), hint);
    }
}
