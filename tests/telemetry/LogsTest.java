package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.RunEvent;
import agent.StallPattern;
import agent.decision.Verification;
import contract.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LogsTest {
    private static final Map<String, Object> COMMON = Map.of("session.id", ScriptedRun.SESSION, "gen_ai.conversation.id",
            ScriptedRun.SESSION, "agentproxy.project_id", "default");

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

    private List<Received.Log> logs(String event) {
        return receiver.logs().stream().filter(log -> log.event().equals(event)).collect(Collectors.toList());
    }

    private static Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new TreeMap<>(COMMON);
        all.putAll(more);
        return all;
    }

    /** The attributes but for the numbers by which a repeat is known, which every record has. */
    private static Map<String, Object> without(Received.Log log) {
        Map<String, Object> rest = new TreeMap<>(log.attributes());
        assertTrue((Long) rest.remove("pa.event.number") > 0);
        assertTrue(((String) rest.remove("log.record.uid")).startsWith(ScriptedRun.SESSION + "/1/"));
        return rest;
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void whatIsNotableIsARecordWithTheIdsOfItsSpan(OtlpReceiver.Protocol protocol) {
        new Lab(state, receiver.environment(protocol)).run(ScriptedRun::whole);
        SpanTree tree = SpanTree.of(receiver.spans());
        assertEquals(List.of("gen_ai.execute_tool.exception", "gen_ai.evaluation.result", "pa.retry", "pa.retry",
                "gen_ai.evaluation.result", "pa.stall",
                "pa.termination"), receiver.logs().stream().map(Received.Log::event).collect(Collectors.toList()));
        Received.Span run = tree.only("pa.run_task");
        receiver.logs().forEach(log -> assertEquals(run.traceId(), log.traceId(), log.event()));

        // By the conventions a verdict belongs to the operation that it judges: the worker's round.
        Received.Log fail = logs("gen_ai.evaluation.result").get(0);
        assertEquals(tree.all("claude.subprocess").get(0).spanId(), fail.spanId());
        assertEquals(with(Map.of("gen_ai.evaluation.name", "tests", "gen_ai.evaluation.score.label", "fail",
                "gen_ai.evaluation.score.value", 0.0, "pa.function.name", "run_tests", "pa.iteration", 1L)),
                without(fail));
        assertEquals("verification tests: fail", fail.body());
        assertEquals("WARN", fail.severity());
        assertEquals(tree.all("claude.subprocess").get(1).spanId(), logs("gen_ai.evaluation.result").get(1).spanId());

        Received.Log retry = logs("pa.retry").get(0);
        assertEquals(tree.all("gemini.api.call").get(0).spanId(), retry.spanId());
        assertEquals(with(Map.of("pa.retry.api", "gemini", "error.type", "429", "pa.attempt.number", 1L,
                "pa.attempt.delay_ms", 250L, "http.response.status_code", 429L)), without(retry));

        assertEquals(run.spanId(), logs("pa.stall").get(0).spanId());
        assertEquals(with(Map.of("pa.stall.pattern", "no_change", "pa.stall.stopping", false)),
                without(logs("pa.stall").get(0)));
        assertEquals(run.spanId(), logs("pa.termination").get(0).spanId());
        assertEquals(with(Map.of("pa.status", "completed", "pa.exit_code", 0L, "pa.iterations", 2L)),
                without(logs("pa.termination").get(0)));
        assertEquals(7, receiver.logs().stream().map(log -> log.attribute("log.record.uid")).distinct().count());
    }

    @Test
    void aSkippedVerificationHasNoScore() {
        lab().run(script -> script.start().verification(1, Verification.Verdict.SKIPPED).end(Status.STOPPED, 9));
        Received.Log log = logs("gen_ai.evaluation.result").get(0);
        assertEquals("skipped", log.attribute("gen_ai.evaluation.score.label"));
        assertTrue(!log.attributes().containsKey("gen_ai.evaluation.score.value"), log::toString);
        // Nobody worked yet, so the verdict stands with the function that gave it.
        assertEquals(SpanTree.of(receiver.spans()).only("pa.function.run_tests").spanId(), log.spanId());
    }

    @Test
    void theWorkersRetriesAreRecordsWithoutItsWords() {
        lab().run(script -> script.start().workerStarts(1, "do")
                .tell(new RunEvent.WorkerNotice("api_retry", "attempt 3 of 10, secret words"),
                        new RunEvent.WorkerNotice("compact_boundary", "other words"))
                .workerEnds(1).end(Status.COMPLETED, 0));
        assertEquals(1, logs("pa.retry").size());
        assertEquals("claude", logs("pa.retry").get(0).attribute("pa.retry.api"));
        assertTrue(!receiver.everythingButHeaders().contains("words"));
    }

    @ParameterizedTest
    @CsvSource({"completed,INFO", "stopped,INFO", "stalled,ERROR", "interrupted,ERROR"})
    void theSeverityOfAnEnd(String status, String severity) {
        lab().run(script -> script.start().stall(StallPattern.ALTERNATION, true)
                .end(Status.valueOf(status.toUpperCase(Locale.ROOT)), 1));
        assertEquals(severity, logs("pa.termination").get(0).severity());
        assertEquals("ERROR", logs("pa.stall").get(0).severity());
    }
}
