package display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Events;
import agent.Evidence;
import agent.Instruction;
import agent.Limits;
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
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.loop.Fakes;
import console.Cells;
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
import java.util.stream.Collectors;
import journal.Entry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of a run fits the terminal, by columns and not by characters, whatever its words are. */
class WidthTest {
    /** Wide letters, an emoji of several code points, letters with combining marks, and ordinary words. */
    private static final String LONG = "修复失败的测试 👩‍👩‍👧 e\u0301te\u0301 and say so in many words, ".repeat(12);

    private static List<RunEvent> run() {
        Decision tests = new Decision.RunTests(Optional.of("make test"));
        return List.of(
                Events.runStarted(Fakes.task(), Limits.defaults(), "gemini gemini-3.8-flash", "claude", true, false),
                new RunEvent.SelfCheckStarted(), new RunEvent.SelfCheckEnded(Optional.of(Problem.fatal(ErrorType.OTHER, LONG))),
                new RunEvent.WorkerStarted(1, new Instruction(LONG, Optional.empty(), Optional.empty()), false),
                new RunEvent.WorkerSaid(LONG), Events.toolStarted("t1", "Bash", "make", LONG),
                new RunEvent.ToolEnded("t1", "Bash", false, false, Duration.ofSeconds(75), "exit 2: " + LONG),
                new RunEvent.WorkerNotice("api_retry", LONG),
                new RunEvent.WorkerEnded(1, Reports.builder()
                        .error(Optional.of(Problem.passing(ErrorType.EXIT, 1, LONG))).text(LONG).exitCode(OptionalInt.of(1))
                        .usage(new TokenUsage(123_456, 12_345, 0, 0, 0)).cost(Optional.of(Usd.of("1.2345"))).turns(17)
                        .stderr(LONG + "\n" + LONG).build(),
                        Duration.ofSeconds(75)),
                new RunEvent.TreeObserved("s", new Changes(List.of(LONG), 1234, 567)),
                new RunEvent.FunctionStarted(1, tests, Optional.empty(), true),
                new RunEvent.FunctionEnded(1, tests, FunctionResult.verified(new Verification(Verification.Type.TESTS,
                        Verification.Verdict.FAIL, LONG), "AssertionError: " + LONG + "\n" + LONG), true, Duration.ofSeconds(75)),
                new RunEvent.ReasoningStarted(1),
                new RunEvent.ReasoningEnded(1, Optional.of(new Reasoning(new Decision.SendToWorker(LONG, Optional.empty()),
                        Optional.empty(), LONG, OptionalDouble.empty(), "")), Optional.empty(), Duration.ofSeconds(75)),
                new RunEvent.ReasoningEnded(1, Optional.empty(), Optional.of(Problem.passing(ErrorType.IO, LONG)), Duration.ZERO),
                new RunEvent.StallDetected(StallPattern.NO_CHANGE, LONG, false), new RunEvent.Notice(LONG),
                new RunEvent.CheckEnded(agent.CheckPlace.BASE, LONG, new Verification(Verification.Type.TESTS,
                        Verification.Verdict.PASS, LONG), Optional.of(new TestCounts(2, 1, 1)), Duration.ofSeconds(7)),
                new RunEvent.Judged(new Evidence("s", EvidenceLevel.UNCHANGED, LONG, List.of(LONG), List.of(new Suspicion("rule",
                        true, LONG, "a.py", 3)), List.of(), List.of(), 0, false, Optional.empty())),
                new RunEvent.RunEnded(Outcome.of(Status.UNPROVEN, LONG, ""), new Totals(17, 123, new TokenUsage(123_456, 12_345,
                        0, 0, 0), Usd.of("12.3456"), true, Duration.ofSeconds(75))));
    }

    private static void assertFit(List<String> lines, int width, int least) {
        assertTrue(lines.size() >= least, lines::toString);
        assertEquals(List.of(), lines.stream().filter(line -> Cells.width(line) > width).collect(Collectors.toList()));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 120, 200})
    void aRunIsToldInLinesThatFit(int width) {
        Screen screen = new Screen(width);
        LineDisplay display = new LineDisplay(screen.console, true, new LineDisplay.Header(
                "gemini gemini-3.8-flash", "claude", "REHEARSAL: a stand-in answers for the model and one for the worker",
                new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false, Duration.ZERO), Optional::empty), false);
        run().forEach(display::on);
        assertFit(screen.all().lines().toList(), width, 30);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 120, 200})
    void aTreeHasLinesThatFit(int width) {
        List<Entry> entries = new ArrayList<>();
        run().forEach(event -> entries.add(new Entry(entries.size() + 1, Instant.EPOCH, Printable.of(event))));
        Palette palette = new Palette(Palette.Colours.NONE, true);
        assertFit(RunTree.lines(RunTree.of(entries, palette), palette, width), width, 10);
    }
}
