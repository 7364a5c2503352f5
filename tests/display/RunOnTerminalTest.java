package display;

import static display.RunEvents.SECOND;
import static display.RunEvents.began;
import static display.RunEvents.carriedOut;
import static display.RunEvents.decided;
import static display.RunEvents.round;
import static display.RunEvents.tool;
import static display.RunEvents.toolDone;
import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.ModelCall;
import agent.Outcome;
import agent.Reports;
import agent.RunEvent;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The last line of a terminal, which is drawn again and again: what goes on now, and how far the run is. */
class RunOnTerminalTest {
    private static final Decision TESTS = new Decision.RunTests(Optional.of("make test"));
    private static final LineDisplay.Header HEADER = new LineDisplay.Header("gemini", "claude", "",
            new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false, Duration.ZERO), Optional::empty);

    private final Screen screen = Screen.terminal(120);
    private final LineDisplay display = new LineDisplay(screen.console, true, HEADER, false);

    @Test
    void itSaysWhatGoesOnNow() {
        display.on(new RunEvent.SelfCheckStarted());
        screen.assertGoesOn("checking that the worker and the reasoner are available");
        display.on(new RunEvent.SelfCheckEnded(Optional.empty()));
        screen.assertNothingGoesOn();
        display.on(round("go"));
        screen.assertGoesOn("claude thinks");
        display.on(tool("1", "Bash", "make"));
        display.on(tool("2", "Read", "a.py"));
        screen.assertGoesOn("Read a.py");
        display.on(toolDone("2", "Read"));
        screen.assertGoesOn("Bash make");
        display.on(toolDone("1", "Bash"));
        screen.assertGoesOn("claude thinks");
        display.on(tool("3", "Bash", "never ends"));
        display.on(new RunEvent.WorkerEnded(1, Reports.builder().build(), SECOND));
        screen.assertNothingGoesOn();
        display.on(new RunEvent.FunctionStarted(1, TESTS, Optional.empty(), true));
        screen.assertGoesOn("checking: make test");
        display.on(carriedOut(TESTS, FunctionResult.ok("fine"), false));
        screen.assertNothingGoesOn();
        display.on(new RunEvent.FunctionStarted(1, TESTS, Optional.empty(), false));
        screen.assertGoesOn("run_tests: make test");
        display.on(new RunEvent.ReasoningStarted(1));
        screen.assertGoesOn("gemini decides");
        display.on(decided(TESTS, ""));
        screen.assertNothingGoesOn();
        display.on(round("go"));
        display.on(tool("4", "Bash", "ls"));
        display.on(toolDone("4", "Bash"));
        screen.assertGoesOn("claude thinks");
        display.on(new RunEvent.RunEnded(Outcome.interrupted(2, ""), new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false, SECOND)));
        screen.assertDrawnNoMoreSince("✗ interrupted in 1.0 s");
    }

    @Test
    void itCountsRoundsDecisionsTokensAndMoney() {
        display.on(began(Path.of("/x"), "x", false));
        display.on(round("go"));
        display.on(new RunEvent.WorkerUsed(new TokenUsage(900, 0, 0, 0, 0)));
        display.on(tool("1", "Bash", "make"));
        screen.assertGoesOn("round 1 · 0.0 s · 900 tokens · Bash make");
        display.on(new RunEvent.WorkerEnded(1, Reports.builder().usage(new TokenUsage(800, 0, 0, 0, 0))
                .cost(Optional.of(Usd.of("0.5"))).build(), SECOND));
        display.on(new RunEvent.ReasoningStarted(1));
        screen.assertGoesOn("round 1 · $0.50 · decision 1/25 · 0.0 s · 800 tokens · gemini decides");
        display.on(new RunEvent.ModelCallEnded(new ModelCall("gemini", "model", null, null, "", 0), new ModelCall.Answer(
                Optional.empty(), Optional.empty(), List.of(), new TokenUsage(100, 0, 0, 0, 0), Optional.of(Usd.of("0.25")), 1,
                Optional.empty()), SECOND));
        display.on(new RunEvent.ReasoningStarted(2));
        screen.assertGoesOn("round 1 · $0.75 · decision 2/25 · 0.0 s · 900 tokens · gemini decides");
    }

    @Test
    void onANarrowTerminalWhatGoesOnNowIsKept() {
        Screen narrow = Screen.terminal(44);
        LineDisplay told = new LineDisplay(narrow.console, true, HEADER, false);
        told.on(round("go"));
        told.on(tool("1", "Bash", "make lint"));
        narrow.assertGoesOn("round 1 · 0.0 s · Bash make lint");
        Screen narrower = Screen.terminal(43);
        told = new LineDisplay(narrower.console, true, HEADER, false);
        told.on(round("go"));
        told.on(tool("1", "Bash", "make lint"));
        narrower.assertGoesOn("round 1 · Bash make lint");
    }

    @Test
    void thereAreColoursOnATerminalAndNoneInAPipe() {
        for (boolean living : new boolean[] {true, false}) {
            Screen coloured = Screen.coloured(120);
            new LineDisplay(coloured.console, living, HEADER, false).on(new RunEvent.Notice("waiting"));
            assertEquals(living, coloured.all().contains("\u001b[33mnote: \u001b[0m"), coloured.all());
        }
    }
}
