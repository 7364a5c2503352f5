package agent;

/**
 * For code that by its nature looks at some kinds of events only, like a sum over one of them: the others mean nothing to it.
 * A new event is answered here for all of these at once: look through them whether it means something to one.
 */
public abstract class SomeEvents implements RunEventHandler {
    @Override
    public void on(RunEvent.RunStarted event) {}

    @Override
    public void on(RunEvent.RunEnded event) {}

    @Override
    public void on(RunEvent.VerifyStarted event) {}

    @Override
    public void on(RunEvent.VerifyEnded event) {}

    @Override
    public void on(RunEvent.Traced event) {}

    @Override
    public void on(RunEvent.SelfCheckStarted event) {}

    @Override
    public void on(RunEvent.SelfCheckEnded event) {}

    @Override
    public void on(RunEvent.WorkerStarted event) {}

    @Override
    public void on(RunEvent.WorkerSpawned event) {}

    @Override
    public void on(RunEvent.ConversationKnown event) {}

    @Override
    public void on(RunEvent.WorkerSaid event) {}

    @Override
    public void on(RunEvent.ToolStarted event) {}

    @Override
    public void on(RunEvent.ToolEnded event) {}

    @Override
    public void on(RunEvent.WorkerNotice event) {}

    @Override
    public void on(RunEvent.WorkerUsed event) {}

    @Override
    public void on(RunEvent.WorkerEnded event) {}

    @Override
    public void on(RunEvent.TreeObserved event) {}

    @Override
    public void on(RunEvent.FunctionStarted event) {}

    @Override
    public void on(RunEvent.FunctionEnded event) {}

    @Override
    public void on(RunEvent.ReasoningStarted event) {}

    @Override
    public void on(RunEvent.ReasoningEnded event) {}

    @Override
    public void on(RunEvent.ModelCallStarted event) {}

    @Override
    public void on(RunEvent.AttemptFailed event) {}

    @Override
    public void on(RunEvent.ModelCallEnded event) {}

    @Override
    public void on(RunEvent.StallDetected event) {}

    @Override
    public void on(RunEvent.TodoChanged event) {}

    @Override
    public void on(RunEvent.Notice event) {}

    @Override
    public void on(RunEvent.CheckStarted event) {}

    @Override
    public void on(RunEvent.CheckEnded event) {}

    @Override
    public void on(RunEvent.Judged event) {}
}
