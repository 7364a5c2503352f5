package agent.decision;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What PA does next: one of a fixed set, with the original's argument names in camel case. */
public sealed interface Decision {
    FunctionName function();

    /** What {@code visitor} makes of this decision. A new kind does not compile until every visitor has answered it. */
    <R> R accept(DecisionVisitor<R> visitor);

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

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Runs files by their shebang or ending. */
    record VerifyCode(List<String> filePaths) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.VERIFY_CODE;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Runs a command, by default the project's own tests. */
    record RunTests(Optional<String> testCommand) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.RUN_TESTS;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    record CheckServer(String url) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.CHECK_SERVER;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    record ReadFile(String filePath) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.READ_FILE;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Shows what changed since the run began, for PA to judge. */
    record ReviewChanges(List<String> filePaths, Optional<String> context) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.REVIEW_CHANGES;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Starts the product, talks to it, stops it. */
    record VerifyProduct(Optional<String> productType, Optional<String> startCommand, OptionalInt port,
            List<String> endpointsToTest, List<String> uiActions) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.VERIFY_PRODUCT;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Adds to PA's own task list; priority 0 is the highest. */
    record CreateTask(String description, Optional<String> assignee, OptionalInt priority) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.CREATE_TASK;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    record UpdateTask(String taskId, String status, Optional<String> notes) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.UPDATE_TASK;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    record CompleteTask(String taskId, Optional<String> notes) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.COMPLETE_TASK;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Says that the task is done; accepted only when {@link agent.loop.DoneGate} agrees. */
    record MarkDone(String summary, List<String> verifiedItems) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.MARK_DONE;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
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

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** The reasoner's answer could not be used; {@code reason} goes back to it. */
    record NoOp(String reason) implements Decision {
        @Override
        public FunctionName function() {
            return FunctionName.NO_OP;
        }

        @Override
        public <R> R accept(DecisionVisitor<R> visitor) {
            return visitor.on(this);
        }
    }
}
