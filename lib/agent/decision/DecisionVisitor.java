package agent.decision;

/**
 * Makes something of every kind of {@link Decision}. It has no method with a body on purpose: a new function does not compile
 * until everybody has answered it.
 */
public interface DecisionVisitor<R> {
    R on(Decision.SendToWorker decision);

    R on(Decision.VerifyCode decision);

    R on(Decision.RunTests decision);

    R on(Decision.CheckServer decision);

    R on(Decision.ReadFile decision);

    R on(Decision.ReviewChanges decision);

    R on(Decision.VerifyProduct decision);

    R on(Decision.CreateTask decision);

    R on(Decision.UpdateTask decision);

    R on(Decision.CompleteTask decision);

    R on(Decision.MarkDone decision);

    R on(Decision.SaveSession decision);

    R on(Decision.NoOp decision);
}
