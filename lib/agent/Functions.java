package agent;

import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import java.util.List;
import java.util.Set;

/**
 * Carries out what the reasoner decides, but for {@code send_to_claude}, {@code mark_done} and {@code save_session}, which
 * are the loop's.
 */
public interface Functions {
    /** What the reasoner may decide in this run. */
    Set<FunctionName> offered();

    /** The check that follows every round of the worker: the project's tests, or the files that changed. */
    Decision automaticVerification(Changes sinceStart);

    /** Whether there is a check that the user named, or that the project had when the session began. */
    default boolean checkable() throws InterruptedException {
        return true;
    }

    /** Carries out the check that follows a round by itself: as {@link #execute}, but nobody is asked for more. */
    default FunctionResult automatic(Decision decision, Bounds bounds) throws InterruptedException {
        return execute(decision, bounds);
    }

    /**
     * Carries out a decision. Whatever goes wrong in the world is a result that is no success.
     *
     * @throws InterruptedException when the run was interrupted or its time is over; every child has been ended
     */
    FunctionResult execute(Decision decision, Bounds bounds) throws InterruptedException;

    /** PA's own task list as it is now; the loop reports its changes. */
    List<TodoItem> todo();
}
