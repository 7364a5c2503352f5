package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Changes;
import agent.Evidence;
import agent.Limits;
import agent.Problem;
import agent.Reasoning;
import agent.RunListener;
import agent.Situation;
import agent.Situation.Round;
import agent.Situation.Step;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.decision.Verification.Verdict;
import agent.loop.Fakes;
import contract.ErrorType;
import contract.EvidenceLevel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is decided without a model. */
class RulesReasonerTest {
    private static final String TOLD = "The work does not count as done yet: ";

    private final RulesReasoner rules = new RulesReasoner();
    private Optional<Evidence> evidence = Optional.empty();
    private String advice = "";
    private boolean verification = true;

    private Reasoning decide(Optional<Round> opening, Step... steps) {
        return rules.decide(new Situation(Situations.task(), Limits.defaults(), 1, opening, List.of(steps), List.of(), Situations.ALL,
                verification, advice, evidence, ""), Bounds.none(), RunListener.NONE);
    }

    private static Optional<Round> round(Optional<Problem> problem, Optional<FunctionResult> check, String... stalls) {
        return Optional.of(new Round("go", Fakes.report(problem, "said", Optional.empty()), Changes.NONE, check, List.of(stalls)));
    }

    private static Optional<Round> checked(Verdict verdict, String output) {
        return round(Optional.empty(), Optional.of(Fakes.check(verdict, output)));
    }

    private static String instruction(Reasoning reasoning) {
        return ((Decision.SendToWorker) reasoning.decision()).instruction();
    }

    private static Step refused(String why) {
        return Situations.foreign(new Decision.MarkDone("s", List.of()), FunctionResult.refused("refused: " + why), Optional.empty());
    }

    private static Evidence judged(EvidenceLevel level, boolean red) {
        return new Evidence("1", level, "the judge says so", List.of(), List.of(), List.of(), List.of(), 0, red, Optional.empty());
    }

    @Test
    void itNeedsNothingAndHasAName() throws Exception {
        rules.selfCheck(Bounds.none(), RunListener.NONE);
        assertEquals("rules", rules.name());
        assertEquals("rules", RulesReasoner.KIND.name());
        assertTrue(RulesReasoner.KIND.making().apply(null) instanceof RulesReasoner);
        assertFalse(rules.reviews());
        assertEquals(Optional.empty(), rules.unpriced());
    }

    @Test
    void whereNothingWasDoneTheWorkerIsTheFirst() {
        Reasoning reasoning = decide(Optional.empty());
        assertEquals(Situations.TASK, instruction(reasoning));
        assertEquals("nothing was done yet", reasoning.thought());
    }

    @Test
    void whatPassesIsDone() {
        assertEquals(new Decision.MarkDone("verified by: make test", List.of("make test")),
                decide(checked(Verdict.PASS, "ok")).decision());
    }

    @Test
    void aFailureGoesBackWithItsEnd() {
        Reasoning reasoning = decide(checked(Verdict.FAIL, "  expected 1\n"));
        assertEquals("The check `make test` fails:\n\nexpected 1\n\nFind the cause and fix it.", instruction(reasoning));
        assertEquals("the check failed: make test", reasoning.thought());
        assertTrue(instruction(decide(checked(Verdict.FAIL, "x".repeat(6_000)))).contains("\n\n" + "x".repeat(6_000) + "\n\n"));
        assertTrue(instruction(decide(checked(Verdict.FAIL, "y" + "x".repeat(6_000)))).contains("\n\n…" + "x".repeat(6_000) + "\n\n"));
    }

    @Test
    void whatCouldNotBeRunIsClaimedAllTheSame() {
        assertEquals(new Decision.MarkDone("there was nothing to run", List.of()), decide(checked(Verdict.SKIPPED, "")).decision());
    }

    @Test
    void whatWasNotCheckedYetIs() {
        Reasoning reasoning = decide(round(Optional.empty(), Optional.empty()));
        assertEquals(new Decision.RunTests(Optional.empty()), reasoning.decision());
        assertEquals("nothing was verified yet", reasoning.thought());
    }

    @Test
    void aRunThatChecksNothingBelievesTheWorker() {
        verification = false;
        assertEquals(new Decision.MarkDone("the worker says so; verification was not wanted", List.of()),
                decide(round(Optional.empty(), Optional.empty())).decision());
    }

    @Test
    void aRoundThatDidNotEndWellIsBegunAgainWithTheTask() {
        advice = "the same failure came 3 times";
        Reasoning reasoning = decide(round(Optional.of(Problem.passing(ErrorType.TIMEOUT, "too slow")), Optional.empty(), "it read on"));
        assertEquals("Your last run did not end well (timeout: too slow).\nThe task is still:\n\n" + Situations.TASK
                + "\n\nNote: the same failure came 3 times; it read on. Try something different from before.", instruction(reasoning));
        assertEquals("the worker's round was not clean: timeout", reasoning.thought());
    }

    @Test
    void whatTheLoopHasSeenIsPassedOn() {
        advice = "no file changed";
        assertTrue(instruction(decide(checked(Verdict.FAIL, "no")))
                .endsWith("fix it.\n\nNote: no file changed. Try something different from before."));
        advice = "";
        assertTrue(instruction(decide(round(Optional.empty(), Optional.of(Fakes.check(Verdict.FAIL, "no")), "it read on")))
                .endsWith("\n\nNote: it read on. Try something different from before."));
    }

    @Test
    void aClaimThatIsRefusedForItsEvidenceIsToldToTheWorkerOnce() {
        evidence = Optional.of(judged(EvidenceLevel.UNCHANGED, false));
        Reasoning reasoning = decide(checked(Verdict.PASS, "ok"), refused("nothing shows it"));
        assertEquals(TOLD + "nothing shows it\n\nThe task is still:\n\n" + Situations.TASK, instruction(reasoning));
        assertEquals("the judge says so", reasoning.thought());
        Step told = Situations.foreign(new Decision.SendToWorker(instruction(reasoning), Optional.empty()), FunctionResult.ok(""),
                Optional.empty());
        assertEquals(new Decision.MarkDone("the judge says so", List.of()),
                decide(checked(Verdict.PASS, "ok"), refused("x"), told, refused("nothing shows it")).decision(),
                "a second time it brings nothing");
        Step other = Situations.foreign(new Decision.SendToWorker("more", Optional.empty()), FunctionResult.ok(""), Optional.empty());
        assertTrue(decide(checked(Verdict.PASS, "ok"), other, refused("y")).decision() instanceof Decision.SendToWorker);
    }

    @Test
    void whereTheCheckIsRedTheWorkerIsToldEachTime() {
        evidence = Optional.of(judged(EvidenceLevel.NONE, true));
        Step told = Situations.foreign(new Decision.SendToWorker(TOLD, Optional.empty()), FunctionResult.ok(""), Optional.empty());
        assertTrue(decide(checked(Verdict.PASS, "ok"), told, refused("a fails")).decision() instanceof Decision.SendToWorker);
        evidence = Optional.of(judged(EvidenceLevel.NONE, false));
        assertEquals(new Decision.MarkDone("the judge says so", List.of()),
                decide(checked(Verdict.PASS, "ok"), refused("no check")).decision());
    }

    @Test
    void aClaimThatIsRefusedBeforeItWasJudgedHasTheCheckRunAgain() {
        Reasoning reasoning = decide(checked(Verdict.PASS, "ok"), refused("files changed after the last check"));
        assertEquals(new Decision.RunTests(Optional.empty()), reasoning.decision());
        assertEquals("mark_done was refused, so the check runs again", reasoning.thought());
    }

    @Test
    void onlyTheLastDecisionCountsAsRefused() {
        Verification passed = new Verification(Verification.Type.TESTS, Verdict.PASS, "make test");
        Step check = Situations.foreign(new Decision.RunTests(Optional.empty()), FunctionResult.verified(passed, "ok"), Optional.empty());
        assertTrue(decide(checked(Verdict.FAIL, "no"), refused("old"), check).decision() instanceof Decision.MarkDone);
        Step accepted = Situations.foreign(new Decision.MarkDone("s", List.of()), FunctionResult.ok("accepted"), Optional.empty());
        assertTrue(decide(checked(Verdict.PASS, "ok"), accepted).decision() instanceof Decision.MarkDone);
    }
}
