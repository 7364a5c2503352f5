package agent.decision;

/**
 * Makes a decision of a function's name and its arguments, and back. It is the only place that knows which argument goes where:
 * what a model answers, what the journal holds and what is shown as JSON all go through it.
 */
public final class DecisionCodec {
    private DecisionCodec() {}

    /** A missing argument is read as an empty text or an empty list: whoever calls has checked what must be there. */
    public static Decision decision(FunctionName name, DecisionArguments given) {
        return switch (name) {
            case SEND_TO_WORKER -> new Decision.SendToWorker(given.text("instruction"), given.optionalText("context"));
            case VERIFY_CODE -> new Decision.VerifyCode(given.texts("file_paths"));
            case RUN_TESTS -> new Decision.RunTests(given.optionalText("test_command"));
            case CHECK_SERVER -> new Decision.CheckServer(given.text("url"));
            case READ_FILE -> new Decision.ReadFile(given.text("file_path"));
            case REVIEW_CHANGES -> new Decision.ReviewChanges(given.texts("file_paths"), given.optionalText("context"));
            case VERIFY_PRODUCT -> new Decision.VerifyProduct(given.optionalText("product_type"),
                    given.optionalText("start_command"), given.number("port"), given.texts("endpoints_to_test"),
                    given.texts("ui_actions"));
            case CREATE_TASK -> new Decision.CreateTask(given.text("description"), given.optionalText("assignee"),
                    given.number("priority"));
            case UPDATE_TASK -> new Decision.UpdateTask(given.text("task_id"), given.text("status"),
                    given.optionalText("notes"));
            case COMPLETE_TASK -> new Decision.CompleteTask(given.text("task_id"), given.optionalText("notes"));
            case MARK_DONE -> new Decision.MarkDone(given.text("summary"), given.texts("verified_items"));
            case SAVE_SESSION -> new Decision.SaveSession(given.text("reason"), given.optionalText("error_type"),
                    given.number("status_code"));
            case NO_OP -> new Decision.NoOp(given.text("reason"));
        };
    }

    /** What {@link #decision} makes the same decision of, together with {@link Decision#function}. */
    public static DecisionArguments arguments(Decision decision) {
        return decision.accept(new Writer());
    }

    private static final class Writer implements DecisionVisitor<DecisionArguments> {
        @Override
        public DecisionArguments on(Decision.SendToWorker decision) {
            return new DecisionArguments().put("instruction", decision.instruction()).put("context", decision.context());
        }

        @Override
        public DecisionArguments on(Decision.VerifyCode decision) {
            return new DecisionArguments().put("file_paths", decision.filePaths());
        }

        @Override
        public DecisionArguments on(Decision.RunTests decision) {
            return new DecisionArguments().put("test_command", decision.testCommand());
        }

        @Override
        public DecisionArguments on(Decision.CheckServer decision) {
            return new DecisionArguments().put("url", decision.url());
        }

        @Override
        public DecisionArguments on(Decision.ReadFile decision) {
            return new DecisionArguments().put("file_path", decision.filePath());
        }

        @Override
        public DecisionArguments on(Decision.ReviewChanges decision) {
            return new DecisionArguments().put("file_paths", decision.filePaths())
                    .put("context", decision.context());
        }

        @Override
        public DecisionArguments on(Decision.VerifyProduct decision) {
            return new DecisionArguments().put("product_type", decision.productType())
                    .put("start_command", decision.startCommand()).put("port", decision.port())
                    .put("endpoints_to_test", decision.endpointsToTest()).put("ui_actions", decision.uiActions());
        }

        @Override
        public DecisionArguments on(Decision.CreateTask decision) {
            return new DecisionArguments().put("description", decision.description())
                    .put("assignee", decision.assignee()).put("priority", decision.priority());
        }

        @Override
        public DecisionArguments on(Decision.UpdateTask decision) {
            return new DecisionArguments().put("task_id", decision.taskId()).put("status", decision.status())
                    .put("notes", decision.notes());
        }

        @Override
        public DecisionArguments on(Decision.CompleteTask decision) {
            return new DecisionArguments().put("task_id", decision.taskId()).put("notes", decision.notes());
        }

        @Override
        public DecisionArguments on(Decision.MarkDone decision) {
            return new DecisionArguments().put("summary", decision.summary())
                    .put("verified_items", decision.verifiedItems());
        }

        @Override
        public DecisionArguments on(Decision.SaveSession decision) {
            return new DecisionArguments().put("reason", decision.reason()).put("error_type", decision.errorType())
                    .put("status_code", decision.statusCode());
        }

        @Override
        public DecisionArguments on(Decision.NoOp decision) {
            return new DecisionArguments().put("reason", decision.reason());
        }
    }
}
