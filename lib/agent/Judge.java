package agent;

/** Says what shows that the task is done. Asked when done is claimed and nothing else stands against it. */
public interface Judge {
    /**
     * Compares two states of the tree; may run the check several times, elsewhere than in the working directory.
     *
     * @param passes whether the check passes on the present state; false where there is none, or it could not be run
     */
    Evidence judge(String before, String now, boolean passes, Bounds bounds, RunListener listener) throws InterruptedException;

    /** The worker is about to begin its first round in this run; what may be found out meanwhile can be begun. */
    default void workBegins(String before, Bounds bounds, RunListener listener) throws InterruptedException {}

    /** Waits until no check of this runs any more: two runs of a check must not overlap. */
    default void settle(Bounds bounds, RunListener listener) throws InterruptedException {}

    /** The whole change, for a reviewer. */
    WholeChange change(String before, String now) throws InterruptedException;
}
