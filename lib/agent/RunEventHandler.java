package agent;

/**
 * Answers the kinds of {@link RunEvent} that mean something to it; the others mean nothing to it. Of the handlers that see a
 * whole run (the loop's memory, the displays, telemetry) a test lists what they leave out: it fails for a new kind of event
 * until somebody has decided about it for each of them.
 */
public interface RunEventHandler extends RunListener {
    /** Hands each event to the answer for its kind. */
    @Override
    default void on(RunEvent event) {
        switch (EventKind.of(event)) {
            case RUN_STARTED -> on((RunEvent.RunStarted) event);
            case RUN_ENDED -> on((RunEvent.RunEnded) event);
            case VERIFY_STARTED -> on((RunEvent.VerifyStarted) event);
            case VERIFY_ENDED -> on((RunEvent.VerifyEnded) event);
            case TRACED -> on((RunEvent.Traced) event);
            case SELF_CHECK_STARTED -> on((RunEvent.SelfCheckStarted) event);
            case SELF_CHECK_ENDED -> on((RunEvent.SelfCheckEnded) event);
            case WORKER_STARTED -> on((RunEvent.WorkerStarted) event);
            case WORKER_SPAWNED -> on((RunEvent.WorkerSpawned) event);
            case CONVERSATION_KNOWN -> on((RunEvent.ConversationKnown) event);
            case WORKER_SAID -> on((RunEvent.WorkerSaid) event);
            case TOOL_STARTED -> on((RunEvent.ToolStarted) event);
            case TOOL_ENDED -> on((RunEvent.ToolEnded) event);
            case WORKER_NOTICE -> on((RunEvent.WorkerNotice) event);
            case WORKER_USED -> on((RunEvent.WorkerUsed) event);
            case WORKER_ENDED -> on((RunEvent.WorkerEnded) event);
            case TREE_OBSERVED -> on((RunEvent.TreeObserved) event);
            case FUNCTION_STARTED -> on((RunEvent.FunctionStarted) event);
            case FUNCTION_ENDED -> on((RunEvent.FunctionEnded) event);
            case REASONING_STARTED -> on((RunEvent.ReasoningStarted) event);
            case REASONING_ENDED -> on((RunEvent.ReasoningEnded) event);
            case MODEL_CALL_STARTED -> on((RunEvent.ModelCallStarted) event);
            case ATTEMPT_FAILED -> on((RunEvent.AttemptFailed) event);
            case MODEL_CALL_ENDED -> on((RunEvent.ModelCallEnded) event);
            case STALL_DETECTED -> on((RunEvent.StallDetected) event);
            case TODO_CHANGED -> on((RunEvent.TodoChanged) event);
            case NOTICE -> on((RunEvent.Notice) event);
            case CHECK_STARTED -> on((RunEvent.CheckStarted) event);
            case CHECK_ENDED -> on((RunEvent.CheckEnded) event);
            case JUDGED -> on((RunEvent.Judged) event);
        }
    }

    default void on(RunEvent.RunStarted event) {}

    default void on(RunEvent.RunEnded event) {}

    default void on(RunEvent.VerifyStarted event) {}

    default void on(RunEvent.VerifyEnded event) {}

    default void on(RunEvent.Traced event) {}

    default void on(RunEvent.SelfCheckStarted event) {}

    default void on(RunEvent.SelfCheckEnded event) {}

    default void on(RunEvent.WorkerStarted event) {}

    default void on(RunEvent.WorkerSpawned event) {}

    default void on(RunEvent.ConversationKnown event) {}

    default void on(RunEvent.WorkerSaid event) {}

    default void on(RunEvent.ToolStarted event) {}

    default void on(RunEvent.ToolEnded event) {}

    default void on(RunEvent.WorkerNotice event) {}

    default void on(RunEvent.WorkerUsed event) {}

    default void on(RunEvent.WorkerEnded event) {}

    default void on(RunEvent.TreeObserved event) {}

    default void on(RunEvent.FunctionStarted event) {}

    default void on(RunEvent.FunctionEnded event) {}

    default void on(RunEvent.ReasoningStarted event) {}

    default void on(RunEvent.ReasoningEnded event) {}

    default void on(RunEvent.ModelCallStarted event) {}

    default void on(RunEvent.AttemptFailed event) {}

    default void on(RunEvent.ModelCallEnded event) {}

    default void on(RunEvent.StallDetected event) {}

    default void on(RunEvent.TodoChanged event) {}

    default void on(RunEvent.Notice event) {}

    default void on(RunEvent.CheckStarted event) {}

    default void on(RunEvent.CheckEnded event) {}

    default void on(RunEvent.Judged event) {}
}
