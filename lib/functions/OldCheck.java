package functions;

import agent.Bounds;
import agent.decision.FunctionResult;
import java.util.Optional;

/** Runs the check in its form at the session's start on the present sources, in a copy outside of the working directory. */
@FunctionalInterface
public interface OldCheck {
    /** For a run in which this is not possible. */
    OldCheck NONE = bounds -> Optional.empty();

    /** Empty when the check cannot be run. */
    Optional<FunctionResult> run(Bounds bounds) throws InterruptedException;
}
