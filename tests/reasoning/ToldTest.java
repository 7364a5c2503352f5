package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Changes;
import agent.Interruption;
import agent.Limits;
import agent.Problem;
import agent.Situation;
import agent.Situation.Round;
import agent.Usd;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.decision.Verification.Verdict;
import agent.loop.Fakes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.ErrorType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What any model reads of a round, of a decision's result, and of where the run stands. */
class ToldTest {
    private static final Decision READ = new Decision.ReadFile("a.txt");

    private static Round round(Optional<Problem> error, String said, Changes changes, Optional<FunctionResult> check, String... stalls) {
        return new Round("do it", Situations.report(said, error), changes, check, List.of(stalls));
    }

    private static Optional<FunctionResult> checked(Verdict verdict, String output) {
        return Optional.of(Fakes.check(verdict, output));
    }

    @Test
    void aCleanRoundIsToldWithAllThatHappened() {
        assertEquals("""
                The worker's run: ended cleanly
                Tools it was not allowed to use: Bash rm
                It stalled in this run: it read on; again
                Files: 2 changed (+3 −1 lines): a, b
                The worker said:
                hello
                Automatic check: FAILED: make test
                expected 1""", RoundText.of(round(Optional.empty(), " hello\n", new Changes(List.of("a", "b"), 3, 1),
                checked(Verdict.FAIL, "expected 1\n"), "it read on", "again"), 100));
    }

    @Test
    void aRoundThatFailedShowsItsErrorOutput() {
        assertEquals("""
                The worker's run: NOT CLEAN (timeout: too slow)
                Tools it was not allowed to use: Bash rm
                Files: none changed
                The worker said:
                (nothing)
                Its error output:
                stderr tail
                Automatic check: none ran after this round""", RoundText.of(round(Optional.of(Problem.passing(ErrorType.TIMEOUT,
                "too slow")), " ", Changes.NONE, Optional.empty()), 100));
    }

    @Test
    void ofManyFilesFortyAreNamed() {
        String told = RoundText.of(round(Optional.empty(), "x", new Changes(Collections.nCopies(41, "f"), 1, 1), Optional.empty()), 100);
        assertTrue(told.contains("41 changed (+1 −1 lines): " + String.join(", ", Collections.nCopies(40, "f")) + " and 1 more\n"), told);
        String all = RoundText.of(round(Optional.empty(), "x", new Changes(Collections.nCopies(40, "f"), 1, 1), Optional.empty()), 100);
        assertFalse(all.contains("more"), all);
    }

    @Test
    void aCheckIsToldByItsVerdictAndWhatItPrinted() {
        assertEquals("PASSED: make test", RoundText.check(Fakes.check(Verdict.PASS, " "), 100));
        assertEquals("SKIPPED, which is not passed: make test\nno", RoundText.check(Fakes.check(Verdict.SKIPPED, "no"), 100));
        assertEquals("ran\nout", RoundText.check(FunctionResult.ok("out"), 100));
        assertEquals("did not run\nwhy", RoundText.check(FunctionResult.refused("why"), 100));
    }

    @Test
    void aResultIsToldWithItsVerdictItsRoundAndWhereTheRunStands() {
        Situation.Step step = Situations.foreign(new Decision.SendToWorker("do it", Optional.empty()), Fakes.check(Verdict.PASS, "ok"),
                Optional.of(round(Optional.empty(), "x", Changes.NONE, Optional.empty())));
        ObjectNode told = StepResult.json(step, Detail.FULL, 1, Optional.of("it stands"));
        assertTrue(told.get("success").asBoolean());
        assertEquals("pass", told.get("verdict").asText());
        assertEquals("ok", told.get("output").asText());
        assertTrue(told.get("round").asText().startsWith("The worker's run: "), told.toString());
        assertEquals("it stands", told.get("standing").asText());
        assertFalse(told.has("note"));
        ObjectNode plain = StepResult.json(Situations.foreign(READ, FunctionResult.refused("no"), Optional.empty()), Detail.FULL, 2,
                Optional.empty());
        assertEquals("only the first of your 2 calls was carried out: call one function per answer", plain.get("note").asText());
        assertFalse(plain.has("round") || plain.has("verdict") || plain.has("standing"));
        assertFalse(StepResult.notCarriedOut().get("success").asBoolean());
    }

    @Test
    void whatAPersonSaidInBetweenIsToldBeforeTheRound() {
        Situation.Step step = Situations.foreign(READ, FunctionResult.ok("text"), Optional.of(round(Optional.empty(), "x", Changes.NONE,
                Optional.empty())));
        String told = StepResult.text(step, Detail.FULL, Optional.of("it stands"));
        assertTrue(told.startsWith("text\n\nThen the human resumed the session and told the worker:\ndo it\n\nThe worker's run: "), told);
        assertTrue(told.endsWith("\n\nit stands"), told);
        Situation.Step other = Situations.foreign(new Decision.SendToWorker("something else", Optional.empty()), FunctionResult.ok("text"),
                step.round());
        assertTrue(StepResult.text(other, Detail.FULL, Optional.empty()).contains("Then the human resumed"));
        Situation.Step sent = Situations.foreign(new Decision.SendToWorker("do it", Optional.empty()), FunctionResult.ok("text"),
                step.round());
        assertFalse(StepResult.text(sent, Detail.FULL, Optional.empty()).contains("Then the human resumed"));
        assertEquals("text", StepResult.text(Situations.foreign(READ, FunctionResult.ok("text"), Optional.empty()), Detail.FULL,
                Optional.empty()));
    }

    private static Situation situation(Limits limits, List<TodoItem> todo, String advice, String review, Optional<Round> opening) {
        return new Situation(Situations.task(), limits, 7, opening, List.of(), todo, Situations.ALL, true, advice, Optional.empty(),
                review);
    }

    @Test
    void whereTheRunStandsIsToldAsFarAsThereIsAnythingToTell() {
        assertEquals("This is decision 7; a run takes at most 25.\nThe last check: none yet.",
                Standing.text(situation(Limits.defaults(), List.of(), " ", "", Optional.empty()), Bounds.none()));
        Limits money = new Limits(25, Optional.of(Usd.of("1.5")), Optional.empty(), Limits.DEFAULT_WORKER_IDLE, Limits.DEFAULT_WORKER_TOTAL,
                OptionalInt.empty());
        List<TodoItem> todo = List.of(new TodoItem("1", "write it", "claude", 1, "pending", "soon"),
                new TodoItem("2", "test it", "", 1, "blocked", " "));
        assertEquals("This is decision 7; a run takes at most 25. All models together may cost $1.5000.\nThe last check: fail (make test)."
                + "\nYour task list:\n- 1 [pending] write it (claude) – soon\n- 2 [blocked] test it"
                + "\nTHE RUN STALLS: no file changed. Decide something that is different from before in kind.\n\n# Review",
                Standing.text(situation(money, todo, "no file changed\n", "# Review", Optional.of(round(Optional.empty(), "x", Changes.NONE,
                        checked(Verdict.FAIL, "no")))), Bounds.none()));
    }

    @Test
    void theTimeThatIsLeftIsToldInMinutes() {
        Situation situation = situation(Limits.defaults(), List.of(), "", "", Optional.empty());
        String hours = Standing.text(situation, new Bounds(new Interruption(), Instant.now().plus(Duration.ofMinutes(61).plusSeconds(50))));
        assertTrue(hours.contains(" The run's time ends in 61 min."), hours);
        String seconds = Standing.text(situation, new Bounds(new Interruption(), Instant.now().plusSeconds(59)));
        assertTrue(seconds.contains(" The run's time ends in less than a minute."), seconds);
        String one = Standing.text(situation, new Bounds(new Interruption(), Instant.now().plusSeconds(110)));
        assertTrue(one.contains(" ends in 1 min."), one);
    }
}
