package agent.decision;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What PA does next: one of a fixed set, with the original's argument names in camel case. */
public sealed interface Decision {
    FunctionName function();

    /** What {@code visitor} makes of this decision. A new kind does not compile until every visitor has answered it. */
    default <R> R accept(DecisionVisitor<R> visitor) {
        return switch (function()) {
            case SEND_TO_WORKER -> visitor.on((SendToWorker) this);
            case VERIFY_CODE -> visitor.on((VerifyCode) this);
            case RUN_TESTS -> visitor.on((RunTests) this);
            case CHECK_SERVER -> visitor.on((CheckServer) this);
            case READ_FILE -> visitor.on((ReadFile) this);
            case REVIEW_CHANGES -> visitor.on((ReviewChanges) this);
            case VERIFY_PRODUCT -> visitor.on((VerifyProduct) this);
            case CREATE_TASK -> visitor.on((CreateTask) this);
            case UPDATE_TASK -> visitor.on((UpdateTask) this);
            case COMPLETE_TASK -> visitor.on((CompleteTask) this);
            case MARK_DONE -> visitor.on((MarkDone) this);
            case SAVE_SESSION -> visitor.on((SaveSession) this);
            case NO_OP -> visitor.on((NoOp) this);
        };
    }

    /** Gives the worker its next instruction; {@code context} says why, and goes along. */
    record SendToWorker(String instruction, Optional<String> context) implements Decision {
        /** What the worker is told: the instruction, and why. */
        public String told() {
            return context.map(why -> instruction + "\n\nWhy: " + why).orElse(instruction);
        }

        @Override
        public FunctionName function() {
            return FunctionName.SEND_TO_WORKER;
        }
    }

    /** Runs files by their shebang or ending. */
    record VerifyCode(List<String> filePaths) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.VERIFY_CODE;
        }
    }

    /** Runs a command, by default the project's own tests. */
    record RunTests(Optional<String> testCommand) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.RUN_TESTS;
        }
    }

    record CheckServer(String url) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.CHECK_SERVER;
        }
    }

    record ReadFile(String filePath) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.READ_FILE;
        }
    }

    /** Shows what changed since the run began, for PA to judge. */
    record ReviewChanges(List<String> filePaths, Optional<String> context) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.REVIEW_CHANGES;
        }
    }

    /** Starts the product, talks to it, stops it. */
    record VerifyProduct(Optional<String> productType, Optional<String> startCommand, OptionalInt port,
            List<String> endpointsToTest, List<String> uiActions) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.VERIFY_PRODUCT;
        }
    }

    /** Adds to PA's own task list; priority 0 is the highest. */
    record CreateTask(String description, Optional<String> assignee, OptionalInt priority) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.CREATE_TASK;
        }
    }

    record UpdateTask(String taskId, String status, Optional<String> notes) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.UPDATE_TASK;
        }
    }

    record CompleteTask(String taskId, Optional<String> notes) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.COMPLETE_TASK;
        }
    }

    /** Says that the task is done; accepted only when {@link agent.loop.DoneGate} agrees. */
    record MarkDone(String summary, List<String> verifiedItems) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.MARK_DONE;
        }
    }

    /** Gives up for now; the session can be resumed. */
    record SaveSession(String reason, Optional<String> errorType, OptionalInt statusCode) implements Decision {
        /** The error type of a session saved because there is nothing to verify the work by. */
        public static final String NOT_VERIFIABLE = "not_verifiable";

        @Override
        public FunctionName function() {
            return FunctionName.SAVE_SESSION;
        }
    }

    /** The reasoner's answer could not be used; {@code reason} goes back to it. */
    record NoOp(String reason) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.NO_OP;
        }
    }
}
