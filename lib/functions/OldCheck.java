package functions;

import agent.Bounds;
import agent.decision.FunctionResult;
import java.util.Optional;

/** Runs the check as it was when the session began, on the present sources, somewhere else than in the working directory. */
@FunctionalInterface
public interface OldCheck {
    /** Where nobody can. */
    OldCheck NONE = bounds -> Optional.empty();

    /** Empty when it cannot be run. */
    Optional<FunctionResult> run(Bounds bounds) throws InterruptedException;
}
