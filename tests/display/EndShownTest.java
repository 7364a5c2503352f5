package display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.CheckPlace;
import agent.Events;
import agent.Evidence;
import agent.Limits;
import agent.Outcome;
import agent.Reports;
import agent.RunEvent;
import agent.RunListener;
import agent.Suspicion;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.decision.Verification;
import agent.loop.Fakes;
import console.Console;
import contract.EvidenceLevel;
import contract.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import journal.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The output at the end of a run, for each outcome and each display. */
class EndShownTest {
    private static final Totals TOTALS = new Totals(2, 3, new TokenUsage(1_200, 340, 0, 0, 0), Usd.of("0.25"), false,
            Duration.ofSeconds(75));

    private final Screen screen = new Screen(160);
    private final Console console = screen.console;

    private LineDisplay inLines(String rehearsal, Optional<String> trace) {
        return new LineDisplay(console, false, new LineDisplay.Header("gemini", "claude", rehearsal,
                new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false, Duration.ZERO), () -> trace), false);
    }

    private static void end(RunListener display, Outcome outcome) {
        display.on(new RunEvent.RunEnded(outcome, TOTALS));
    }

    static Stream<Outcome> notCompleted() {
        return Stream.concat(Stream.of(Status.values()).filter(s -> s != Status.COMPLETED && s != Status.INTERRUPTED)
                .map(status -> Outcome.of(status, "the reason of " + status.value(), "to go on: pa resume 1")),
                Stream.of(1, 2, 15).map(signal -> Outcome.interrupted(signal, "to go on: pa resume 1")));
    }

    @ParameterizedTest
    @MethodSource("notCompleted")
    void whatDidNotCompleteSaysItsStatusItsReasonAndTheNextStepOnStderrOnly(Outcome outcome) {
        end(inLines("", Optional.empty()), outcome);
        assertEquals(List.of(), screen.out());
        assertEquals(List.of("", "✗ " + outcome.status().value() + " in 1 m 15 s",
                "  3 rounds · 2 decisions · 1.2k tokens in, 340 out · $0.2500", "  " + outcome.reason(), "  next: to go on: pa resume 1"),
                screen.err());
    }

    @Test
    void whatCompletedGivesItsResultOnStdoutAndTheRestOnStderr() {
        end(inLines("", Optional.empty()), Outcome.of(Status.COMPLETED, "  the bug is fixed\nand tested\n", ""));
        assertEquals(List.of("the bug is fixed", "and tested"), screen.out());
        assertEquals(List.of("", "✓ completed in 1 m 15 s", "  3 rounds · 2 decisions · 1.2k tokens in, 340 out · $0.2500"), screen.err());
    }

    @Test
    void theTraceAndWhatStoodInAreTheLastLines() {
        end(inLines("REHEARSAL: a stand-in answers", Optional.of("http://localhost:1/trace/1")), Outcome.of(Status.STOPPED, "saved", ""));
        assertEquals(List.of("  saved", "  REHEARSAL: a stand-in answers", "  trace: http://localhost:1/trace/1"),
                screen.err().subList(3, 6));
    }

    /** A run may be over before the changes of its last round were looked at. */
    @Test
    void aRoundThatWasCutOffIsToldBeforeTheEnd() {
        LineDisplay display = inLines("", Optional.empty());
        display.on(new RunEvent.WorkerEnded(1, Reports.builder().turns(4).build(), Duration.ofSeconds(3)));
        end(display, Outcome.interrupted(2, ""));
        assertTrue(screen.err().get(0).contains("claude · 4 turns · no file changed"), screen.err().toString());
        assertEquals("✗ interrupted in 1 m 15 s", screen.err().get(2));
        assertEquals(1, screen.err().stream().filter(line -> line.contains("4 turns")).count());
    }

    @Test
    void aRoundWhoseChangesWereToldIsNotToldAgain() {
        LineDisplay display = inLines("", Optional.empty());
        display.on(new RunEvent.WorkerEnded(1, Reports.builder().turns(4).build(), Duration.ofSeconds(3)));
        display.on(new RunEvent.TreeObserved("s", new Changes(List.of("a.py"), 2, 1)));
        end(display, Outcome.of(Status.COMPLETED, "done", ""));
        assertEquals(1, screen.err().stream().filter(line -> line.contains("4 turns")).count());
        assertTrue(screen.err().get(0).contains("1 file changed +2 -1"), screen.err().toString());
    }

    @Test
    void aNextStepInAnotherFolderSaysWhereItIsDone() {
        LineDisplay display = inLines("", Optional.empty());
        display.on(Events.runStarted(Fakes.task(), Limits.defaults(), "gemini", "claude", true, false));
        screen.clear();
        end(display, Outcome.of(Status.STALLED, "nothing changes", "to go on: pa resume 1"));
        assertEquals("  next: to go on: pa resume 1 -d " + Fakes.task().directory(), screen.err().get(screen.err().size() - 1));
    }

    @ParameterizedTest
    @MethodSource("notCompleted")
    void quietlyWhatDidNotCompleteIsTwoLinesOnStderr(Outcome outcome) {
        end(new QuietDisplay(console), outcome);
        assertEquals(List.of(), screen.out());
        assertEquals(List.of("pa: " + outcome.status().value() + ": " + outcome.reason(), "  next: to go on: pa resume 1"), screen.err());
    }

    @Test
    void quietlyWhatCompletedIsItsResultAlone() {
        end(new QuietDisplay(console), Outcome.of(Status.COMPLETED, " done \n", "look at it: git diff"));
        assertEquals(List.of("done"), screen.out());
        assertEquals(List.of(), screen.err());
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void asJsonTheEndHasItsStatusItsExitCodeAndItsForm(Status status) {
        new JsonDisplay(console).on(new Entry(7, Instant.EPOCH, new RunEvent.RunEnded(Outcome.of(status, "the reason", "the next"),
                TOTALS)));
        assertEquals(1, screen.out().size());
        String json = screen.out().get(0);
        assertTrue(json.startsWith("{\"format\":1,"), json);
        assertTrue(json.contains("\"status\":\"" + status.name() + "\",\"exitCode\":" + status.exitCode()), json);
        assertTrue(json.contains("the reason") && json.contains("the next"), json);
        assertEquals(List.of(), screen.err());
    }

    private static Evidence evidence(EvidenceLevel level, Suspicion... suspicions) {
        return new Evidence("s", level, "the sentence", List.of("a note"), List.of(suspicions), List.of("check.sh"), List.of("test_a"), 3,
                false, Optional.empty());
    }

    @Test
    void aVerdictSaysWhatItComparedAndEachSuspicionByItsWeight() {
        Suspicion hard = new Suspicion("process-exit", true, "ends early", "a.py", 3);
        Suspicion soft = new Suspicion("skipped-tests", false, "left out", "b.py", 4);
        new EvidenceViews(console).print(evidence(EvidenceLevel.UNCHANGED, hard, soft.lifted("user")), Status.UNPROVEN, "HEAD",
                Optional.of("make test"), "one\ntwo\n", false);
        assertEquals(List.of("    | one", "    | two"), screen.err());
        assertEquals(List.of("unproven: the sentence", "  evidence unchanged, compared with HEAD, by make test",
                "  changed, and defines the check: check.sh", "  hard suspicion: " + hard.text(),
                "  suspicion: " + soft.text() + " (lifted by user)", "  note: a note"), screen.out());
    }

    @Test
    void aVerdictForScriptsIsOneObjectAndNothingElse() {
        new EvidenceViews(console).print(evidence(EvidenceLevel.INDEPENDENT).noted("more"), Status.COMPLETED, "HEAD", Optional.empty(),
                "one\ntwo\n", true);
        assertEquals(List.of(), screen.err());
        assertEquals(List.of("{\"status\":\"completed\",\"exit\":0,\"level\":\"independent\","
                + "\"sentence\":\"the sentence\",\"base\":\"HEAD\","
                + "\"failToPass\":[\"test_a\"],\"passToPass\":3,\"guarded\":[\"check.sh\"],\"suspicions\":[],"
                + "\"notes\":[\"a note\",\"more\"]}"), screen.out());
        assertFalse(screen.out().get(0).contains("check\":"));
    }

    @Test
    void aVerdictNamesItsReviewerAndThatNoCheckIsKnown() {
        new EvidenceViews(console).print(evidence(EvidenceLevel.REVIEWED).reviewedBy("a model"), Status.COMPLETED, "main", Optional.empty(),
                "", false);
        assertEquals(List.of(), screen.err());
        assertEquals("  evidence reviewed, reviewed by a model, compared with main, no check known", screen.out().get(1));
    }

    @Test
    void aVerdictForScriptsHasEachSuspicionItsCheckAndItsReviewer() {
        Suspicion hard = new Suspicion("process-exit", true, "ends early", "a.py", 3);
        new EvidenceViews(console).print(evidence(EvidenceLevel.REVIEWED, hard.lifted("user")).reviewedBy("a model"), Status.UNPROVEN,
                "main", Optional.of("make test"), "", true);
        String json = screen.out().get(0);
        assertTrue(json.contains("\"check\":\"make test\",\"reviewer\":\"a model\""), json);
        assertTrue(json.contains("\"suspicions\":[{\"rule\":\"process-exit\",\"hard\":true,\"file\":\"a.py\",\"line\":3,"
                + "\"reason\":\"ends early\",\"liftedBy\":\"user\"}]"), json);
        assertTrue(json.contains("\"exit\":10"), json);
    }

    @Test
    void aVerdictStandsInLinesThatFitATerminal() {
        Screen narrow = new Screen(40);
        new EvidenceViews(narrow.console).print(evidence(EvidenceLevel.UNCHANGED), Status.UNPROVEN, "12345 789", Optional.of("make test"),
                "", false);
        assertEquals(List.of("unproven: the sentence", "  evidence unchanged, compared with", "  12345 789, by make test",
                "  changed, and defines the check: check.sh", "  note: a note"), narrow.out());
    }

    @Test
    void whileAChangeIsJudgedEachCheckIsTold() {
        RunListener progress = new EvidenceViews(console).progress();
        progress.on(new RunEvent.CheckStarted(CheckPlace.BASE, "the old files", "make test"));
        progress.on(new RunEvent.CheckEnded(CheckPlace.BASE, "the old files", new Verification(Verification.Type.TESTS,
                Verification.Verdict.FAIL, "make test"), Optional.empty(), Duration.ofSeconds(75)));
        assertEquals(List.of("  checking the old files: make test", "    fail  1 m 15 s"), screen.err());
        assertEquals(List.of(), screen.out());
    }
}
