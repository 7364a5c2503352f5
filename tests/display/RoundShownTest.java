package display;

import static display.RunEvents.SECOND;
import static display.RunEvents.carriedOut;
import static display.RunEvents.checked;
import static display.RunEvents.decided;
import static display.RunEvents.round;
import static display.RunEvents.tool;
import static display.RunEvents.toolFailed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import agent.Changes;
import agent.Events;
import agent.Problem;
import agent.Reports;
import agent.RunEvent;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.ErrorType;
import contract.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import journal.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One round of a session in full: nothing is cut, and nothing of another round is shown. */
class RoundShownTest {
    private static final Decision TESTS = new Decision.RunTests(Optional.of("make test\nmake lint"));
    private static final String LONG = "word ".repeat(200).strip();

    private final Screen screen = new Screen(60);

    private List<String> shown(int round, RunEvent... events) {
        List<Entry> entries = new ArrayList<>();
        for (RunEvent event : events) {
            entries.add(new Entry(entries.size() + 1, Instant.EPOCH, event));
        }
        RoundView.show(screen.console, entries, round);
        assertEquals(List.of(), screen.err());
        return screen.out();
    }

    /** Each kind of event of a round. */
    private static RunEvent[] full(String word) {
        return new RunEvent[] {round("do " + word + "\n\n  and more"), new RunEvent.WorkerSaid(word + " said\n" + LONG),
            Events.toolStarted("1", "Bash", "make", word + " one\ntwo"), tool("2", "Read", word + ".py"),
            toolFailed("1", "Bash", word + " exit 2"),
            new RunEvent.ToolEnded("2", "Read", true, false, SECOND, word + " ignored"),
            new RunEvent.WorkerEnded(1, Reports.builder().error(Optional.of(Problem.passing(ErrorType.EXIT, 1, word + " broke")))
                    .stderr(word + " err\n").build(), SECOND),
            new RunEvent.TreeObserved("s", new Changes(List.of(word + ".py", "b.py"), 2, 1)),
            carriedOut(TESTS, checked(Verification.Verdict.FAIL, word + " red\n  " + LONG), true),
            decided(TESTS, word + " because"),
            carriedOut(TESTS, FunctionResult.ok(word + " fine"), false),
            new RunEvent.ReasoningEnded(1, Optional.empty(), Optional.of(Problem.passing(ErrorType.IO, word + " away")), SECOND)};
    }

    private static List<String> lines(int round, String word) {
        return List.of("round " + round + " · instruction", "    do " + word, "    ", "      and more", "  says", "    " + word + " said",
                "    " + LONG, "  Bash", "    " + word + " one", "    two", "  Read " + word + ".py", "  ✗ Bash · " + word + " exit 2",
                "✗ the worker's round  1.0 s", "    " + word + " broke", "    " + word + " err", "2 files changed +2 -1",
                "    " + word + ".py", "    b.py", "✗ check · make test  1.0 s", "    " + word + " red", "      " + LONG,
                "→ run_tests  1.0 s", "    make test", "    make lint", "  why", "    " + word + " because", "✓ run_tests  1.0 s",
                "    " + word + " fine", "✗ no decision", "    " + word + " away");
    }

    @ParameterizedTest
    @CsvSource({"1, first", "2, second"})
    void allOfARoundAndNothingOfAnother(int round, String word) {
        List<RunEvent> events = new ArrayList<>(List.of(full("first")));
        events.addAll(List.of(full("second")));
        assertEquals(lines(round, word), shown(round, events.toArray(RunEvent[]::new)));
    }

    @Test
    void whatThereIsNotHasNoLine() {
        assertEquals(List.of("round 1 · instruction", "    go", "✓ the worker's round  1.0 s", "→ no_op  1.0 s", "    not usable"),
                shown(1, round("go"), new RunEvent.WorkerEnded(1, Reports.builder().build(), SECOND),
                        new RunEvent.TreeObserved("s", Changes.NONE),
                        decided(new Decision.NoOp("not usable"), " ")));
    }

    /** An id can come again in the next round. */
    @Test
    void aToolDoesNotStandBelowOneOfARoundBefore() {
        assertEquals(List.of("round 2 · instruction", "    go", "  ✗ Bash · failed"), shown(2, round("go"),
                tool("1", "Agent", "x"), tool("2", "Bash", "y", "1"),
                round("go"), toolFailed("2", "Bash", "")));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, it has none at all", "1, 0, it has 1 round: --round 1", "1, 2, it has 1 round: --round 1",
        "2, -1, it has 2 rounds: --round 1 to 2", "2, 3, it has 2 rounds: --round 1 to 2"})
    void aRoundThatIsNotThereIsAnErrorThatSaysWhichAre(int there, int wanted, String hint) {
        RunEvent[] rounds = IntStream.range(0, there).mapToObj(i -> round("go")).toArray(RunEvent[]::new);
        Failure failure = assertThrows(Failure.class, () -> shown(wanted, rounds));
        assertEquals("the session has no round " + wanted, failure.getMessage());
        assertEquals(hint, failure.hint());
        assertEquals(List.of(), screen.out());
    }
}
