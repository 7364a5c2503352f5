package agent;

/**
 * Answers the kinds of {@link RunEvent} that mean something to it; the others mean nothing to it. Of the handlers that see a
 * whole run (the loop's memory, the displays, telemetry) a test lists what they leave out: it fails for a new kind of event
 * until somebody has decided about it for each of them.
 */
public interface RunEventHandler {
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
