package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Events;
import agent.ModelCall;
import agent.Problem;
import agent.RunEvent;
import agent.TokenUsage;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What spans say of attempts, failures, ends that never came, and what is out of the ordinary. */
class SpanFailuresTest extends SpansLab {
    @Test
    void attemptsAreEventsOfTheOneCall() {
        lab().run(ScriptedRun::whole);
        Received.Span call = tree().all("gemini.api.call").get(0);
        assertEquals(2, call.events().size());
        assertEquals("pa.attempt.failed", call.events().get(1).name());
        assertEquals(Map.of("pa.attempt.number", 2L, "error.type", "429", "http.response.status_code", 429L,
                "pa.attempt.delay_ms", 250L, "exception.message", "Resource has been exhausted"),
                call.events().get(1).attributes());
        assertFalse(call.error());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "not_found", "exit_3", "no_result", "api_529", "max_turns", "max_budget",
        "permission_denied", "interrupted"})
    void aWorkersFailureHasItsTypeAndAnException(String type) {
        lab().run(script -> script.start().workerStarts(1, "do").workerFails(1, Problem.read(type, "what it said", false))
                .end(Status.ERROR, 1));
        Received.Span span = tree().only("claude.subprocess");
        assertTrue(span.error());
        assertEquals(type, span.attribute("error.type"));
        assertEquals(List.of(new Received.Event("exception", Map.of("exception.type", type))), span.events());
        assertTrue(tree().only("pa.run_task").error());
    }

    @ParameterizedTest
    @CsvSource({"completed,", "stopped,", "unproven,", "max_iterations,max_iterations", "budget_exceeded,budget_exceeded",
        "stalled,stalled", "verification_failed,verification_failed", "failed_self_check,failed_self_check",
        "timeout,timeout", "interrupted,interrupted", "error,error"})
    void anOutcomeIsTheRunsStatus(String status, String errorType) {
        Status ended = Status.valueOf(status.toUpperCase(Locale.ROOT));
        lab().run(script -> script.start().end(ended, ended.exitCode()));
        Received.Span run = tree().only("pa.run_task");
        assertEquals(status, run.attribute("pa.status"));
        assertEquals(errorType, run.attribute("error.type"));
        assertEquals(errorType != null, run.error());
    }

    @Test
    void aFailedCallAndAFailedDecisionSayWhy() {
        Problem problem = Problem.read("api_400", "API key not valid", true);
        lab().run(script -> script.start().tell(new RunEvent.ReasoningStarted(1),
                Events.modelCallStarted(ScriptedRun.CALL),
                new RunEvent.ModelCallEnded(ScriptedRun.CALL, new ModelCall.Answer(Optional.empty(), Optional.empty(),
                        List.of(), TokenUsage.NONE, Optional.empty(), 1, Optional.of(problem)), Duration.ofMillis(30)),
                new RunEvent.ReasoningEnded(1, Optional.empty(), Optional.of(problem), Duration.ofMillis(31)))
                .end(Status.FAILED_SELF_CHECK, 7));
        Received.Span call = tree().only("gemini.api.call");
        assertEquals("api_400", call.attribute("error.type"));
        assertEquals("API key not valid", call.statusMessage());
        assertEquals("API key not valid", call.events().get(0).attributes().get("exception.message"));
        // Nothing was counted and nothing is known of a cost: absent, never 0.
        assertFalse(call.attributes().containsKey("agentproxy.cost.usd"));
        assertFalse(call.attributes().containsKey("gen_ai.usage.input_tokens"));
        assertEquals("api_400", tree().only("pa.reasoning_loop").attribute("error.type"));
    }

    @ParameterizedTest
    @CsvSource({"PASS,true,pass,", "FAIL,false,fail,", "SKIPPED,false,skipped,"})
    void aVerificationSaysItsVerdictWhichIsNoErrorOfTheCheck(Verification.Verdict verdict, boolean success,
            String result, String errorType) {
        lab().run(script -> script.start().verification(1, verdict).end(Status.COMPLETED, 0));
        Received.Span span = tree().only("pa.function.run_tests");
        assertEquals(success, span.attribute("pa.function.success"));
        assertEquals(result, span.attribute("pa.verification.result"));
        assertEquals(errorType, span.attribute("error.type"));
        assertEquals(List.of(), span.events());
    }

    @Test
    void aRefusedAndAnInterruptedFunctionDiffer() {
        lab().run(script -> script.start()
                .function(1, new Decision.MarkDone("done", List.of()), false, FunctionResult.refused("not verified"))
                .function(2, new Decision.RunTests(Optional.empty()), false, FunctionResult.INTERRUPTED)
                .end(Status.INTERRUPTED, 130));
        assertEquals("refused", tree().only("pa.function.mark_done").attribute("error.type"));
        assertEquals("interrupted", tree().only("pa.function.run_tests").attribute("error.type"));
    }

    /** The original left spans open and flushed nothing on SIGINT and SIGTERM, with sessions.active at +1. */
    @ParameterizedTest
    @ValueSource(ints = {130, 143})
    void defect11WhatIsOpenWhenASignalComesEndsAsInterrupted(int exitCode) {
        lab().run(script -> script.start().workerStarts(1, "do").toolStarts("t1", "Bash").toolStarts("t2", "Read")
                .end(Status.INTERRUPTED, exitCode));
        tree().assertShape("pa.run_task", "  claude.subprocess", "    execute_tool Bash", "    execute_tool Read");
        receiver.spans().forEach(span -> assertEquals("interrupted", span.attribute("error.type"), span.name()));
        assertEquals((long) exitCode, tree().only("pa.run_task").attribute("pa.exit_code"));
        assertEquals(0.0, receiver.lastPoints().stream().filter(p -> p.metric().equals("agentproxy.sessions.active"))
                .mapToDouble(Received.Point::value).sum());
    }

    @Test
    void defect11ARunWhoseEndIsNeverToldEndsWithTheProgram() {
        lab().run(script -> script.start().workerStarts(1, "do"));
        tree().assertShape("pa.run_task", "  claude.subprocess");
        receiver.spans().forEach(span -> assertEquals("interrupted", span.attribute("error.type"), span.name()));
        assertEquals(0.0, receiver.lastPoints().stream().filter(p -> p.metric().equals("agentproxy.sessions.active"))
                .mapToDouble(Received.Point::value).sum());
    }

    @Test
    void anEndWithoutAStartAndAStartWithoutAnEndDoNoHarm() {
        lab().run(script -> script.start().workerEnds(1).toolEnds("none", "Bash", true)
                .tell(new RunEvent.ReasoningStarted(1), Events.modelCallStarted(ScriptedRun.CALL),
                        new RunEvent.ReasoningEnded(1, Optional.empty(), Optional.empty(), Duration.ZERO))
                .end(Status.COMPLETED, 0));
        tree().assertShape("pa.run_task", "  pa.reasoning_loop", "    gemini.api.call");
        assertEquals("interrupted", tree().only("gemini.api.call").attribute("error.type"));
        assertFalse(tree().only("pa.reasoning_loop").error());
    }

    @Test
    void aRehearsalSaysSoOnEverySpanAndRecord() {
        lab().run(script -> script.start("rehearse this", true).workerStarts(1, "x").workerEnds(1)
                .verification(1, Verification.Verdict.PASS).end(Status.COMPLETED, 0));
        receiver.spans().forEach(span -> assertEquals(true, span.attribute("pa.rehearsal"), span.name()));
        receiver.logs().forEach(log -> assertEquals(true, log.attribute("pa.rehearsal"), log.event()));
        assertEquals(2, receiver.logs().size());
    }

    @Test
    void anotherWorkerIsNotClaude() {
        lab().run(script -> script.worker("command").start().workerStarts(1, "do").workerEnds(1).end(Status.COMPLETED, 0));
        Received.Span span = tree().only("command.subprocess");
        assertEquals("command", span.attribute("peer.service"));
        assertEquals("command", span.attribute("gen_ai.agent.name"));
        assertEquals("command", span.attribute("gen_ai.provider.name"));
        assertEquals(Set.of(), span.attributes().keySet().stream()
                .filter(key -> key.startsWith("gen_ai.usage")
                        || key.equals("claude.num_turns")).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aTypeOfANewerVersionIsBounded() {
        lab().run(script -> script.start().workerStarts(1, "do")
                .workerFails(1, Problem.read("rm -rf / failed with 17", "x", false)).end(Status.ERROR, 1));
        assertEquals("_OTHER", tree().only("claude.subprocess").attribute("error.type"));
    }
}
