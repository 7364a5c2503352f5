package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Metric;
import contract.Metrics;
import e2e.Scene.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import telemetry.Received;

/** Metrics and logs of the main job: all signals that the contract has for it, no others, and correct numbers. */
class WholeRunSignalsTest {
    private static final Map<String, Metric> CONTRACT = Metrics.all().stream()
            .collect(Collectors.toMap(Metric::name, Function.identity()));

    /** What a rehearsal never counts: no request fails in it, nothing stalls, and not every run is judged. */
    private static final Set<String> NOT_IN_A_REHEARSAL =
            Set.of("agentproxy.api.errors", "agentproxy.stall.detections", "agentproxy.evidence");

    @ParameterizedTest
    @EnumSource
    void defect18EveryMetricIsThereWithItsKindUnitBoundsAndKeys(Scene scene) {
        Set<String> expected = new TreeSet<>(CONTRACT.keySet());
        expected.removeAll(NOT_IN_A_REHEARSAL);
        List<Received.Point> points = ours(scene.recording());
        assertEquals(expected, points.stream().map(Received.Point::metric).filter(name -> !name.equals("agentproxy.evidence"))
                .collect(Collectors.toCollection(TreeSet::new)), "a metric that a rehearsal never counts belongs to NOT_IN_A_REHEARSAL");
        for (Received.Point point : points) {
            Metric metric = CONTRACT.get(point.metric());
            assertEquals(metric.unit(), point.unit(), point.metric());
            assertEquals(metric.kind() == Metric.Kind.HISTOGRAM ? "histogram" : "sum", point.kind(), point.metric());
            assertEquals(metric.kind() == Metric.Kind.COUNTER, point.monotonic(), point.metric());
            assertTrue(point.cumulative(), point.metric());
            assertEquals(metric.bounds(), point.bounds(), point.metric());
            Set<String> keys = new TreeSet<>(metric.attributes());
            keys.remove("error.type"); // nothing failed
            keys.add("rehearsal");
            assertEquals(keys, new TreeSet<>(point.attributes().keySet()), point.metric());
        }
    }

    /** A backend that has prices of its own books money for a model that it knows. */
    @ParameterizedTest
    @EnumSource
    void noSpanOfARehearsalNamesARealModelOrMoney(Scene scene) {
        for (Received.Span span : scene.recording().got().spans()) {
            for (String key : List.of("gen_ai.request.model", "gen_ai.response.model", "model")) {
                Object model = span.attributes().getOrDefault(key, "rehearsal");
                assertEquals("rehearsal", model, span.name() + " " + key);
            }
            assertFalse(span.attributes().containsKey("gen_ai.usage.cost"), span.name());
            assertFalse(span.attributes().containsKey("agentproxy.cost.usd"), span.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNumbersAreTheRuns(Scene scene) {
        Recording run = scene.recording();
        Map<String, Double> sums = new TreeMap<>();
        ours(run).stream().filter(p -> p.kind().equals("sum") && p.value() != 0)
                .forEach(p -> sums.put(p.metric() + labels(p), p.value()));
        sums.keySet().removeIf(series -> series.startsWith("agentproxy.evidence"));
        // What Claude Code takes for its three calls per round is its own arithmetic; see the next test.
        sums.keySet().removeIf(series -> scene.real() && series.contains("[claude, "));
        Map<String, Double> expected = new TreeMap<>(Map.of("agentproxy.tasks.started[]", 1.0,
                "agentproxy.tasks.completed[completed]", 1.0, "agentproxy.pa.decisions[send_to_claude]", 1.0,
                "agentproxy.pa.decisions[mark_done]", 1.0, "agentproxy.verifications[fail, code]", 1.0,
                "agentproxy.verifications[pass, code]", 1.0, "agentproxy.claude.iterations[success, claude]", 2.0,
                "agentproxy.api.requests[gemini, rehearsal]", 2.0, "agentproxy.code.lines_removed[]", 1.0,
                "agentproxy.code.files_modified[]", 3.0));
        expected.putAll(Map.of("agentproxy.tools.executions[true, Edit]", 1.0,
                "agentproxy.tools.executions[true, Read]", 1.0,
                "agentproxy.tools.executions[true, Write]", 2.0, "agentproxy.code.lines_added[]", 23.0,
                "agentproxy.tokens[gemini, rehearsal, input]", 3373.0, "agentproxy.tokens[gemini, rehearsal, output]", 527.0,
                "agentproxy.tokens[gemini, rehearsal, cache_read]", 1024.0,
                "agentproxy.tokens[gemini, rehearsal, reasoning]", 335.0));
        if (!scene.real()) {
            expected.putAll(Map.of("agentproxy.tokens[claude, rehearsal, input]", 29780.0,
                    "agentproxy.tokens[claude, rehearsal, output]", 896.0,
                    "agentproxy.tokens[claude, rehearsal, cache_read]", 25990.0,
                    "agentproxy.tokens[claude, rehearsal, cache_creation]", 3180.0));
        }
        double gemini = (1466 + 322 * 4 + (1907 - 1024) + 1024 * 0.1 + 205 * 4) / 1e6; // by the rehearsal's price
        assertEquals(gemini, sums.remove("agentproxy.cost[gemini, rehearsal]"), 1e-9);
        Double claude = sums.remove("agentproxy.cost[claude, rehearsal]");
        assertTrue(scene.real() ? claude == null : Math.abs(claude - 0.0499) < 1e-9, "cost of claude: " + claude);
        assertEquals(expected, sums, "a new counter's figure of this run belongs to those above");

        Map<String, Long> counts = new TreeMap<>();
        ours(run).stream().filter(p -> p.kind().equals("histogram")).forEach(p -> {
            assertEquals(p.count(), p.buckets().stream().mapToLong(Long::longValue).sum(), p.metric());
            counts.merge(p.metric(), p.count(), Long::sum);
        });
        assertEquals(Map.of("agentproxy.task.duration", 1L, "agentproxy.pa.reasoning.duration", 2L,
                "agentproxy.gemini.api.duration", 2L, "agentproxy.claude.duration", 2L, "agentproxy.tools.duration", 4L,
                "agentproxy.task.rounds", 1L), counts, "a new histogram's count of this run belongs to these");
    }

    /** Without the one that says that nothing of it was real. */
    private static List<Object> labels(Received.Point point) {
        Map<String, Object> labels = new TreeMap<>(point.attributes());
        assertEquals("true", labels.remove("rehearsal"), point.metric());
        return List.copyOf(labels.values());
    }

    /** Two programs count the same calls: what Claude Code exports itself, and what PA books from its stream. */
    @ParameterizedTest
    @EnumSource(names = {"CLAUDE_CODE_OVER_GRPC", "CLAUDE_CODE_OVER_HTTP"})
    void whatClaudeCodeCountsAndWhatIsBookedOfItAgree(Scene scene) {
        Recording run = scene.recording();
        List<Received.Point> claudes = run.got().lastPoints().stream().filter(p -> !ours(run).contains(p))
                .collect(Collectors.toList());
        claudes.forEach(p -> assertTrue(p.metric().startsWith("claude_code.") && p.cumulative(), p.metric()));
        double booked = sum(ours(run), "agentproxy.cost", "api", "claude");
        assertTrue(booked > 0);
        assertEquals(booked, claudes.stream().filter(p -> p.metric().equals("claude_code.cost.usage"))
                .mapToDouble(Received.Point::value).sum(), 1e-6);
        List<Received.Point> tokens = ours(run).stream().filter(p -> "claude".equals(p.attributes().get("api")))
                .collect(Collectors.toList());
        double cached = sum(tokens, "agentproxy.tokens", "type", "cache_read")
                + sum(tokens, "agentproxy.tokens", "type", "cache_creation");
        assertEquals(sum(claudes, "claude_code.token.usage", "type", "output"),
                sum(tokens, "agentproxy.tokens", "type", "output"));
        assertEquals(sum(claudes, "claude_code.token.usage", "type", "input") + cached,
                sum(tokens, "agentproxy.tokens", "type", "input"));
    }

    private static double sum(List<Received.Point> points, String metric, String key, String value) {
        return points.stream().filter(p -> p.metric().equals(metric) && value.equals(p.attributes().get(key)))
                .mapToDouble(Received.Point::value).sum();
    }

    /** Each export holds the exemplars since the one before it, so all of them are looked at. */
    @ParameterizedTest
    @EnumSource
    void exemplarsLeadToTheTrace(Scene scene) {
        Map<String, List<String>> exemplars = new TreeMap<>();
        scene.recording().got().points().stream().filter(p -> p.scope().equals("agentproxy")).forEach(point -> {
            point.exemplarTraces().forEach(trace -> assertEquals(Scene.CALLER_TRACE, trace, point.metric()));
            if (point.kind().equals("histogram")) {
                exemplars.computeIfAbsent(point.metric() + point.attributes(), series -> new ArrayList<>())
                        .addAll(point.exemplarTraces());
            }
        });
        assertTrue(exemplars.size() >= 8, exemplars::toString);
        exemplars.forEach((series, traces) -> assertFalse(traces.isEmpty(), series));
    }

    @ParameterizedTest
    @EnumSource
    void logsCarryTheIdsOfTheirSpans(Scene scene) {
        Recording run = scene.recording();
        Set<String> spans = run.got().spans().stream().map(Received.Span::spanId).collect(Collectors.toSet());
        run.got().logs().forEach(log -> {
            assertEquals(Scene.CALLER_TRACE, log.traceId(), log.body());
            assertTrue(spans.contains(log.spanId()), log.event() + " " + log.body());
        });
        List<Received.Log> ours = run.got().logs().stream().filter(l -> l.scope().equals("agentproxy"))
                .collect(Collectors.toList());
        assertEquals(List.of("gen_ai.evaluation.result fail", "gen_ai.evaluation.result pass", "pa.termination completed"),
                ours.stream().map(l -> l.event() + " " + (l.event().equals("pa.termination") ? l.attribute("pa.status")
                        : l.attribute("gen_ai.evaluation.score.label"))).collect(Collectors.toList()));
        assertEquals(run.tree().all("claude.subprocess").stream().map(Received.Span::spanId).collect(Collectors.toList()),
                ours.stream().limit(2).map(Received.Log::spanId).collect(Collectors.toList()));
        Set<String> claudes = run.got().logs().stream().filter(l -> !ours.contains(l)).map(Received.Log::body)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(scene.claudeTraces(), claudes.containsAll(Set.of("claude_code.user_prompt", "claude_code.api_request",
                "claude_code.tool_decision", "claude_code.tool_result")), claudes::toString);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAskedSaidAndWrittenStaysHere(Scene scene) {
        String exported = scene.recording().got().everything();
        for (String text : List.of(Scene.TASK, "greets as it should", "I have not run the check", "Hallo", "#!/bin/sh",
                "The check fails")) {
            assertFalse(exported.contains(text), text);
        }
    }

    private static List<Received.Point> ours(Recording run) {
        return run.got().lastPoints().stream().filter(p -> p.scope().equals("agentproxy")).collect(Collectors.toList());
    }
}
