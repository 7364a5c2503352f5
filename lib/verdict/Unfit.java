package verdict;

/** There is no copy to compare in, and why: a reason that a person can read. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
        super(reason);
    }

    Unfit(String reason, Throwable cause) {
        super(reason, cause);
    }
}
