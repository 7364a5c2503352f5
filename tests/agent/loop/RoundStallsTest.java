package agent.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Instruction;
import agent.Interruption;
import agent.RunEvent;
import agent.RunListener;
import agent.StallPattern;
import agent.ToolAction;
import agent.ToolAction.Kind;
import agent.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A round without progress: the notices during the round, its end, and the text for the reasoner afterwards. */
class RoundStallsTest {
    private final List<RunEvent> told = new ArrayList<>();
    private final Interruption run = new Interruption();
    private final History history = new History();

    private RoundWatch watch(boolean ends) {
        return new RoundWatch(told::add, ends, new Bounds(run, Instant.MAX));
    }

    private static void call(RunListener listener, String id, Kind kind, boolean success) {
        listener.on(new RunEvent.ToolStarted(id, "Tool", "", "", Optional.empty(), new ToolAction(kind, kind + id)));
        listener.on(new RunEvent.ToolEnded(id, "Tool", success, false, Duration.ZERO));
    }

    private static void read(RunListener listener, int times) {
        for (int i = 0; i < times; i++) {
            call(listener, "r" + i, Kind.READ, true);
        }
    }

    private List<RunEvent.StallDetected> stalls() {
        return told.stream().filter(RunEvent.StallDetected.class::isInstance).map(RunEvent.StallDetected.class::cast).toList();
    }

    @Test
    void anEditThatEndsWellBeginsTheCountAnew() {
        RoundWatch watch = watch(false);
        read(watch, LiveStalls.WITHOUT_EDIT - 1);
        call(watch, "e", Kind.EDIT, true);
        read(watch, LiveStalls.WITHOUT_EDIT - 1);
        assertEquals(List.of(), stalls());
        call(watch, "other", Kind.READ, true);
        assertEquals(List.of(new RunEvent.StallDetected(StallPattern.NO_EDIT, "the worker took 10 actions without an edit of a file",
                false)), stalls());
        assertFalse(watch.bounds().interruption().requested(), "the round goes on");
    }

    @Test
    void aRoundThatIsEndedForItsStallSaysWhyInItsReport() {
        RoundWatch watch = watch(true);
        assertEquals(Fakes.clean("x"), watch.explained(Fakes.clean("x")), "nothing to explain yet");
        read(watch, LiveStalls.WITHOUT_EDIT);
        assertEquals(OptionalInt.of(2), watch.bounds().interruption().signal());
        assertFalse(run.requested());
        WorkerReport report = watch.explained(Fakes.clean("x"));
        assertFalse(report.clean());
        assertEquals("the round was ended because it stalled: the worker took 10 actions without an edit of a file",
                report.obstacle().orElseThrow().message());
        assertEquals("x", report.text(), "the rest stays as it was");
    }

    @Test
    void theRunsOwnSignalIsTheRoundsToo() {
        try (RoundWatch watch = watch(true)) {
            run.request(15);
            read(watch, LiveStalls.WITHOUT_EDIT);
            assertEquals(OptionalInt.of(15), watch.bounds().interruption().signal());
            assertTrue(watch.explained(Fakes.clean("x")).clean(), "it did not end by its stall");
        }
    }

    @Test
    void aSignalAfterTheRoundNoLongerReachesIt() {
        RoundWatch watch = watch(true);
        watch.close();
        run.request(15);
        assertFalse(watch.bounds().interruption().requested());
    }

    private void stalled(StallPattern pattern) {
        history.on(new RunEvent.StallDetected(pattern, pattern.value(), false));
    }

    private List<String> readAfterwards() {
        history.on(new RunEvent.WorkerEnded(1, Fakes.clean("x"), Duration.ZERO));
        return history.lastRound().orElseThrow().stalls();
    }

    private void begin() {
        history.on(new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false));
    }

    @Test
    void theReasonerReadsWhatWasNoticedInsideTheRoundAndNothingElse() {
        begin();
        Arrays.stream(StallPattern.values()).forEach(this::stalled);
        assertEquals(List.of("no_edit", "same_tool", "read_again"), readAfterwards());
        begin();
        assertEquals(List.of(), readAfterwards(), "each round has its own");
    }

    @Test
    void aWorkerThatEditsAfterAllHasFoundItsWay() {
        begin();
        stalled(StallPattern.NO_EDIT);
        stalled(StallPattern.SAME_TOOL);
        call(history, "e", Kind.EDIT, true);
        assertEquals(List.of("same_tool"), readAfterwards());
    }

    @Test
    void anEditThatFailsAndAnyOtherToolLeaveTheNotice() {
        begin();
        stalled(StallPattern.NO_EDIT);
        call(history, "e", Kind.EDIT, false);
        call(history, "r", Kind.READ, true);
        assertEquals(List.of("no_edit"), readAfterwards());
    }

    @Test
    void anEditOfTheRoundBeforeIsNoneOfThisRound() {
        begin();
        history.on(new RunEvent.ToolStarted("e", "Edit", "", "", Optional.empty(), new ToolAction(Kind.EDIT, "e")));
        begin();
        stalled(StallPattern.NO_EDIT);
        history.on(new RunEvent.ToolEnded("e", "Edit", true, false, Duration.ZERO));
        assertEquals(List.of("no_edit"), readAfterwards());
    }
}
