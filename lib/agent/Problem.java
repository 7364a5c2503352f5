package agent;

/**
 * Why something failed.
 *
 * @param type a bounded value for {@code error.type}, for instance {@code timeout} or {@code api_429}
 * @param message for a person and for the reasoner
 * @param fatal whether going on makes no sense: a key that is refused, a worker that is not there
 */
public record Problem(String type, String message, boolean fatal) {
    public static Problem passing(String type, String message) {
        return new Problem(type, message, false);
    }

    public static Problem fatal(String type, String message) {
        return new Problem(type, message, true);
    }
}
