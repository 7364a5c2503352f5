package display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Changes;
import agent.CheckPlace;
import agent.Events;
import agent.Evidence;
import agent.Instruction;
import agent.Limits;
import agent.ModelCall;
import agent.Outcome;
import agent.Problem;
import agent.Reasoning;
import agent.Reports;
import agent.RunEvent;
import agent.StallPattern;
import agent.Suspicion;
import agent.TestCounts;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.loop.Fakes;
import console.Palette;
import contract.ErrorType;
import contract.EvidenceLevel;
import contract.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import journal.Entry;
import org.junit.jupiter.api.Test;

/** What the tree of a session says of each thing that happened, and of what a kill left open. */
class TreeWordsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Decision TESTS = new Decision.RunTests(Optional.of("make test"));
    private static final RunEvent BEGUN = Events.runStarted(Fakes.task(), Limits.defaults(), "gemini", "claude", false, false);
    private static final RunEvent ROUND = new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false);

    /** The lines of the tree without their branches: the depth is their indentation. */
    private static List<String> tree(RunEvent... events) {
        List<Entry> entries = new ArrayList<>();
        for (RunEvent event : events) {
            entries.add(new Entry(entries.size() + 1, Instant.EPOCH.plusSeconds(entries.size()), event));
        }
        List<String> lines = new ArrayList<>();
        flat(RunTree.of(entries, new Palette(Palette.Colours.NONE, true)), "", lines);
        return lines;
    }

    private static void flat(List<RunTree.Node> nodes, String indent, List<String> lines) {
        for (RunTree.Node node : nodes) {
            lines.add((indent + node.label() + " | " + node.took().map(Duration::toSeconds).map(s -> s + " s").orElse("") + " | "
                    + node.detail()).stripTrailing());
            flat(node.children(), indent + "  ", lines);
        }
    }

    private static RunEvent function(FunctionResult result, boolean automatic) {
        return new RunEvent.FunctionEnded(1, TESTS, result, automatic, SECOND);
    }

    private static RunEvent verified(Verification.Verdict verdict, boolean automatic) {
        return function(FunctionResult.verified(new Verification(Verification.Type.TESTS, verdict, "make test"), "said"), automatic);
    }

    @Test
    void aRoundSaysHowItEndedWhatItCostAndWhatItChanged() {
        WorkerReport clean = Reports.builder().turns(4).usage(new TokenUsage(1_200, 340, 0, 0, 0))
                .cost(Optional.of(Usd.of("0.5"))).build();
        WorkerReport failed = Reports.builder().error(Optional.of(Problem.passing(ErrorType.EXIT, 1, "it broke")))
                .exitCode(OptionalInt.of(1)).build();
        assertEquals(List.of("✓ round 1 claude | 3 s | 4 turns · 1.2k tokens in, 340 out · $0.5000", "1 file changed +2 -1 |  | a.py",
                "✗ round 2 claude | 1 s | exit_1 (it broke)"), tree(BEGUN, ROUND,
                new RunEvent.WorkerEnded(1, clean, Duration.ofSeconds(3)),
                new RunEvent.TreeObserved("s", new Changes(List.of("a.py"), 2, 1)),
                ROUND, new RunEvent.WorkerEnded(1, failed, SECOND), new RunEvent.TreeObserved("t", Changes.NONE)));
    }

    @Test
    void aToolThatFailedSaysWhyAndOneThatWasCutOffSaysSo() {
        assertEquals(List.of("✓ round 1 claude | 1 s |", "  ✗ Bash | 1 s | make", "    why |  | exit 2", "  ✗ Bash | 1 s | ls (cut off)",
                "  Read | 1 s | a.py", "  ✗ Edit |  | b.py (cut off)"), tree(BEGUN, ROUND,
                Events.toolStarted("1", "Bash", "make", "", Optional.empty()),
                new RunEvent.ToolEnded("1", "Bash", false, false, SECOND, "exit 2"),
                Events.toolStarted("2", "Bash", "a folder", "ls", Optional.empty()),
                new RunEvent.ToolEnded("2", "Bash", false, true, SECOND, ""),
                Events.toolStarted("3", "Read", "a.py", "", Optional.empty()),
                new RunEvent.ToolEnded("3", "Read", true, false, SECOND, "no reason"),
                Events.toolStarted("4", "Edit", "b.py", "", Optional.empty()),
                new RunEvent.WorkerEnded(1, Reports.builder().build(), SECOND)));
    }

    @Test
    void aDecisionSaysWhatItIsAboutAndAFailedOneWhy() {
        Reasoning reasoning = new Reasoning(TESTS, Optional.empty(), "because", OptionalDouble.empty(), "");
        assertEquals(List.of("→ run_tests | 1 s | make test", "✗ no decision | 1 s | the model is away"), tree(BEGUN,
                new RunEvent.ReasoningStarted(1), new RunEvent.ReasoningEnded(1, Optional.of(reasoning), Optional.empty(), SECOND),
                new RunEvent.ReasoningStarted(2), new RunEvent.ReasoningEnded(2, Optional.empty(),
                        Optional.of(Problem.passing(ErrorType.IO, "the model is away")), SECOND)));
    }

    @Test
    void aFunctionSaysItsVerdictOrWhatItSaidWhenItFailed() {
        RunEvent started = new RunEvent.FunctionStarted(1, TESTS, Optional.empty(), false);
        assertEquals(List.of("✓ run_tests pass | 1 s | make test", "✗ check fail | 1 s | make test", "✗ run_tests | 1 s | no such file",
                "✓ run_tests | 1 s |"), tree(BEGUN, started, verified(Verification.Verdict.PASS, false), started,
                verified(Verification.Verdict.FAIL, true), started, function(FunctionResult.refused("no such file"), false), started,
                function(FunctionResult.ok("fine"), false)));
    }

    @Test
    void aVerdictHasALineForEachSuspicionAndEachNote() {
        Suspicion suspicion = new Suspicion("rule", true, "ends early", "a.py", 3);
        assertEquals(List.of("check base | 1 s | the old files: pass (2 passed, 1 failed, 1 skipped)",
                "check proof | 1 s | the new files: fail (3 passed, 0 failed)", "check tree | 1 s | here: skipped",
                "evidence |  | unchanged: nothing was shown", "suspicion |  | " + suspicion.text(),
                "suspicion |  | " + suspicion.text() + " (lifted by user)", "note |  | a note"), tree(BEGUN,
                check(CheckPlace.BASE, "the old files", Verification.Verdict.PASS, Optional.of(new TestCounts(2, 1, 1))),
                check(CheckPlace.PROOF, "the new files", Verification.Verdict.FAIL, Optional.of(new TestCounts(3, 0, 0))),
                check(CheckPlace.TREE, "here", Verification.Verdict.SKIPPED, Optional.empty()),
                new RunEvent.Judged(new Evidence("s", EvidenceLevel.UNCHANGED, "nothing was shown", List.of("a note"),
                        List.of(suspicion, suspicion.lifted("user")), List.of(), List.of(), 0, false, Optional.empty()))));
    }

    private static RunEvent check(CheckPlace place, String what, Verification.Verdict verdict, Optional<TestCounts> counts) {
        return new RunEvent.CheckEnded(place, what, new Verification(Verification.Type.TESTS, verdict, "make test"), counts, SECOND);
    }

    @Test
    void whatWasOpenWhenARunWasKilledIsCutOffAlsoWhereTheSessionWentOn() {
        RunEvent resumed = Events.runStarted(Fakes.task(), Limits.defaults(), "gemini", "codex", false, true);
        Totals totals = new Totals(1, 2, TokenUsage.NONE, Usd.ZERO, false, SECOND);
        assertEquals(List.of("✓ self-check | 1 s |", "✗ cut off |  |", "  note |  | waiting", "resumed |  |", "✗ self-check | 1 s | no key",
                "✗ cut off |  |", "stall |  | nothing changes"), tree(BEGUN, new RunEvent.SelfCheckStarted(),
                new RunEvent.SelfCheckEnded(Optional.empty()), ROUND, new RunEvent.Notice("waiting"), resumed,
                new RunEvent.SelfCheckStarted(),
                new RunEvent.SelfCheckEnded(Optional.of(Problem.fatal(ErrorType.SELF_CHECK, "no key"))), ROUND,
                new RunEvent.RunEnded(Outcome.of(Status.FAILED_SELF_CHECK, "no key", ""), totals),
                new RunEvent.StallDetected(StallPattern.NO_CHANGE, "nothing changes", true)));
    }

    private static RunEvent call(Optional<String> answered, TokenUsage usage, Optional<Usd> cost, int attempts, Optional<Problem> error) {
        return new RunEvent.ModelCallEnded(new ModelCall("gemini", "asked", null, null, "", 0),
                new ModelCall.Answer(answered, Optional.empty(), List.of(), usage, cost, attempts, error), SECOND);
    }

    @Test
    void aCallOfAModelStandsBelowItsDecisionWithWhatItUsed() {
        Reasoning reasoning = new Reasoning(TESTS, Optional.empty(), "because", OptionalDouble.empty(), "");
        assertEquals(List.of("→ run_tests | 1 s | make test", "  ✗ gemini asked | 1 s | cost not known, 2 attempts, exit_1",
                "  gemini answered | 1 s | 1.2k tokens in, 340 out, $0.2500"), tree(BEGUN, new RunEvent.ReasoningStarted(1),
                call(Optional.empty(), TokenUsage.NONE, Optional.empty(), 2, Optional.of(Problem.passing(ErrorType.EXIT, 1, "x"))),
                call(Optional.of("answered"), new TokenUsage(1_200, 340, 0, 0, 0), Optional.of(Usd.of("0.25")), 1, Optional.empty()),
                new RunEvent.ReasoningEnded(1, Optional.of(reasoning), Optional.empty(), SECOND)));
    }

    @Test
    void whatChangedBeforeAnythingHappenedIsNotTheRuns() {
        assertEquals(List.of(), tree(BEGUN, new RunEvent.TreeObserved("s", new Changes(List.of("a.py"), 2, 1))));
    }

    /** As a journal that has lost a line has it. */
    @Test
    void aToolThatEndsWithoutAStartIsThereAllTheSame() {
        assertEquals(List.of("✓ round 1 claude | 1 s |", "  Read | 1 s |"), tree(BEGUN, ROUND,
                new RunEvent.ToolEnded("9", "Read", true, false, SECOND, ""),
                new RunEvent.WorkerEnded(1, Reports.builder().build(), SECOND)));
        assertEquals(List.of("→ run_tests | 1 s | make test"), tree(BEGUN, new RunEvent.ReasoningEnded(1, Optional.of(
                Reasoning.of(TESTS, "")), Optional.empty(), SECOND)));
    }

    /** A tool whose answer never came is not a tool of the next round. */
    @Test
    void aToolThatIsNamedAgainInTheNextRoundIsAnotherOne() {
        RunEvent started = Events.toolStarted("1", "Bash", "ls", "", Optional.empty());
        RunEvent ended = new RunEvent.WorkerEnded(1, Reports.builder().build(), SECOND);
        assertEquals(List.of("✓ round 1 claude | 1 s |", "  ✗ Bash |  | ls (cut off)", "✓ round 2 claude | 1 s |", "  Bash | 1 s |"),
                tree(BEGUN, ROUND, started, ended, ROUND, new RunEvent.ToolEnded("1", "Bash", true, false, SECOND, ""), ended));
    }

    @Test
    void whatAFunctionCheckedStandsBelowIt() {
        RunEvent note = new RunEvent.Notice("the copy is warm");
        assertEquals(List.of("✓ self-check | 1 s |", "✓ run_tests pass | 1 s | make test", "  check base | 1 s | the old files: pass",
                "  note |  | the copy is warm", "note |  | the copy is warm"), tree(BEGUN, new RunEvent.SelfCheckStarted(),
                new RunEvent.SelfCheckEnded(Optional.empty()), new RunEvent.FunctionStarted(1, TESTS, Optional.empty(), false),
                check(CheckPlace.BASE, "the old files", Verification.Verdict.PASS, Optional.empty()), note,
                verified(Verification.Verdict.PASS, false), note));
    }

    @Test
    void whatIsToldDuringTheSelfCheckStandsBelowIt() {
        assertEquals(List.of("✓ self-check | 2 s |", "  note |  | it takes long"), tree(BEGUN, new RunEvent.SelfCheckStarted(),
                new RunEvent.Notice("it takes long"), new RunEvent.SelfCheckEnded(Optional.empty())));
    }
}
