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
        DecisionArguments written = new DecisionArguments();
        return switch (decision.function()) {
            case SEND_TO_WORKER -> {
                Decision.SendToWorker d = (Decision.SendToWorker) decision;
                yield written.put("instruction", d.instruction()).put("context", d.context());
            }
            case VERIFY_CODE -> written.put("file_paths", ((Decision.VerifyCode) decision).filePaths());
            case RUN_TESTS -> written.put("test_command", ((Decision.RunTests) decision).testCommand());
            case CHECK_SERVER -> written.put("url", ((Decision.CheckServer) decision).url());
            case READ_FILE -> written.put("file_path", ((Decision.ReadFile) decision).filePath());
            case REVIEW_CHANGES -> {
                Decision.ReviewChanges d = (Decision.ReviewChanges) decision;
                yield written.put("file_paths", d.filePaths()).put("context", d.context());
            }
            case VERIFY_PRODUCT -> {
                Decision.VerifyProduct d = (Decision.VerifyProduct) decision;
                yield written.put("product_type", d.productType()).put("start_command", d.startCommand())
                        .put("port", d.port()).put("endpoints_to_test", d.endpointsToTest()).put("ui_actions", d.uiActions());
            }
            case CREATE_TASK -> {
                Decision.CreateTask d = (Decision.CreateTask) decision;
                yield written.put("description", d.description()).put("assignee", d.assignee()).put("priority", d.priority());
            }
            case UPDATE_TASK -> {
                Decision.UpdateTask d = (Decision.UpdateTask) decision;
                yield written.put("task_id", d.taskId()).put("status", d.status()).put("notes", d.notes());
            }
            case COMPLETE_TASK -> {
                Decision.CompleteTask d = (Decision.CompleteTask) decision;
                yield written.put("task_id", d.taskId()).put("notes", d.notes());
            }
            case MARK_DONE -> {
                Decision.MarkDone d = (Decision.MarkDone) decision;
                yield written.put("summary", d.summary()).put("verified_items", d.verifiedItems());
            }
            case SAVE_SESSION -> {
                Decision.SaveSession d = (Decision.SaveSession) decision;
                yield written.put("reason", d.reason()).put("error_type", d.errorType()).put("status_code", d.statusCode());
            }
            case NO_OP -> written.put("reason", ((Decision.NoOp) decision).reason());
        };
    }
}
