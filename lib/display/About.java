package display;

import agent.decision.Decision;
import agent.decision.DecisionVisitor;

/** What a decision is about, in the words of its own arguments. */
enum About implements DecisionVisitor<String> {
    INSTANCE;

    @Override
    public String on(Decision.SendToWorker decision) {
        return decision.instruction();
    }

    @Override
    public String on(Decision.VerifyCode decision) {
        return String.join(", ", decision.filePaths());
    }

    @Override
    public String on(Decision.RunTests decision) {
        return decision.testCommand().orElse("");
    }

    @Override
    public String on(Decision.CheckServer decision) {
        return decision.url();
    }

    @Override
    public String on(Decision.ReadFile decision) {
        return decision.filePath();
    }

    @Override
    public String on(Decision.ReviewChanges decision) {
        return String.join(", ", decision.filePaths());
    }

    @Override
    public String on(Decision.VerifyProduct decision) {
        return decision.startCommand().or(decision::productType).orElse("");
    }

    @Override
    public String on(Decision.CreateTask decision) {
        return decision.description();
    }

    @Override
    public String on(Decision.UpdateTask decision) {
        return decision.taskId() + " " + decision.status();
    }

    @Override
    public String on(Decision.CompleteTask decision) {
        return decision.taskId();
    }

    @Override
    public String on(Decision.MarkDone decision) {
        return decision.summary();
    }

    @Override
    public String on(Decision.SaveSession decision) {
        return decision.reason();
    }

    @Override
    public String on(Decision.NoOp decision) {
        return decision.reason();
    }
}
