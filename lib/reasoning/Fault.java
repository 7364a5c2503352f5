package reasoning;

import agent.Hold;
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
 * @param fatal whether every further call will end the same way until a person has fixed something
 * @param asked how long the API wants to be left alone
 * @param hold what must happen before asking again makes sense
 */
public record Fault(ErrorType type, OptionalInt status, String message, String hint, Remedy remedy, boolean fatal,
        Optional<Duration> asked, Optional<Hold> hold) implements Reply {
    /** What can be done about a fault without a person. */
    public enum Remedy {
        NONE,
        /** The same request may go well later. */
        LATER,
        /** Another request may go well: see the API's package. */
        OTHER_REQUEST
    }

    public static Fault of(ErrorType type, String message, String hint, Remedy remedy) {
        return new Fault(type, OptionalInt.empty(), message, hint, remedy, false, Optional.empty(), Optional.empty());
    }

    /** An HTTP status. */
    public static Fault http(ErrorType type, int status, String message, String hint, Remedy remedy) {
        return new Fault(type, OptionalInt.of(status), message, hint, remedy, false, Optional.empty(), Optional.empty());
    }

    /** Every further call would end the same way, until a person has fixed something. */
    public Fault forGood() {
        return new Fault(type, status, message, hint, remedy, true, asked, hold);
    }

    public Fault asking(Optional<Duration> wait) {
        return new Fault(type, status, message, hint, remedy, fatal, wait, hold);
    }

    /** A person must act, or a time must come; the hint says what to do. */
    public Fault held(Hold what) {
        return new Fault(type, status, message, hint, remedy, fatal, asked, Optional.of(what));
    }

    public Fault because(String more) {
        return new Fault(type, status, message + " (" + more + ")", hint, remedy, fatal, asked, hold);
    }

    public Problem problem() {
        return new Problem(type, status, message, fatal, hold);
    }

    public ReasonerException toException() {
        return new ReasonerException(problem(), hint);
    }
}
