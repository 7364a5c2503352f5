package agent.loop;

import static agent.loop.Fakes.check;
import static agent.loop.Fakes.clean;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Events;
import agent.Instruction;
import agent.Limits;
import agent.Origin;
import agent.Outcome;
import agent.RoundEnvironment;
import agent.RunEvent;
import agent.Situation;
import agent.Usd;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification.Verdict;
import agent.loop.Fakes.ScriptedFunctions;
import agent.loop.Fakes.ScriptedReasoner;
import agent.loop.Fakes.ScriptedWorker;
import contract.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A session continues in another run, from its replayed events. */
class ResumedRunTest extends LoopLab {
    @Test
    void aSessionGoesOnFromItsReplayedEvents() {
        Limits one = new Limits(1, Optional.empty(), Optional.empty(), Duration.ofMinutes(1), Duration.ofMinutes(1),
                OptionalInt.empty());
        run(one, true, new ScriptedReasoner(send("fix it")), new ScriptedWorker(tree, clean("1")),
                new ScriptedFunctions(check(Verdict.FAIL, "no")));
        History replayed = new History();
        events.forEach(replayed::on);
        assertEquals(Optional.of("fix it"), replayed.pendingInstruction());
        assertFalse(replayed.fresh());

        history = replayed;
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE);
        ScriptedWorker worker = new ScriptedWorker(tree, clean("2"));
        Outcome outcome = run(one, true, reasoner, worker, new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals(Optional.of("conversation-1"), worker.told.get(0).conversation());
        assertTrue(worker.told.get(0).text().contains("fix it"));
        assertEquals(2, reasoner.seen.get(0).iteration());
        assertEquals(Usd.of("0.02"), replayed.cost());
    }

    private History replay(java.util.function.Predicate<RunEvent> until) {
        History replayed = new History();
        for (RunEvent event : events) {
            replayed.on(event);
            if (until.test(event)) {
                return replayed;
            }
        }
        throw new AssertionError("no such event in " + names());
    }

    @Test
    void aPersonsInstructionSurvivesARunThatCouldNotEvenBegin() {
        run(LIMITS, true, new ScriptedReasoner(DONE), new ScriptedWorker(tree, clean("first")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        events.add(new RunEvent.RunStarted(Fakes.task(), LIMITS, "r", "w", false, true, Optional.of("also this"), List.of(),
                Optional.empty(), Origin.UNKNOWN));
        events.add(new RunEvent.RunEnded(Outcome.of(Status.FAILED_SELF_CHECK, "no worker", ""),
                history.totals(Duration.ZERO)));
        history = new History();
        events.forEach(history::on);
        ScriptedWorker worker = new ScriptedWorker(tree, clean("second"));
        Outcome outcome = run(LIMITS, true, new ScriptedReasoner(DONE), worker, new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals("also this", worker.told.get(0).text());
    }

    @Test
    void whatAPersonEditsAfterAKillUndoesTheVerdict() {
        run(LIMITS, true, new ScriptedReasoner(DONE), new ScriptedWorker(tree, clean("first")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        history = replay(e -> e instanceof RunEvent.FunctionEnded ended && ended.automatic());
        tree.change("edited-by-hand");
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE, new Decision.RunTests(Optional.empty()), DONE);
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree), new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertTrue(reasoner.seen.get(1).steps().get(0).result().output().contains("refused"));
    }

    @Test
    void aCheckThatWasCutOffIsRunAgain() {
        History cut = new History();
        cut.on(new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false));
        cut.on(new RunEvent.WorkerEnded(1, clean("x"), Duration.ZERO));
        cut.on(new RunEvent.FunctionEnded(1, new Decision.RunTests(Optional.empty()), FunctionResult.INTERRUPTED, true,
                Duration.ZERO));
        assertTrue(cut.checkOwed());
    }

    @Test
    void aRoundCutOffByAKillIsBegunAgainWithItsConversationAndSaysSoOnce() {
        history.on(Events.runStarted(Fakes.task(), LIMITS, "r", "w", false, false));
        history.on(new RunEvent.WorkerStarted(1, new Instruction(Briefing.again("go"), Optional.empty(), Optional.empty()),
                false));
        history.on(new RunEvent.ConversationKnown("conversation-0"));
        ScriptedWorker worker = new ScriptedWorker(tree, clean("x"));
        run(LIMITS, true, new ScriptedReasoner(DONE), worker, new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Briefing.again("go"), worker.told.get(0).text());
        assertEquals(Optional.of("conversation-0"), worker.told.get(0).conversation());
    }

    @Test
    void whatAPersonToldTheWorkerOnResumeIsSeenByTheReasoner() {
        run(LIMITS, true, new ScriptedReasoner(new Decision.SaveSession("stuck", Optional.empty(), OptionalInt.empty())),
                new ScriptedWorker(tree, clean("first")), new ScriptedFunctions(check(Verdict.FAIL, "no")));
        History replayed = new History();
        events.forEach(replayed::on);
        ScriptedReasoner reasoner = new ScriptedReasoner(send("and now this"), DONE);
        ScriptedWorker worker = new ScriptedWorker(tree, clean("second"), clean("third"));
        Supervision further = Fakes.supervision(Fakes.task(), LIMITS, true, false, Optional.of("use the other API"));
        ScriptedFunctions functions = new ScriptedFunctions(check(Verdict.FAIL, "still no"), check(Verdict.PASS, "ok"));
        Outcome outcome = new Supervisor(further, reasoner, worker, functions, tree, judge, replayed, List.of(events::add),
                interruption, RoundEnvironment.NONE).run();

        assertEquals(Status.COMPLETED, outcome.status());
        Situation seen = reasoner.seen.get(0);
        assertEquals(1, seen.steps().size());
        assertEquals("use the other API", seen.lastRound().orElseThrow().instruction());
        assertEquals("second", seen.lastRound().orElseThrow().report().text());
        assertEquals("still no", seen.lastVerification().orElseThrow().output());
        assertEquals("first", seen.opening().orElseThrow().report().text());
        List<Situation.Step> later = reasoner.seen.get(1).steps();
        assertEquals(List.of("second", "third"), later.stream().map(s -> s.round().orElseThrow().report().text())
                .collect(Collectors.toList()));
    }

    @Test
    void aCheckThatIsOwedIsRunBeforeTheNextDecision() {
        history.on(Events.runStarted(Fakes.task(), LIMITS, "r", "w", false, false));
        history.on(new RunEvent.TreeObserved("0", Changes.NONE));
        history.on(new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false));
        tree.change("a");
        history.on(new RunEvent.WorkerEnded(1, clean("x"), Duration.ZERO));
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE);
        ScriptedWorker worker = new ScriptedWorker(tree);
        Outcome outcome = run(LIMITS, true, reasoner, worker, new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals("ok", reasoner.seen.get(0).lastVerification().orElseThrow().output());
    }

    @Test
    void aRunThatChecksNothingOwesNoCheck() {
        history.on(Events.runStarted(Fakes.task(), LIMITS, "r", "w", false, false));
        history.on(new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false));
        history.on(new RunEvent.WorkerEnded(1, clean("x"), Duration.ZERO));
        ScriptedFunctions functions = new ScriptedFunctions();
        run(LIMITS, false, new ScriptedReasoner(new Decision.SaveSession("enough", Optional.empty(),
                OptionalInt.empty())), new ScriptedWorker(tree), functions);
        assertEquals(List.of(), functions.executed);
    }
}
