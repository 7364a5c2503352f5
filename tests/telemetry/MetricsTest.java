package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Events;
import agent.ModelCall;
import agent.Problem;
import agent.RunEvent;
import agent.StallPattern;
import agent.TokenUsage;
import agent.decision.Decision;
import agent.decision.Verification;
import contract.ErrorType;
import contract.Metric;
import contract.Metrics;
import contract.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {
    @TempDir
    Path state;
    private OtlpReceiver receiver;

    @BeforeEach
    void start() {
        receiver = OtlpReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private Lab lab() {
        return new Lab(state, receiver.environment(OtlpReceiver.Protocol.GRPC));
    }

    private List<Received.Point> points(Metric metric) {
        return receiver.lastPoints().stream().filter(p -> p.metric().equals(metric.name())).collect(Collectors.toList());
    }

    /** What a metric says, by its attributes, without the zeros. */
    private Map<Map<String, Object>, Double> values(Metric metric) {
        return points(metric).stream().filter(p -> p.value() != 0)
                .collect(Collectors.toMap(Received.Point::attributes, Received.Point::value));
    }

    /** A run in which every metric of the contract has something to say: a failed call with an unusable answer, too. */
    private static void everything(ScriptedRun script) {
        script.start().selfCheck().workerStarts(1, "do").toolStarts("t1", "Write").toolEnds("t1", "Write", true)
                .workerEnds(1).verification(1, Verification.Verdict.PASS)
                .stall(StallPattern.NO_CHANGE, false)
                .reasoning(1, new Decision.SendToWorker("go on", Optional.empty()), 2)
                .tell(new RunEvent.ReasoningStarted(2), Events.modelCallStarted(ScriptedRun.CALL),
                        new RunEvent.ModelCallEnded(ScriptedRun.CALL, new ModelCall.Answer(Optional.empty(),
                                Optional.empty(), List.of("MAX_TOKENS"), TokenUsage.NONE, Optional.empty(), 1,
                                Optional.of(Problem.passing(ErrorType.MAX_TOKENS, "nothing in it"))), Duration.ofMillis(40)),
                        new RunEvent.ReasoningEnded(2, Optional.empty(), Optional.of(Problem.passing(ErrorType.MAX_TOKENS, "no")),
                                Duration.ofMillis(50)))
                .end(Status.ERROR, 1);
    }

    /** The original had buckets meant for milliseconds on seconds. */
    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void defect18EveryMetricOfTheContractWithItsUnitBoundsAndAttributesAndNoOther(OtlpReceiver.Protocol protocol) {
        new Lab(state, receiver.environment(protocol)).run(MetricsTest::everything);
        assertEquals(Metrics.all().stream().filter(m -> m != Metrics.EVIDENCE).map(Metric::name).collect(Collectors.toSet()),
                receiver.points().stream().map(Received.Point::metric).collect(Collectors.toSet()),
                "each metric of contract.Metrics is counted in the run 'everything' of this test, and no other is sent");
        for (Metric metric : Metrics.all()) {
            if (metric == Metrics.EVIDENCE) {
                continue; // of runs with evidence only
            }
            List<Received.Point> points = points(metric);
            assertFalse(points.isEmpty(), metric.name());
            for (Received.Point point : points) {
                assertEquals("agentproxy", point.scope());
                assertEquals(metric.unit(), point.unit(), metric.name());
                assertTrue(metric.attributes().containsAll(point.attributes().keySet()), point::toString);
                assertEquals(metric.kind() == Metric.Kind.HISTOGRAM ? "histogram" : "sum", point.kind(), metric.name());
                assertEquals(metric.kind() == Metric.Kind.COUNTER, point.monotonic(), metric.name());
                assertEquals(metric.bounds(), point.bounds(), metric.name());
                assertTrue(point.cumulative(), metric.name());
            }
            assertEquals(Set.copyOf(metric.attributes()), points.stream().flatMap(p -> p.attributes().keySet().stream())
                    .collect(Collectors.toSet()), () -> metric.name() + " carries all its attributes somewhere");
        }
    }

    @Test
    void theNumbersAreThoseOfTheRun() {
        lab().run(ScriptedRun::whole);
        assertEquals(Map.of(Map.of(), 1.0), values(Metrics.TASKS_STARTED));
        assertEquals(Map.of(Map.of("status", "completed"), 1.0), values(Metrics.TASKS_COMPLETED));
        assertEquals(Map.of(Map.of("status", "completed"), 9.0), values(Metrics.TASK_DURATION));
        assertEquals(Map.of(Map.of("function", "send_to_claude"), 1.0, Map.of("function", "mark_done"), 1.0),
                values(Metrics.DECISIONS));
        assertEquals(Map.of(Map.of(), 2.0), values(Metrics.REASONING_DURATION));
        assertEquals(Map.of(Map.of("api", "gemini", "model", "gemini-3.8-flash-001"), 1.8), values(Metrics.GEMINI_DURATION));
        assertEquals(Map.of(Map.of("api", "gemini", "model", "gemini-3.8-flash-001"), 4.0), values(Metrics.API_REQUESTS));
        assertEquals(Map.of(Map.of("api", "gemini", "error.type", "429"), 2.0), values(Metrics.API_ERRORS));
        assertEquals(Map.of(Map.of("worker", "claude", "result", "success"), 2.0), values(Metrics.CLAUDE_ITERATIONS));
        assertEquals(Map.of(Map.of("worker", "claude", "result", "success"), 6.0), values(Metrics.CLAUDE_DURATION));
        assertEquals(Map.of(Map.of("type", "tests", "result", "fail"), 1.0, Map.of("type", "tests", "result", "pass"), 1.0),
                values(Metrics.VERIFICATIONS));
        assertEquals(Map.of(tokens("claude", "claude-sonnet-5", "input"), 2000.0,
                tokens("claude", "claude-sonnet-5", "output"), 400.0,
                tokens("claude", "claude-sonnet-5", "cache_read"), 1200.0,
                tokens("claude", "claude-sonnet-5", "cache_creation"), 200.0,
                tokens("gemini", "gemini-3.8-flash-001", "input"), 1000.0,
                tokens("gemini", "gemini-3.8-flash-001", "output"), 160.0,
                tokens("gemini", "gemini-3.8-flash-001", "cache_read"), 200.0,
                tokens("gemini", "gemini-3.8-flash-001", "reasoning"), 60.0), values(Metrics.TOKENS));
        assertEquals(Map.of(Map.of("api", "claude", "model", "claude-sonnet-5"), 0.025,
                Map.of("api", "gemini", "model", "gemini-3.8-flash-001"), 0.002), values(Metrics.COST));
        assertEquals(Map.of(Map.of("tool_name", "Write", "success", "true"), 1.0,
                Map.of("tool_name", "mcp", "success", "false"), 1.0, Map.of("tool_name", "Bash", "success", "true"), 1.0),
                values(Metrics.TOOL_EXECUTIONS));
        assertEquals(Map.of(Map.of(), 24.0), values(Metrics.LINES_ADDED));
        assertEquals(Map.of(Map.of(), 6.0), values(Metrics.LINES_REMOVED));
        assertEquals(Map.of(Map.of(), 4.0), values(Metrics.FILES_MODIFIED));
        assertEquals(Map.of(Map.of("pattern", "no_change"), 1.0), values(Metrics.STALLS));
        assertEquals(Map.of(Map.of("status", "completed"), 2.0), values(Metrics.TASK_ROUNDS));
    }

    private static Map<String, Object> tokens(String api, String model, String type) {
        return Map.of("api", api, "model", model, "type", type);
    }

    /** A series costs whether or not anybody looks at it: one is there once something was counted on it. */
    @Test
    void nothingIsSentInAdvance() {
        lab().with("OTEL_METRIC_EXPORT_INTERVAL", "50").run(script -> {
            script.start();
            receiver.await(() -> !receiver.points().isEmpty());
            assertEquals(Set.of("agentproxy.tasks.started", "agentproxy.sessions.active"),
                    receiver.points().stream().map(Received.Point::metric).collect(Collectors.toSet()));
            script.end(Status.COMPLETED, 0);
        });
    }

    /** As Prometheus counts: a histogram has a series for each boundary and for +Inf, its sum and its count. */
    @Test
    void aRunWithOneModelAndFiveToolsMakesAtMostSixtySeries() {
        lab().run(script -> {
            script.start().selfCheck().workerStarts(1, "do");
            for (String tool : List.of("Read", "Write", "Edit", "Bash", "Grep")) {
                script.toolStarts(tool, tool).toolEnds(tool, tool, true);
            }
            script.workerEnds(1).verification(1, Verification.Verdict.FAIL)
                    .reasoning(1, new Decision.SendToWorker("go on", Optional.empty()), 0)
                    .workerStarts(2, "go on").workerEnds(2).verification(2, Verification.Verdict.PASS)
                    .reasoning(2, new Decision.MarkDone("done", List.of()), 0).end(Status.COMPLETED, 0);
        });
        long series = receiver.lastPoints().stream()
                .mapToLong(p -> p.kind().equals("histogram") ? p.bounds().size() + 3 : 1).sum();
        assertTrue(series <= 60, series + " series, each of which every Prometheus pays for: a histogram without bounds is three, a"
                + " counter is one");
    }

    @ParameterizedTest
    @CsvSource({"'', 0, 0", "gen_ai_old, 2, 0", "gen_ai, 0, 10", "gen_ai_dup, 2, 10", "'http/dup,gen_ai_dup', 2, 10",
        "http, 0, 0", "gen_ai_latest_experimental, 0, 10"})
    void theConventionsMetricsAreSentByOptIn(String choice, int older, int newer) {
        lab().with("OTEL_SEMCONV_STABILITY_OPT_IN", choice).run(ScriptedRun::whole);
        Set<String> names = receiver.points().stream().map(Received.Point::metric).filter(n -> n.startsWith("gen_ai."))
                .collect(Collectors.toSet());
        Set<String> old = Set.of(Metrics.GENAI_DURATION.name(), Metrics.GENAI_TOKENS.name());
        assertEquals(older, names.stream().filter(old::contains).count(), names::toString);
        assertEquals(newer, names.stream().filter(n -> !old.contains(n)).count(), names::toString);
        if (older > 0) {
            assertEquals(1000.0, values(Metrics.GENAI_TOKENS).entrySet().stream()
                    .filter(e -> e.getKey().get("gen_ai.token.type").equals("input")).mapToDouble(Map.Entry::getValue).sum());
        }
        if (newer > 0) {
            assertEquals(1000.0, values(Metrics.INPUT_TOKENS).values().iterator().next());
        }
    }

    @Test
    void aRehearsalsPointsSaySo() {
        lab().run(script -> script.start("rehearse", true).workerStarts(1, "do").workerEnds(1).end(Status.COMPLETED, 0));
        receiver.points().forEach(p -> assertEquals("true", p.attributes().get("rehearsal"), p.metric()));
    }

    @Test
    void aSessionIsActiveWhileItRuns() {
        lab().with("OTEL_METRIC_EXPORT_INTERVAL", "50").run(script -> {
            script.start();
            receiver.await(() -> receiver.points().stream()
                    .anyMatch(p -> p.metric().equals("agentproxy.sessions.active") && p.value() == 1));
            script.end(Status.COMPLETED, 0);
        });
        assertEquals(0.0, points(Metrics.SESSIONS_ACTIVE).get(0).value());
    }

    @Test
    void durationsLeadToTheTrace() {
        lab().run(MetricsTest::everything);
        String trace = SpanTree.of(receiver.spans()).assertOneTrace().only("pa.run_task").traceId();
        for (Metric metric : Metrics.all()) {
            if (metric.kind() == Metric.Kind.HISTOGRAM) {
                points(metric).forEach(p -> assertEquals(Set.of(trace), Set.copyOf(p.exemplarTraces()), metric.name()));
            }
        }
    }

    /** The cost of a model whose price nobody knows is absent, never 0. */
    @Test
    void anUnknownCostIsAbsent() {
        lab().run(script -> script.worker("command").start().workerStarts(1, "do").workerEnds(1).end(Status.COMPLETED, 0));
        assertEquals(List.of(), points(Metrics.COST));
        assertEquals(List.of(), points(Metrics.TOKENS));
    }

    @Test
    void onlyWhatTheWorkerChangedCountsAsItsLines() {
        lab().run(script -> script.start().workerStarts(1, "do").workerEnds(1)
                .tell(new RunEvent.TreeObserved("later", new Changes(List.of("build/x"), 500, 0)))
                .end(Status.COMPLETED, 0));
        assertEquals(Map.of(Map.of(), 12.0), values(Metrics.LINES_ADDED));
    }

    @Test
    void aFailedAttemptAndAUselessAnswerAreErrorsEachOnce() {
        Problem unavailable = Problem.passing(ErrorType.HTTP, 503, "overloaded");
        lab().run(script -> script.start().tell(Events.modelCallStarted(ScriptedRun.CALL),
                failed(1, 10),
                failed(2, -1),
                new RunEvent.ModelCallEnded(ScriptedRun.CALL, new ModelCall.Answer(Optional.empty(), Optional.empty(),
                        List.of(), TokenUsage.NONE, Optional.empty(), 2, Optional.of(unavailable)), Duration.ofMillis(9)))
                .end(Status.ERROR, 1));
        assertEquals(Map.of(Map.of("api", "gemini", "error.type", "503"), 2.0), values(Metrics.API_ERRORS));
        assertEquals(Map.of(Map.of("api", "gemini", "model", "gemini-3.8-flash"), 2.0), values(Metrics.API_REQUESTS));
    }

    private static RunEvent failed(int number, long delay) {
        return new RunEvent.AttemptFailed(ScriptedRun.CALL,
                new ModelCall.Attempt(number, OptionalInt.of(503), ErrorType.HTTP, "x", delay));
    }

    /** The original's labels held the shell command, secrets included. */
    @ParameterizedTest
    @CsvSource({"Bash, Bash", "mcp__github__create_issue, mcp", "API_KEY=hunter2 ./run.sh, other", "'', other"})
    void defect8ToolNamesAreBounded(String tool, String label) {
        lab().run(script -> script.start().workerStarts(1, "do").toolStarts("t", tool).toolEnds("t", tool, true)
                .workerEnds(1).end(Status.COMPLETED, 0));
        assertEquals(Map.of(Map.of("tool_name", label, "success", "true"), 1.0), values(Metrics.TOOL_EXECUTIONS));
        assertFalse(receiver.everythingButHeaders().contains("hunter2"));
    }
}
