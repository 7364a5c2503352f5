package display;

import agent.Events;
import agent.Instruction;
import agent.Limits;
import agent.Reasoning;
import agent.RunEvent;
import agent.Task;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens in a run, each thing in its shortest form; whatever takes time takes a second. */
final class RunEvents {
    static final Duration SECOND = Duration.ofSeconds(1);

    private RunEvents() {}

    static RunEvent began(Path directory, String task, boolean resumed) {
        return Events.runStarted(new Task("20260101-000000-test", task, directory, List.of(), List.of()), Limits.defaults(),
                "the journal's reasoner", "the journal's worker", false, resumed);
    }

    static RunEvent round(String instruction) {
        return new RunEvent.WorkerStarted(1, new Instruction(instruction, Optional.empty(), Optional.empty()), false);
    }

    static RunEvent tool(String id, String tool, String detail) {
        return Events.toolStarted(id, tool, detail);
    }

    /** A tool that a sub-agent asked for. */
    static RunEvent tool(String id, String tool, String detail, String parent) {
        return Events.toolStarted(id, tool, detail, "", Optional.of(parent));
    }

    static RunEvent toolDone(String id, String tool) {
        return new RunEvent.ToolEnded(id, tool, true, false, SECOND);
    }

    static RunEvent toolFailed(String id, String tool, String reason) {
        return new RunEvent.ToolEnded(id, tool, false, false, SECOND, reason);
    }

    /** The result of a check {@code make test}. */
    static FunctionResult checked(Verification.Verdict verdict, String output) {
        return FunctionResult.verified(new Verification(Verification.Type.TESTS, verdict, "make test"), output);
    }

    static RunEvent carriedOut(Decision decision, FunctionResult result, boolean automatic) {
        return new RunEvent.FunctionEnded(1, decision, result, automatic, SECOND);
    }

    static RunEvent decided(Decision decision, String thought) {
        return new RunEvent.ReasoningEnded(1, Optional.of(Reasoning.of(decision, thought)), Optional.empty(), SECOND);
    }
}
