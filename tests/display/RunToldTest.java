package display;

import static display.RunEvents.SECOND;
import static display.RunEvents.began;
import static display.RunEvents.carriedOut;
import static display.RunEvents.checked;
import static display.RunEvents.decided;
import static display.RunEvents.round;
import static display.RunEvents.tool;
import static display.RunEvents.toolFailed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Changes;
import agent.CheckPlace;
import agent.Events;
import agent.Evidence;
import agent.ModelCall;
import agent.Problem;
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
import contract.ErrorType;
import contract.EvidenceLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run says of each thing that happens, while it goes on: the lines, word by word. */
class RunToldTest {
    private static final Decision TESTS = new Decision.RunTests(Optional.of("make test"));
    private static final ModelCall CALL = new ModelCall("gemini", "model", null, null, "", 0);

    private static LineDisplay display(Screen screen, boolean verbose, String rehearsal) {
        return new LineDisplay(screen.console, true, new LineDisplay.Header("gemini", "claude", rehearsal,
                new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false, Duration.ZERO), Optional::empty), verbose);
    }

    private static List<String> told(Screen screen, boolean verbose, RunEvent... events) {
        LineDisplay display = display(screen, verbose, "");
        Arrays.asList(events).forEach(display::on);
        assertEquals(List.of(), screen.out());
        return screen.err();
    }

    private static List<String> told(RunEvent... events) {
        return told(new Screen(120), false, events);
    }

    @Test
    void itsHeadNamesTheTaskTheSessionAndWhoWorks() {
        assertEquals(List.of("make it work", "  session 20260101-000000-test · reasoner gemini · worker claude"),
                told(began(Path.of("").toAbsolutePath(), "make it work", false)));
        assertEquals(List.of("make it work (resumed)", "  session 20260101-000000-test · reasoner gemini · worker claude", "  in /srv/x"),
                told(began(Path.of("/srv/x"), "make it work", true)));
    }

    @Test
    void aRehearsalIsNamedInItsHead() {
        Screen screen = new Screen(120);
        display(screen, false, "REHEARSAL: a stand-in answers").on(began(Path.of("").toAbsolutePath(), "x", false));
        assertEquals("  REHEARSAL: a stand-in answers", screen.err().get(2));
    }

    @Test
    void aSelfCheckIsOnlyToldWhenItFails() {
        assertEquals(List.of("  ✗ self-check: no key"), told(new RunEvent.SelfCheckStarted(), new RunEvent.SelfCheckEnded(Optional.empty()),
                new RunEvent.SelfCheckEnded(Optional.of(Problem.fatal(ErrorType.SELF_CHECK, "no key")))));
    }

    @Test
    void aRoundHasItsNumberAndItsInstruction() {
        assertEquals(List.of("● round 1 claude · go", "● round 2 claude · go"), told(round("go"), round("go")));
    }

    @Test
    void aRoundTellsTwentySayingsAndThatThereAreMore() {
        List<RunEvent> events = new ArrayList<>(List.of(round("go")));
        IntStream.range(0, 25).forEach(i -> events.add(new RunEvent.WorkerSaid("word " + i)));
        events.add(round("go"));
        events.add(new RunEvent.WorkerSaid("again"));
        List<String> lines = told(events.toArray(RunEvent[]::new));
        assertEquals(List.of("    word 18", "    word 19", "    … more in the journal", "● round 2 claude · go", "    again"),
                lines.subList(19, lines.size()));
    }

    @Test
    void aToolStandsBelowTheOneThatStartedItAndFailsWithItsReason() {
        assertEquals(List.of("● round 1 claude · go", "    Agent look", "      Bash make", "      ✗ Bash · exit 2", "    ✗ Agent · failed",
                "    ✗ Read · was cut off"), told(round("go"), tool("1", "Agent", "look"),
                Events.toolStarted("2", "Bash", "a folder", "make", Optional.of("1")), toolFailed("2", "Bash", "exit 2"),
                toolFailed("1", "Agent", " "), new RunEvent.ToolEnded("3", "Read", false, true, SECOND),
                new RunEvent.ToolEnded("4", "Edit", true, false, SECOND, "ignored")));
    }

    @Test
    void aRoundTellsSixtyToolsButEachThatFails() {
        List<RunEvent> events = new ArrayList<>(List.of(round("go")));
        IntStream.range(0, 62).forEach(i -> events.add(tool("t" + i, "Read", "file " + i)));
        events.add(toolFailed("t61", "Read", "gone"));
        events.add(round("go"));
        events.add(tool("next", "Read", "again"));
        List<String> lines = told(events.toArray(RunEvent[]::new));
        assertEquals(List.of("    Read file 59", "    ✗ Read · gone", "● round 2 claude · go", "    Read again"),
                lines.subList(60, lines.size()));
    }

    /** An id can come again in the next round, and does not stand below what was there before. */
    @Test
    void whereAToolStandsIsForgottenWithItsRound() {
        List<String> lines = told(round("go"), tool("1", "Agent", "look"),
                tool("2", "Bash", "make", "1"),
                new RunEvent.WorkerEnded(1, Reports.builder().build(), SECOND), round("go"), toolFailed("2", "Bash", "gone"));
        assertEquals("    ✗ Bash · gone", lines.get(lines.size() - 1));
    }

    @Test
    void ofAWorkersNoticesThoseThatMatterAreToldAndTheRestWhenAskedFor() {
        RunEvent[] notices = {new RunEvent.WorkerNotice("api_retry", "busy"), new RunEvent.WorkerNotice("compact", "smaller"),
            new RunEvent.WorkerNotice("permission_denied", "Bash")};
        assertEquals(List.of("    api_retry: busy", "    permission_denied: Bash"), told(notices));
        assertEquals(List.of("    api_retry: busy", "    compact: smaller", "    permission_denied: Bash"),
                told(new Screen(120), true, notices));
    }

    @Test
    void theEndOfARoundIsToldWithItsChangesInALineWhereThatFits() {
        RunEvent[] events = {new RunEvent.WorkerEnded(1, Reports.builder().turns(4).cost(Optional.of(Usd.of("0.5"))).build(),
                Duration.ofSeconds(3)), new RunEvent.TreeObserved("s", new Changes(List.of("a.py"), 2, 1)),
            new RunEvent.TreeObserved("t", new Changes(List.of("b.py"), 2, 1))};
        String details = "4 turns · $0.5000 · 1 file changed +2 -1";
        List<String> whole = List.of("  ✓ claude · " + details + "  3.0 s");
        int fits = details.length() + "claude".length() + NoteLines.TOOK + 8;
        assertEquals(whole, told(new Screen(fits), false, events));
        assertEquals(List.of("  ✓ claude  3.0 s", "    " + details), told(new Screen(fits - 1), false, events));
    }

    @Test
    void aRoundThatFailedQuotesTheEndOfItsStderr() {
        Reports failed = Reports.builder().error(Optional.of(Problem.passing(ErrorType.EXIT, 1, "it broke")));
        String stderr = "0\n1\n2\n\n3\n  4\n5\n6\n";
        assertEquals(List.of("  ✗ claude · exit_1 (it broke) · no file changed  1.0 s", "      | 1", "      | 2", "      | 3",
                "      |   4", "      | 5", "      | 6"), told(new RunEvent.WorkerEnded(1, failed.stderr(stderr).build(), SECOND),
                new RunEvent.TreeObserved("s", Changes.NONE)));
        assertEquals(1, told(new RunEvent.WorkerEnded(1, failed.stderr(" \n").build(), SECOND),
                new RunEvent.TreeObserved("s", Changes.NONE)).size());
        assertEquals(1, told(new RunEvent.WorkerEnded(1, Reports.builder().stderr(stderr).build(), SECOND),
                new RunEvent.TreeObserved("s", Changes.NONE)).size());
    }

    @Test
    void theCheckAfterARoundSaysItsVerdictAndQuotesWhatFailed() {
        assertEquals(List.of("  ✓ check · make test: pass  1.0 s", "  ✗ check · make test: fail  1.0 s", "      | AssertionError: 1 != 2",
                "  – check · make test: skipped  1.0 s", "      | no make here", "  ✗ check · make test: interrupted  1.0 s"),
                told(carriedOut(TESTS, checked(Verification.Verdict.PASS, "said"), true),
                        carriedOut(TESTS, checked(Verification.Verdict.FAIL, "x\nAssertionError: 1 != 2\n"), true),
                        carriedOut(TESTS, checked(Verification.Verdict.SKIPPED, "no make here"), true),
                        carriedOut(TESTS, FunctionResult.INTERRUPTED, true)));
    }

    @Test
    void aDecisionThatWasCarriedOutIsOnlyToldWhereItCheckedOrFailed() {
        assertEquals(List.of("    ✓ make test: pass  1.0 s", "    ✗ make test: fail  1.0 s", "      | AssertionError: 1",
                "    ✗ no such file  1.0 s"), told(carriedOut(TESTS, checked(Verification.Verdict.PASS, "said"), false),
                carriedOut(TESTS, checked(Verification.Verdict.FAIL, "AssertionError: 1"), false),
                carriedOut(new Decision.ReadFile("a.py"), FunctionResult.refused("no such file"), false),
                carriedOut(new Decision.ReadFile("a.py"), FunctionResult.ok("fine"), false)));
    }

    @Test
    void aDecisionSaysWhatItIsAboutAndWhy() {
        assertEquals(List.of("  → run_tests · make test  1.0 s", "    why: because", "  → run_tests  1.0 s",
                "  ✗ no decision: the model is away"), told(new RunEvent.ReasoningStarted(1), decided(TESTS, "because"),
                decided(new Decision.RunTests(Optional.empty()), " "), new RunEvent.ReasoningEnded(1, Optional.empty(),
                        Optional.of(Problem.passing(ErrorType.IO, "the model is away")), SECOND)));
    }

    @ParameterizedTest
    @CsvSource({"2000, '; trying again in 2.0 s'", "0, '; trying again in 0.0 s'", "-1, ''"})
    void aRequestThatFailedSaysWhenItIsTriedAgain(long delay, String words) {
        assertEquals(List.of("    gemini attempt 2: busy" + words), told(new RunEvent.AttemptFailed(CALL,
                new ModelCall.Attempt(2, OptionalInt.of(503), ErrorType.HTTP, "busy", delay))));
    }

    @ParameterizedTest
    @CsvSource({"NO_EDIT, true, '; the round is ended'", "NO_EDIT, false, ''", "NO_CHANGE, true, '; stopping'",
        "NO_CHANGE, false, '; the reasoner is told to try something else'"})
    void aStallSaysWhatIsDoneAboutIt(StallPattern pattern, boolean stopping, String words) {
        assertEquals(List.of("  stall: nothing changes" + words), told(new RunEvent.StallDetected(pattern, "nothing changes", stopping)));
    }

    @Test
    void aNoteThatNeedsMoreLinesGoesOnBelowItsWords() {
        assertEquals(List.of("  note: 1234567890 1234567890", "        1234567890"),
                told(new Screen(30), false, new RunEvent.Notice("1234567890 1234567890 1234567890")));
    }

    @Test
    void aCheckInTheCopyIsToldWhenItEndsAndItsStartWhenAskedFor() {
        RunEvent[] check = {new RunEvent.CheckStarted(CheckPlace.BASE, "the old files", "make test"),
            new RunEvent.CheckEnded(CheckPlace.BASE, "the old files", new Verification(Verification.Type.TESTS,
                    Verification.Verdict.PASS, "make test"), Optional.of(new TestCounts(2, 1, 1)), SECOND)};
        String ended = "    in the copy: the old files: pass (2 passed, 1 failed, 1 skipped) 1.0 s";
        assertEquals(List.of(ended), told(check));
        assertEquals(List.of("    checking the old files in a copy", ended), told(new Screen(120), true, check));
    }

    @Test
    void aVerdictHasItsLevelItsSentenceItsSuspicionsAndItsNotes() {
        Suspicion suspicion = new Suspicion("process-exit", true, "ends early", "a.py", 3);
        assertEquals(List.of("  evidence unchanged", "    nothing was shown", "    suspicion:", "    a.py:3 process-exit: ends early",
                "    suspicion:", "    a.py:3 process-exit: ends early (lifted by user)", "    a note"),
                told(new RunEvent.Judged(new Evidence("s", EvidenceLevel.UNCHANGED, "nothing was shown", List.of("a note"),
                        List.of(suspicion, suspicion.lifted("user")), List.of(), List.of(), 0, false, Optional.empty()))));
    }
}
