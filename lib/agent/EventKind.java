package agent;

import java.util.stream.Stream;

/** The kinds of {@link RunEvent}, for {@link RunEventHandler} to switch over. A test finds a record that is missing here or there. */
enum EventKind {
    RUN_STARTED(RunEvent.RunStarted.class), RUN_ENDED(RunEvent.RunEnded.class), VERIFY_STARTED(RunEvent.VerifyStarted.class),
    VERIFY_ENDED(RunEvent.VerifyEnded.class), TRACED(RunEvent.Traced.class), SELF_CHECK_STARTED(RunEvent.SelfCheckStarted.class),
    SELF_CHECK_ENDED(RunEvent.SelfCheckEnded.class), WORKER_STARTED(RunEvent.WorkerStarted.class),
    WORKER_SPAWNED(RunEvent.WorkerSpawned.class), CONVERSATION_KNOWN(RunEvent.ConversationKnown.class),
    WORKER_SAID(RunEvent.WorkerSaid.class), TOOL_STARTED(RunEvent.ToolStarted.class), TOOL_ENDED(RunEvent.ToolEnded.class),
    WORKER_NOTICE(RunEvent.WorkerNotice.class), WORKER_USED(RunEvent.WorkerUsed.class), WORKER_ENDED(RunEvent.WorkerEnded.class),
    TREE_OBSERVED(RunEvent.TreeObserved.class), FUNCTION_STARTED(RunEvent.FunctionStarted.class),
    FUNCTION_ENDED(RunEvent.FunctionEnded.class), REASONING_STARTED(RunEvent.ReasoningStarted.class),
    REASONING_ENDED(RunEvent.ReasoningEnded.class), MODEL_CALL_STARTED(RunEvent.ModelCallStarted.class),
    ATTEMPT_FAILED(RunEvent.AttemptFailed.class), MODEL_CALL_ENDED(RunEvent.ModelCallEnded.class),
    STALL_DETECTED(RunEvent.StallDetected.class), TODO_CHANGED(RunEvent.TodoChanged.class), NOTICE(RunEvent.Notice.class),
    CHECK_STARTED(RunEvent.CheckStarted.class), CHECK_ENDED(RunEvent.CheckEnded.class), JUDGED(RunEvent.Judged.class);

    private final Class<? extends RunEvent> type;

    EventKind(Class<? extends RunEvent> type) {
        this.type = type;
    }

    static EventKind of(RunEvent event) {
        return Stream.of(values()).filter(kind -> kind.type == event.getClass()).findFirst().orElseThrow();
    }
}
