package agent.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Evidence;
import agent.Instruction;
import agent.Limits;
import agent.ModelCall;
import agent.Origin;
import agent.Outcome;
import agent.Reasoning;
import agent.Reports;
import agent.RunEvent;
import agent.Samples;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.decision.Verification.Verdict;
import contract.EvidenceLevel;
import contract.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The loop's history, rebuilt from the events of a journal. */
class HistoryTest {
    private final History history = new History();

    private void begin(Optional<String> further) {
        history.on(new RunEvent.RunStarted(Fakes.task(), Limits.defaults(), "r", "w", false, further.isPresent(), further,
                List.of("--max-cost=1"), Optional.empty(), Origin.UNKNOWN));
    }

    private void told(String instruction) {
        history.on(new RunEvent.WorkerStarted(1, new Instruction(instruction, Optional.empty(), Optional.empty()), false));
    }

    private void ended(WorkerReport report) {
        history.on(new RunEvent.WorkerEnded(1, report, Duration.ZERO));
    }

    private void seen(String state, Changes changes) {
        history.on(new RunEvent.TreeObserved(state, changes));
    }

    private void checked(Verdict verdict, boolean automatic) {
        history.on(new RunEvent.FunctionEnded(1, new Decision.RunTests(Optional.empty()), Fakes.check(verdict, "out"), automatic,
                Duration.ZERO));
    }

    private void decided(Decision decision) {
        history.on(new RunEvent.ReasoningEnded(3, Optional.of(Reasoning.of(decision, "")), Optional.empty(), Duration.ZERO));
    }

    private static Changes changed() {
        return new Changes(List.of("a"), 1, 0);
    }

    @Test
    void nothingHappenedYet() {
        assertTrue(history.fresh());
        assertEquals(Optional.empty(), history.task());
        assertEquals(Optional.empty(), history.outcome());
        assertEquals(Optional.empty(), history.lastReport());
        assertEquals(Usd.ZERO, history.cost());
        assertEquals(List.of(), history.steps());
        assertFalse(history.red());
    }

    @Test
    void aRunIsToldBackAsItWas() {
        begin(Optional.empty());
        told("do it");
        assertEquals(Optional.of("do it"), history.begunInstruction());
        history.on(new RunEvent.ConversationKnown("c-0"));
        assertEquals(Optional.of("c-0"), history.conversation(), "known before the round ends, so that a kill does not lose it");
        ended(Fakes.clean("done"));
        assertEquals(Optional.of("conversation-1"), history.conversation());
        assertTrue(history.checkOwed());
        seen("1", changed());
        checked(Verdict.PASS, true);
        assertFalse(history.checkOwed());
        history.on(new RunEvent.ModelCallEnded(Samples.of(ModelCall.class), new ModelCall.Answer(Optional.empty(), Optional.empty(),
                List.of(), new TokenUsage(1, 1, 0, 0, 0), Optional.of(Usd.of("0.5")), 1, Optional.empty()), Duration.ZERO));
        assertEquals(Optional.of(Samples.of(ModelCall.class).model()), history.model(), "the one that was asked, where it does not say");
        assertEquals(Usd.of("0.51"), history.cost());
        history.on(new RunEvent.TodoChanged(List.of(Samples.of(TodoItem.class))));
        history.on(new RunEvent.RunEnded(Outcome.of(Status.STOPPED, "why", ""), history.totals(Duration.ZERO)));
        assertEquals(Optional.of(Status.STOPPED), history.outcome().map(Outcome::status));
        assertEquals(List.of("--max-cost=1"), history.settings());
        assertEquals(Optional.of(Fakes.task()), history.task());
        assertEquals(List.of(Samples.of(TodoItem.class)), history.todo());
        assertEquals(new Totals(0, 1, new TokenUsage(101, 11, 0, 0, 0), Usd.of("0.51"), false, Duration.ofMillis(3)),
                history.totals(Duration.ofMillis(3)));
        assertFalse(history.fresh());
    }

    @Test
    void aRunThatGoesOnHasNoOutcomeAnyMore() {
        begin(Optional.empty());
        history.on(new RunEvent.RunEnded(Outcome.of(Status.STOPPED, "why", ""), history.totals(Duration.ZERO)));
        begin(Optional.empty());
        assertEquals(Optional.empty(), history.outcome());
    }

    @Test
    void aRoundWithoutAConversationKeepsTheOneBefore() {
        told("do it");
        ended(Fakes.clean(""));
        told("again");
        WorkerReport clean = Fakes.clean("");
        ended(Reports.builder().exitCode(clean.ending().exitCode()).usage(clean.effort().usage())
                .cost(clean.effort().cost()).model(clean.agent().model())
                .version(clean.agent().version()).subtype(clean.ending().subtype()).turns(1).build());
        assertEquals(Optional.of("conversation-1"), history.conversation());
    }

    @Test
    void whatAPersonSaysNextTakesThePlaceOfWhatWasDecided() {
        begin(Optional.empty());
        told("do it");
        ended(Fakes.clean("first"));
        decided(new Decision.SendToWorker("more", Optional.empty()));
        assertEquals(Optional.of("more"), history.pendingInstruction());
        begin(Optional.of("something else"));
        assertEquals(Optional.of("something else"), history.pendingInstruction());
        assertEquals(List.of("a person gave another instruction instead"),
                history.steps().stream().map(step -> step.result().output()).toList());
        assertEquals(Optional.of("first"), history.opening().map(round -> round.report().text()));
    }

    @Test
    void aRoundThatAPersonAskedForAfterADecisionWasCarriedOutStandsWithIt() {
        begin(Optional.empty());
        told("do it");
        ended(Fakes.clean("first"));
        decided(new Decision.ReadFile("a"));
        history.on(new RunEvent.FunctionEnded(3, new Decision.ReadFile("a"), FunctionResult.ok("content"), false, Duration.ZERO));
        begin(Optional.of("mine"));
        told("mine");
        ended(Fakes.clean("second"));
        decided(new Decision.ReadFile("b"));
        assertEquals(1, history.steps().size());
        assertEquals(Optional.of("second"), history.lastReport().map(WorkerReport::text));
        assertEquals(List.of("first", "second"), history.allRounds().stream().map(round -> round.report().text()).toList());
    }

    @Test
    void aRoundThatNobodyDecidedBeginsBehindTheOneBefore() {
        told("do it");
        ended(Fakes.clean("first"));
        told("again");
        ended(Fakes.clean("second"));
        decided(new Decision.ReadFile("a"));
        assertEquals(Optional.of("first"), history.opening().map(round -> round.report().text()));
        assertEquals(List.of("a person said this"), history.steps().stream().map(step -> step.reasoning().thought()).toList());
    }

    @Test
    void aVerdictHoldsUntilTheWorkerChangesTheTree() {
        begin(Optional.empty());
        seen("1", Changes.NONE);
        assertEquals("1", history.baseState());
        told("do it");
        ended(Fakes.clean(""));
        seen("2", changed());
        checked(Verdict.FAIL, true);
        assertTrue(history.red());
        seen("3", changed());
        assertTrue(history.red(), "what a check leaves behind does not undo its verdict");
        told("fix it");
        ended(Fakes.clean(""));
        seen("4", changed());
        assertFalse(history.red());
        assertEquals(List.of(), history.verdicts());
        assertEquals("1", history.baseState());
        assertEquals("4", history.state());
    }

    @Test
    void aNewRunLooksAtTheTreeAnew() {
        checked(Verdict.PASS, true);
        begin(Optional.empty());
        seen("2", changed());
        assertEquals(List.of(), history.verdicts(), "files changed between two runs, and no check did it");
    }

    @Test
    void aRoundIsNoCheck() {
        told("do it");
        checked(Verdict.PASS, true);
        ended(Fakes.clean(""));
        seen("2", changed());
        assertEquals(List.of(), history.verdicts());
    }

    @Test
    void redEvidenceMakesItRedForItsStateOnly() {
        seen("1", Changes.NONE);
        Evidence red = new Evidence("1", EvidenceLevel.NONE, "a passed before and fails now", List.of(), List.of(), List.of(),
                List.of(), 0, true, Optional.empty());
        history.on(new RunEvent.Judged(red));
        assertTrue(history.red());
        assertEquals(Optional.of(red), history.evidence());
        seen("2", Changes.NONE);
        assertFalse(history.red());
        history.on(new RunEvent.Judged(Fakes.TrustingJudge.evidence("2", EvidenceLevel.REVIEWED, List.of())));
        assertFalse(history.red());
    }
}
