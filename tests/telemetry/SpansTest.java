package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.CheckPlace;
import agent.Events;
import agent.Evidence;
import agent.RunEvent;
import agent.Suspicion;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.EvidenceLevel;
import contract.Sha256;
import contract.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shape of the trace of a run, and what stands on its spans. */
class SpansTest extends SpansLab {
    private static final String[] WHOLE = {
        "pa.run_task",
        "  pa.self_check",
        "  claude.subprocess",
        "    execute_tool Write",
        "    execute_tool mcp__files__list",
        "  pa.function.run_tests",
        "  pa.reasoning_loop",
        "    gemini.api.call",
        "  claude.subprocess",
        "    execute_tool Bash",
        "  pa.function.run_tests",
        "  pa.reasoning_loop",
        "    gemini.api.call",
        "  pa.function.mark_done"};

    /** The original started every span without making it current: each was a trace of its own. */
    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void defect1TheRunIsOneConnectedTrace(OtlpReceiver.Protocol protocol) {
        Lab.Run run = new Lab(state, receiver.environment(protocol)).run(ScriptedRun::whole);
        assertTrue(run.delivery().complete(), run.delivery()::toString);
        assertEquals(Optional.empty(), run.delivery().line());
        tree().assertShape(WHOLE).assertOneTrace();
        assertEquals(Optional.of(tree().only("pa.run_task").traceId()), run.telemetry().traceId());
    }

    @Test
    void defect1TheCallersTraceIsJoinedAndItsStateAndBaggageGoToTheChild() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Lab.Run run = lab().with("TRACEPARENT", "00-" + trace + "-b7ad6b7169203331-01").with("TRACESTATE", "vendor=1")
                .with("BAGGAGE", "team=blue").run(script -> script
                        .childHas("TRACEPARENT", "stale").childHas("OTEL_SERVICE_NAME", "agentproxy")
                        .childHas("OTEL_TRACES_EXPORTER", "console, otlp").childHas("PATH", "/bin").whole());
        Received.Span root = tree().assertOneTrace().only("pa.run_task");
        assertEquals(trace, root.traceId());
        assertEquals("b7ad6b7169203331", root.parentId());
        Received.Span second = tree().all("claude.subprocess").get(1);
        assertEquals(Map.of("PATH", "/bin", "TRACEPARENT", "00-" + trace + "-" + second.spanId() + "-01",
                "TRACESTATE", "vendor=1", "BAGGAGE", "team=blue"), run.script().childEnvironment());
    }

    /** A sub-agent's tools, also those of a sub-agent's sub-agent; one whose own call is not open stands below the worker. */
    @Test
    void theToolsOfASubAgentStandBelowTheCallThatStartedIt() {
        lab().run(script -> script.start("do it", false).workerStarts(1, "go")
                .tell(Events.toolStarted("a", "Agent", "general-purpose"))
                .tell(Events.toolStarted("b", "Read", "x", "", Optional.of("a")))
                .tell(Events.toolStarted("c", "Task", "plan", "", Optional.of("a")))
                .toolEnds("b", "Read", true)
                .tell(Events.toolStarted("d", "Bash", "ls", "", Optional.of("c")))
                .toolEnds("d", "Bash", true).toolEnds("c", "Task", true).toolEnds("a", "Agent", true)
                .tell(Events.toolStarted("e", "Write", "y", "", Optional.of("a")))
                .toolEnds("e", "Write", true).workerEnds(1));
        tree().assertOneTrace().assertShape("pa.run_task", "  claude.subprocess", "    execute_tool Agent",
                "      execute_tool Read", "      execute_tool Task", "        execute_tool Bash", "    execute_tool Write");
    }

    @Test
    void everySpanSaysWhoseItIs() {
        lab().with("AGENTPROXY_PROJECT_ID", "shop").run(ScriptedRun::whole);
        for (Received.Span span : receiver.spans()) {
            assertEquals(ScriptedRun.SESSION, span.attribute("session.id"), span.name());
            boolean workers = span.name().equals("claude.subprocess");
            assertEquals(workers ? "claude-session-1" : ScriptedRun.SESSION, span.attribute("gen_ai.conversation.id"),
                    span.name());
            assertEquals("shop", span.attribute("agentproxy.project_id"), span.name());
            assertEquals(!Set.of("pa.run_task", "pa.self_check").contains(span.name()),
                    span.attributes().containsKey("pa.iteration"), span.name());
            assertEquals(span.name().equals("pa.run_task") ? false : null, span.attribute("pa.rehearsal"), span.name());
            boolean client = Set.of("claude.subprocess", "gemini.api.call").contains(span.name());
            assertEquals(client ? "CLIENT" : "INTERNAL", span.kind(), span.name());
            assertEquals(client, span.attributes().containsKey("peer.service"), span.name());
            assertEquals(span.attribute("peer.service"), span.attribute("service.peer.name"), span.name());
        }
        assertEquals(2L, tree().all("claude.subprocess").get(1).attribute("pa.iteration"));
        assertEquals(2L, tree().all("claude.subprocess").get(1).attribute("pa.round"));
        assertEquals(2L, tree().only("execute_tool Bash").attribute("pa.round"));
        assertEquals(1L, tree().all("pa.function.run_tests").get(0).attribute("pa.round"), "the check of the round");
        assertFalse(tree().all("pa.reasoning_loop").get(0).attributes().containsKey("pa.round"));
        assertEquals(2L, tree().all("gemini.api.call").get(1).attribute("pa.iteration"));
    }

    @Test
    void everyAttributeOfTheContractIsThereAndNoOther() {
        lab().run(ScriptedRun::whole);
        assertAttributes("pa.run_task", with(Map.of("gen_ai.operation.name", "invoke_workflow", "gen_ai.workflow.name", "pa",
                "gen_ai.agent.name", "pa", "pa.rounds", 2L), Map.of("pa.task.length", (long) ScriptedRun.TASK.length(),
                "pa.task.sha256", Sha256.hex(ScriptedRun.TASK), "pa.max_iterations", 25L, "pa.reasoner", "gemini",
                "pa.worker", "claude", "pa.status", "completed", "pa.iterations", 2L, "pa.exit_code", 0L,
                "pa.cost.total_usd", 0.027, "pa.rehearsal", false)));
        assertAttributes("claude.subprocess", with(Map.of("process.executable.name", "claude", "process.pid", 4711L,
                "process.exit.code", 0L, "claude.session_id", "claude-session-1", "claude.version", "2.1.330",
                "claude.num_turns", 4L, "claude.duration_api_ms", 2500L, "claude.result_subtype", "success",
                "claude.permission_denials", 1L, "peer.service", "claude-code"),
                with(Map.of("claude.context.tokens", 48_000L, "claude.context.window", 200_000L, "service.peer.name", "claude-code",
                "gen_ai.operation.name", "invoke_agent", "gen_ai.agent.name",
                "claude-code", "claude.compactions", 0L, "gen_ai.usage.cache_write.input_tokens", 100L,
                "gen_ai.usage.cost", 0.0125), Map.of("claude.prompt_length", (long) ("Do it: " + ScriptedRun.TASK).length(),
                        "gen_ai.provider.name", "anthropic",
                        "gen_ai.request.model", "claude-sonnet-5", "gen_ai.response.model", "claude-sonnet-5",
                        "gen_ai.usage.input_tokens", 1000L, "gen_ai.usage.output_tokens", 200L,
                        "gen_ai.usage.cache_read.input_tokens", 600L, "gen_ai.usage.cache_creation.input_tokens", 100L,
                        "agentproxy.cost.usd", 0.0125))));
        assertAttributes("pa.reasoning_loop", Map.of("gen_ai.operation.name", "invoke_agent", "gen_ai.agent.name", "pa",
                "gen_ai.provider.name", "gcp.gemini",
                "pa.function", "send_to_claude", "pa.output_length", 19L,
                "pa.confidence", 0.9));
        assertAttributes("gemini.api.call", with(Map.of("gen_ai.operation.name", "generate_content",
                "gen_ai.provider.name", "gcp.gemini", "gen_ai.request.model", "gemini-3.8-flash",
                "gen_ai.request.temperature", 0.5, "gen_ai.request.max_tokens", 8192L,
                "gen_ai.response.model", "gemini-3.8-flash-001", "gen_ai.response.id", "response-1",
                "gen_ai.response.finish_reasons", List.of("STOP"), "server.address", "127.0.0.1", "server.port", 8080L),
                Map.of("gen_ai.usage.input_tokens", 500L, "gen_ai.usage.output_tokens", 80L,
                        "gen_ai.usage.cache_read.input_tokens", 100L, "gen_ai.usage.reasoning.output_tokens", 30L,
                        "agentproxy.cost.usd", 0.001, "gemini.attempts", 3L, "peer.service", "gemini",
                        "gen_ai.usage.cost", 0.001, "service.peer.name", "gemini")));
        assertAttributes("pa.function.mark_done", Map.of("pa.function.name", "mark_done", "pa.function.success", true,
                "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "mark_done", "gen_ai.tool.call.id", "call-1",
                "gen_ai.tool.type", "function"));
        assertAttributes("pa.function.run_tests", Map.of("pa.function.name", "run_tests", "pa.function.success", false,
                "gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "run_tests", "gen_ai.tool.type", "function",
                "pa.verification.result", "fail", "pa.verification.place", "tree"));
        assertAttributes("execute_tool Write", Map.of("gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "Write",
                "gen_ai.tool.call.id", "t1", "gen_ai.tool.type", "function"));
    }

    /** Phoenix and MLflow read these words, and count tokens on LLM alone. */
    @Test
    void everySpanHasAKindAndTokensStandOnTheLeaf() {
        lab().run(ScriptedRun::whole);
        Map<String, Object> kinds = new TreeMap<>();
        receiver.spans().forEach(span -> kinds.put(span.name(), span.attribute("openinference.span.kind")));
        assertEquals(Map.of("pa.run_task", "CHAIN", "pa.self_check", "CHAIN", "claude.subprocess", "LLM",
                "execute_tool Write", "TOOL", "execute_tool mcp__files__list", "TOOL", "execute_tool Bash", "TOOL",
                "pa.function.run_tests", "TOOL", "pa.reasoning_loop", "AGENT", "gemini.api.call", "LLM",
                "pa.function.mark_done", "TOOL"), kinds);
    }

    private void assertAttributes(String span, Map<String, Object> expected) {
        Map<String, Object> actual = new TreeMap<>(tree().all(span).get(0).attributes());
        Set<String> common = Set.of("session.id", "gen_ai.conversation.id", "agentproxy.project_id", "pa.iteration",
                "pa.round", "openinference.span.kind");
        actual.keySet().removeAll(common);
        assertEquals(new TreeMap<>(expected), actual, span);
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }

    @Test
    void theProofIsBelowTheFunctionThatClaimsDoneAndTheEvidenceOnTheRoot() {
        Decision done = new Decision.MarkDone("done", List.of());
        Verification red = new Verification(Verification.Type.TESTS, Verification.Verdict.FAIL, "make test");
        Evidence evidence = new Evidence("s1", EvidenceLevel.OWN_TESTS, "proved", List.of(), List.of(
                new Suspicion("skips", false, "x", "a.py", 1)), List.of("Makefile"), List.of("t1"), 3, false,
                Optional.of("gemini-3.8-flash"));
        lab().run(script -> script.start().tell(new RunEvent.FunctionStarted(1, done, Optional.empty(), false),
                new RunEvent.CheckStarted(CheckPlace.BASE, "the old files", "make test"),
                new RunEvent.CheckEnded(CheckPlace.BASE, "the old files", red, Optional.empty(), Duration.ofSeconds(1)),
                new RunEvent.Judged(evidence), new RunEvent.FunctionEnded(1, done, FunctionResult.ok("done"), false,
                        Duration.ofSeconds(2))).end(Status.COMPLETED, 0));
        tree().assertShape("pa.run_task", "  pa.function.mark_done", "    pa.function.run_tests");
        Received.Span check = tree().only("pa.function.run_tests");
        assertEquals("base", check.attribute("pa.verification.place"));
        assertEquals("fail", check.attribute("pa.verification.result"));
        assertFalse(check.error());
        Received.Span root = tree().only("pa.run_task");
        assertEquals("own_tests", root.attribute("pa.evidence.level"));
        assertEquals("gemini-3.8-flash", root.attribute("pa.evidence.reviewer"));
        assertEquals(1L, root.attribute("pa.suspicions"));
        assertEquals(1L, root.attribute("pa.guarded.changed"));
        assertEquals(Map.of("level", "own_tests"), receiver.lastPoints().stream()
                .filter(p -> p.metric().equals("agentproxy.evidence")).findFirst().orElseThrow().attributes());
        assertTrue(receiver.points().stream().noneMatch(p -> p.metric().equals("agentproxy.verifications")));
    }
}
