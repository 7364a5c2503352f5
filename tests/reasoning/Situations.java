package reasoning;

import agent.Changes;
import agent.Limits;
import agent.Problem;
import agent.Reasoning;
import agent.Reports;
import agent.Situation;
import agent.Situation.Round;
import agent.Situation.Step;
import agent.Task;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.decision.Verification;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Situations to decide in. */
public final class Situations {
    public static final String TASK = "Write hello.py that prints Hello";
    public static final Set<FunctionName> ALL = EnumSet.complementOf(EnumSet.of(FunctionName.NO_OP));

    private Situations() {}

    public static Task task() {
        return new Task("s-1", TASK, Path.of("/tmp"), List.of(new Task.ContextFile("notes.md", "Use Python 3.")), List.of());
    }

    /** After the first round, whose check failed. */
    public static Situation afterFirstRound() {
        return with(List.of());
    }

    public static Situation with(List<Step> steps) {
        return with(task(), steps, "", List.of());
    }

    public static Situation with(Task task, List<Step> steps, String advice, List<TodoItem> todo) {
        return new Situation(task, Limits.defaults(), steps.size() + 1, Optional.of(round("said hello",
                "AssertionError: Hallo")),
                steps, todo, ALL, true, advice, Optional.empty(), "");
    }

    public static Round round(String said, String checkOutput) {
        return new Round(TASK + "\n\nThe work counts as done when this passes: make test", report(said, Optional.empty()),
                new Changes(List.of("hello.py", "test_hello.py"), 12, 3), Optional.of(FunctionResult.verified(
                        new Verification(Verification.Type.TESTS, Verification.Verdict.FAIL, "make test"), checkOutput)), List.of());
    }

    public static WorkerReport report(String said, Optional<Problem> error) {
        return Reports.builder().error(error).text(said).conversation(Optional.of("conv")).exitCode(OptionalInt.of(0))
                .turns(3).denials(List.of(new WorkerReport.Denial("Bash", "rm"))).stderr("stderr tail").build();
    }

    /** A step as Gemini took it: with the content that it answered. */
    public static Step echoed(Decision decision, String content, FunctionResult result, Optional<Round> round) {
        return new Step(new Reasoning(decision, Optional.of("c-1"), "because", OptionalDouble.empty(), content),
                result, round);
    }

    /** A step of a reasoner that echoes nothing. */
    public static Step foreign(Decision decision, FunctionResult result, Optional<Round> round) {
        return new Step(Reasoning.of(decision, "by rule"), result, round);
    }
}
