package agent.decision;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What PA does next: one of a fixed set, with the original's argument names in camel case. */
public sealed interface Decision {
    /**
     * The function that it is a call of. Whoever answers every kind of decision switches over it, so that a new kind does not
     * compile until everybody has answered it; {@link FunctionName} says which record each one has.
     */
    default FunctionName function() {
        return FunctionName.of(getClass());
    }

    /** Gives the worker its next instruction; {@code context} says why, and goes along. */
    record SendToWorker(String instruction, Optional<String> context) implements Decision {
        /** What the worker is told: the instruction, and why. */
        public String told() {
            return context.map(why -> instruction + "\n\nWhy: " + why).orElse(instruction);
        }
    }

    /** Runs files by their shebang or ending. */
    record VerifyCode(List<String> filePaths) implements Decision {}

    /** Runs a command, by default the project's own tests. */
    record RunTests(Optional<String> testCommand) implements Decision {}

    record CheckServer(String url) implements Decision {}

    record ReadFile(String filePath) implements Decision {}

    /** Shows what changed since the run began, for PA to judge. */
    record ReviewChanges(List<String> filePaths, Optional<String> context) implements Decision {}

    /** Starts the product, talks to it, stops it. */
    record VerifyProduct(Optional<String> productType, Optional<String> startCommand, OptionalInt port,
            List<String> endpointsToTest, List<String> uiActions) implements Decision {}

    /** Adds to PA's own task list; priority 0 is the highest. */
    record CreateTask(String description, Optional<String> assignee, OptionalInt priority) implements Decision {}

    record UpdateTask(String taskId, String status, Optional<String> notes) implements Decision {}

    record CompleteTask(String taskId, Optional<String> notes) implements Decision {}

    /** Says that the task is done; accepted only when {@link agent.loop.DoneGate} agrees. */
    record MarkDone(String summary, List<String> verifiedItems) implements Decision {}

    /** Gives up for now; the session can be resumed. */
    record SaveSession(String reason, Optional<String> errorType, OptionalInt statusCode) implements Decision {
        /** The error type of a session saved because there is nothing to verify the work by. */
        public static final String NOT_VERIFIABLE = "not_verifiable";
    }

    /** The reasoner's answer could not be used; {@code reason} goes back to it. */
    record NoOp(String reason) implements Decision {}
}
