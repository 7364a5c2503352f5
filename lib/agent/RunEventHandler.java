package agent;

/**
 * Answers every kind of {@link RunEvent}. It has no method with a body on purpose: whoever implements it says of each event
 * what it means there, also when that is nothing. Who cares for a few events only extends {@link SomeEvents}.
 */
public interface RunEventHandler {
    void on(RunEvent.RunStarted event);

    void on(RunEvent.RunEnded event);

    void on(RunEvent.VerifyStarted event);

    void on(RunEvent.VerifyEnded event);

    void on(RunEvent.Traced event);

    void on(RunEvent.SelfCheckStarted event);

    void on(RunEvent.SelfCheckEnded event);

    void on(RunEvent.WorkerStarted event);

    void on(RunEvent.WorkerSpawned event);

    void on(RunEvent.ConversationKnown event);

    void on(RunEvent.WorkerSaid event);

    void on(RunEvent.ToolStarted event);

    void on(RunEvent.ToolEnded event);

    void on(RunEvent.WorkerNotice event);

    void on(RunEvent.WorkerUsed event);

    void on(RunEvent.WorkerEnded event);

    void on(RunEvent.TreeObserved event);

    void on(RunEvent.FunctionStarted event);

    void on(RunEvent.FunctionEnded event);

    void on(RunEvent.ReasoningStarted event);

    void on(RunEvent.ReasoningEnded event);

    void on(RunEvent.ModelCallStarted event);

    void on(RunEvent.AttemptFailed event);

    void on(RunEvent.ModelCallEnded event);

    void on(RunEvent.StallDetected event);

    void on(RunEvent.TodoChanged event);

    void on(RunEvent.Notice event);

    void on(RunEvent.CheckStarted event);

    void on(RunEvent.CheckEnded event);

    void on(RunEvent.Judged event);
}
