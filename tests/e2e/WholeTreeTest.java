package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import e2e.Scene.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import telemetry.Received;

/** The main job as users run it: the worker makes a fault, PA finds it and sends it back, the worker fixes it; one trace shows all. */
class WholeTreeTest {
    private static final Set<String> COMMON = Set.of("session.id", "openinference.span.kind", "gen_ai.conversation.id",
            "agentproxy.project_id", "pa.rehearsal");
    private static final Set<String> FUNCTION = Set.of("pa.iteration", "pa.function.name", "pa.function.success",
            "gen_ai.operation.name", "gen_ai.tool.name", "gen_ai.tool.type");

    @ParameterizedTest
    @EnumSource
    void aFaultIsWrittenFoundSentBackAndFixed(Scene scene) {
        Recording run = scene.recording();
        assertEquals(0, run.result().exitCode(), run.result().toString());
        assertEquals("rehearsal/greet.sh greets as it should. The check, which came with the change, fails on the old"
                + " sources and passes on the new ones\n", run.result().out());
        assertTrue(run.result().err().contains("REHEARSAL: no model is called"), run.result().err());
        assertEquals(scene.real(), run.result().err().contains("is real"), run.result().err());
        List<Object> verdicts = run.tree().all("pa.function.verify_code").stream()
                .map(s -> s.attribute("pa.verification.result")).collect(Collectors.toList());
        assertEquals(List.of("fail", "pass"), verdicts);
    }

    @ParameterizedTest
    @EnumSource
    void defect01TheTreeIsOneTraceBelowItsCaller(Scene scene) {
        Recording run = scene.recording();
        run.tree().assertShape(shape(scene)).assertOneTrace();
        Received.Span root = run.tree().only("pa.run_task");
        assertEquals(Scene.CALLER_TRACE, root.traceId());
        assertEquals(Scene.CALLER_SPAN, root.parentId());
        assertTrue(run.shown().out().contains(Scene.CALLER_TRACE), run.shown().toString());
    }

    private static String[] shape(Scene scene) {
        List<String> lines = new ArrayList<>(List.of("pa.run_task ^", "  pa.self_check"));
        for (List<String> tools : List.of(List.of("Write", "Write"), List.of("Read", "Edit"))) {
            lines.add("  claude.subprocess");
            if (scene.claudeTraces()) {
                lines.add("    claude_code.interaction");
                tools.forEach(tool -> lines.addAll(List.of("      claude_code.llm_request", "      claude_code.tool",
                        "        claude_code.tool.blocked_on_user", "        claude_code.tool.execution")));
                lines.add("      claude_code.llm_request");
            } else {
                tools.forEach(tool -> lines.add("    execute_tool " + tool));
            }
            lines.addAll(List.of("  pa.function.verify_code", "  pa.reasoning_loop", "    gemini.api.call"));
        }
        lines.add("  pa.function.mark_done");
        // The check in the copy: on the new files, twice on the old sources, which are red without it by chance or not, and on the
        // new files with tests that ask for something else.
        lines.addAll(Collections.nCopies(4, "    pa.function.run_tests"));
        return lines.toArray(new String[0]);
    }

    @ParameterizedTest
    @EnumSource
    void everySpanHasTheContractsAttributesAndNoOther(Scene scene) {
        Recording run = scene.recording();
        Set<String> names = new TreeSet<>();
        for (Received.Span span : ours(run)) {
            Set<String> expected = new TreeSet<>(COMMON);
            expected.addAll(attributes(span, scene));
            assertEquals(expected, new TreeSet<>(span.attributes().keySet()), span.name());
            names.add(span.name());
        }
        assertEquals(scene.claudeTraces() ? 8 : 11, names.size(), names::toString);
    }

    private static Set<String> attributes(Received.Span span, Scene scene) {
        return switch (span.name()) {
            case "pa.run_task" -> Set.of("gen_ai.operation.name", "gen_ai.workflow.name", "gen_ai.agent.name", "pa.rounds",
                    "pa.task.length", "pa.task.sha256", "pa.max_iterations", "pa.reasoner", "pa.worker",
                    "pa.status", "pa.evidence.level", "pa.suspicions", "pa.guarded.changed", "pa.iterations", "pa.exit_code",
                            "pa.rehearsal.cost_usd");
            case "pa.self_check" -> Set.of();
            case "claude.subprocess" -> plus(Set.of("pa.iteration", "pa.round", "peer.service", "service.peer.name",
                    "gen_ai.operation.name", "gen_ai.agent.name", "claude.compactions", "process.executable.name", "process.pid",
                    "process.exit.code", "claude.session_id", "claude.num_turns", "claude.duration_api_ms",
                    "claude.result_subtype", "claude.permission_denials", "claude.prompt_length", "gen_ai.provider.name",
                    "gen_ai.request.model", "gen_ai.response.model", "gen_ai.usage.input_tokens",
                    "gen_ai.usage.output_tokens", "gen_ai.usage.cache_read.input_tokens",
                    "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens",
                    "pa.rehearsal.cost_usd"),
                    // The stand-in is no version of Claude Code, and says so.
                    scene.real() ? Set.of("claude.version", "claude.context.tokens", "claude.context.window") : Set.of());
            case "pa.reasoning_loop" -> Set.of("pa.iteration", "pa.function", "pa.output_length", "gen_ai.operation.name",
                    "gen_ai.agent.name", "gen_ai.provider.name");
            case "gemini.api.call" -> Set.of("pa.iteration", "peer.service", "service.peer.name", "gen_ai.operation.name",
                    "gen_ai.provider.name",
                    "gen_ai.request.model", "gen_ai.request.temperature", "gen_ai.request.max_tokens",
                    "gen_ai.response.model", "gen_ai.response.id", "gen_ai.response.finish_reasons",
                    "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.cache_read.input_tokens",
                    "gen_ai.usage.reasoning.output_tokens", "pa.rehearsal.cost_usd", "server.address", "server.port",
                    "gemini.attempts");
            case "pa.function.verify_code" -> plus(FUNCTION, Set.of("pa.verification.result", "pa.round"));
            case "pa.function.run_tests" -> plus(FUNCTION, Set.of("pa.verification.place", "pa.verification.result"));
            case "pa.function.mark_done" -> plus(FUNCTION, Set.of("gen_ai.tool.call.id"));
            default -> Set.of("pa.iteration", "pa.round", "gen_ai.operation.name", "gen_ai.tool.name", "gen_ai.tool.call.id",
                    "gen_ai.tool.type"); // execute_tool …
        };
    }

    private static Set<String> plus(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource
    void theAttributesHaveTheRunsValues(Scene scene) {
        Recording run = scene.recording();
        Received.Span task = run.tree().only("pa.run_task");
        assertEquals((long) Scene.TASK.length(), task.attribute("pa.task.length"));
        assertEquals(List.of("gemini", "claude", "completed", 25L, 2L, 0L),
                Stream.of("pa.reasoner", "pa.worker", "pa.status",
                "pa.max_iterations", "pa.iterations", "pa.exit_code").map(task::attribute).collect(Collectors.toList()));
        String session = (String) task.attribute("session.id");
        assertTrue(run.result().err().contains("session " + session), run.result().err());
        Object conversation = run.tree().all("claude.subprocess").get(0).attribute("claude.session_id");
        ours(run).forEach(span -> assertEquals(List.of(session, span.name().startsWith("claude.")
                || span.name().startsWith("execute_tool") ? conversation : session, "shop", true),
                List.of(span.attribute("session.id"), span.attribute("gen_ai.conversation.id"),
                        span.attribute("agentproxy.project_id"), span.attribute("pa.rehearsal")), span.name()));
        List<Received.Span> rounds = run.tree().all("claude.subprocess");
        assertEquals(rounds.get(0).attribute("claude.session_id"), rounds.get(1).attribute("claude.session_id"));
        assertEquals(List.of(1L, 2L), rounds.stream().map(s -> s.attribute("pa.iteration")).collect(Collectors.toList()));
        assertEquals(List.of("send_to_claude", "mark_done"), run.tree().all("pa.reasoning_loop").stream()
                .map(s -> s.attribute("pa.function")).collect(Collectors.toList()));
        for (Received.Span call : run.tree().all("gemini.api.call")) {
            assertEquals("rehearsal", call.attribute("gen_ai.request.model"));
            assertEquals(List.of("STOP"), call.attribute("gen_ai.response.finish_reasons"));
        }
        // A rehearsal's money stands on the leaf calls under a name of its own, and they add up to the sum of the run.
        double leaves = ours(run).stream().filter(s -> !s.root() && !s.name().equals("pa.run_task")
                && s.attributes().containsKey("pa.rehearsal.cost_usd"))
                .mapToDouble(s -> (double) s.attribute("pa.rehearsal.cost_usd")).sum();
        assertEquals((double) task.attribute("pa.rehearsal.cost_usd"), leaves, 1e-9);
        ours(run).forEach(s -> assertTrue(s.attributes().keySet().stream().noneMatch(key -> key.contains("cost")
                && !key.equals("pa.rehearsal.cost_usd")), s.name()));
    }

    @ParameterizedTest
    @EnumSource
    void kindsAndStatusAreAsTheContractHasThem(Scene scene) {
        Recording run = scene.recording();
        for (Received.Span span : ours(run)) {
            boolean client = Set.of("claude.subprocess", "gemini.api.call").contains(span.name());
            assertEquals(client ? "CLIENT" : "INTERNAL", span.kind(), span.name());
            // A red check is a verdict, told as an evaluation; nothing failed.
            assertFalse(span.error(), span.name());
            assertEquals(List.of(), span.events(), span.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theResourceSaysWhoSends(Scene scene) {
        Recording run = scene.recording();
        Map<String, Object> resource = run.tree().only("pa.run_task").resource();
        assertEquals(new TreeSet<>(Set.of("service.name", "service.namespace", "service.version", "service.instance.id",
                "host.name", "process.pid", "agentproxy.owner", "agentproxy.project_id", "agentproxy.role",
                "telemetry.sdk.language", "telemetry.sdk.name", "telemetry.sdk.version")), new TreeSet<>(resource.keySet()));
        assertEquals(List.of("agentproxy", "ada.shop", "ada", "shop", "supervisor"), Stream.of("service.name",
                "service.namespace", "agentproxy.owner", "agentproxy.project_id", "agentproxy.role").map(resource::get)
                .collect(Collectors.toList()));
        assertEquals(Set.of(resource), ours(run).stream().map(Received.Span::resource).collect(Collectors.toSet()));
        List<Received.Span> claudes = run.got().spans().stream().filter(s -> !ours(run).contains(s))
                .collect(Collectors.toList());
        assertEquals(scene.claudeTraces(), !claudes.isEmpty());
        claudes.forEach(span -> {
            assertTrue(span.name().startsWith("claude_code."), span.name());
            assertEquals("claude-code", span.resource().get("service.name"));
            assertEquals(run.tree().only("pa.run_task").attribute("session.id"),
                    span.resource().get("agentproxy.session_id"));
            assertFalse(span.resource().get("service.instance.id").equals(resource.get("service.instance.id")));
        });
        assertEquals(scene.claudeTraces() ? 2 : 0, claudes.stream().map(s -> s.resource().get("service.instance.id"))
                .distinct().count(), "each round is a process of its own");
    }

    private static List<Received.Span> ours(Recording run) {
        return run.got().spans().stream().filter(span -> span.scope().equals("agentproxy")).collect(Collectors.toList());
    }
}
