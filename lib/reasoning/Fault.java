package reasoning;

import agent.Hold;
import agent.Problem;
import agent.ReasonerException;
import contract.ErrorType;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a request failed.
 *
 * @param message for the user, in one line; never contains the key
 * @param hint what the user can do about it
 * @param remedy what PA can do about it
 * @param fatal whether every further call will fail the same way until the user has fixed something
 * @param asked how long the API asks PA to wait
 * @param hold what must happen before another call makes sense
 */
public record Fault(ErrorType type, OptionalInt status, String message, String hint, Remedy remedy, boolean fatal,
        Optional<Duration> asked, Optional<Hold> hold) implements Reply {
    /** What PA can do about a fault without the user. */
    public enum Remedy {
        NONE,
        /** The same request may succeed later. */
        LATER,
        /** A changed request may succeed: see the API's package. */
        OTHER_REQUEST
    }

    public static Fault of(ErrorType type, String message, String hint, Remedy remedy) {
        return new Fault(type, OptionalInt.empty(), message, hint, remedy, false, Optional.empty(), Optional.empty());
    }

    /** An HTTP status. */
    public static Fault http(ErrorType type, int status, String message, String hint, Remedy remedy) {
        return new Fault(type, OptionalInt.of(status), message, hint, remedy, false, Optional.empty(), Optional.empty());
    }

    /** Every further call would fail the same way until the user has fixed something. */
    public Fault forGood() {
        return new Fault(type, status, message, hint, remedy, true, asked, hold);
    }

    public Fault asking(Optional<Duration> wait) {
        return new Fault(type, status, message, hint, remedy, fatal, wait, hold);
    }

    /** The user must act, or PA must wait until a time; the hint says what to do. */
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
