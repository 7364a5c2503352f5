package embedded.page;

import static embedded.intake.Otlp.attribute;

import com.google.protobuf.ByteString;
import contract.Keys;
import contract.Spans;
import embedded.daemon.Running;
import embedded.intake.Otlp;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Telemetry of runs of {@code pa} as the contract has it, without running any: the tree of spans with Claude Code's below
 * its own, metrics that agree with the spans, and log records. The same seed gives the same run.
 */
public final class PaRuns {
    private static final long SECOND = 1_000_000_000L;
    private static final String[] TOOLS = {"Read", "Edit", "Bash", "Write", "Grep"};
    private static final String MODEL = "gemini-3-flash";
    private static final String CLAUDE = "claude-sonnet-5";

    public final String traceId;
    public final String session;
    final String status;
    private final SplittableRandom random;
    private final boolean rehearsal;
    private final Resource agentproxy;
    private final Resource claudeCode;
    private final long begin;
    private final List<Span> paSpans = new ArrayList<>();
    private final List<Span> claudeSpans = new ArrayList<>();
    private final List<LogRecord> claudeLogs = new ArrayList<>();
    private final List<LogRecord> paLogs = new ArrayList<>();
    private final PaCounts counts = new PaCounts();
    private final ByteString root;
    private long now;
    private int rounds;
    private double costUsd;
    long inputTokens;
    long outputTokens;

    private PaRuns(long seed, long beginNanos, String status, boolean rehearsal) {
        random = new SplittableRandom(seed * 7919 + 13);
        traceId = String.format("%016x%016x", random.nextLong(), random.nextLong() | 1);
        session = String.format("%d-%04x", 20261122 + seed % 3, random.nextInt(1 << 16));
        root = id();
        this.status = status;
        this.rehearsal = rehearsal;
        begin = beginNanos;
        now = beginNanos;
        agentproxy = Otlp.resource("service.name", "agentproxy", "service.namespace", "ada.demo", "service.version", "0.1.0",
                "service.instance.id", HexFormat.of().toHexDigits(random.nextLong()), "host.name", "workstation",
                "process.pid", 4000 + seed, Keys.OWNER, "ada", Keys.PROJECT_ID, "demo", Keys.ROLE,
                "supervisor");
        claudeCode = Otlp.resource("service.name", "claude-code", "service.version", "2.1.330", Keys.PA_SESSION,
                session);
    }

    /** A run that began at this moment and ended as {@code status}; as {@code running} its outermost span is not there. */
    public static PaRuns run(long seed, long beginNanos, String status, int rounds, boolean rehearsal) {
        PaRuns run = new PaRuns(seed, beginNanos, status, rehearsal);
        run.play(rounds);
        return run;
    }

    public ExportTraceServiceRequest paTraces() {
        return Otlp.traces(agentproxy, paSpans);
    }

    ExportTraceServiceRequest claudeTraces() {
        return Otlp.traces(claudeCode, claudeSpans);
    }

    ExportLogsServiceRequest claudeLogs() {
        return Otlp.logs(claudeCode, claudeLogs);
    }

    ExportLogsServiceRequest paLogs() {
        return Otlp.logs(agentproxy, paLogs);
    }

    /** What the run was asked to do. */
    String task() {
        return "Repair order number " + session;
    }

    /** How well a run of this status has shown that it is done. */
    String evidence() {
        return switch (status) {
            // Some with less than evidence, as --evidence allows.
            case "completed" -> traceId.charAt(0) < '4' ? "unchanged" : rounds > 1 ? "independent" : "reviewed";
            case "unproven" -> "unchanged";
            default -> "none";
        };
    }

    boolean isRehearsal() {
        return rehearsal;
    }

    double costUsd() {
        return costUsd;
    }

    int rounds() {
        return rounds;
    }

    /** Sends all of it. */
    public void sendTo(Running engine) throws Exception {
        engine.send(claudeTraces());
        engine.send(paTraces());
        engine.send(claudeLogs());
        engine.send(paLogs());
        engine.send(metrics());
    }

    private void play(int wanted) {
        span(Spans.SELF_CHECK, root, millis(40, 120), Span.SpanKind.SPAN_KIND_INTERNAL, false);
        counts.add("agentproxy.tasks.started", 1);
        boolean red = status.equals("verification_failed") || status.equals("stalled");
        for (rounds = 1; rounds <= wanted; rounds++) {
            worker();
            boolean pass = !red && rounds == wanted;
            verify("run_tests", pass ? "pass" : "fail");
            boolean done = rounds == wanted && !status.equals("running");
            reason(done ? "mark_done" : rounds % 3 == 0 ? "review_changes" : "send_to_claude");
        }
        rounds = wanted;
        if (!status.equals("running")) {
            Span.Builder task = base(Spans.RUN_TASK, begin, now - begin, Span.SpanKind.SPAN_KIND_INTERNAL)
                    .setSpanId(root).addAttributes(attribute("pa.task.length", 180))
                    .addAttributes(attribute(Keys.MAX_ITERATIONS, 25)).addAttributes(attribute(Keys.REASONER,
                    "gemini"))
                    .addAttributes(attribute(Keys.WORKER, "claude")).addAttributes(attribute(Keys.STATUS,
                    status))
                    .addAttributes(attribute(Keys.ITERATIONS, rounds * 2)).addAttributes(attribute(Keys.ROUNDS, rounds))
                    .addAttributes(attribute(Keys.EVIDENCE_LEVEL, evidence()))
                    .addAttributes(attribute(Keys.INPUT_MESSAGES, "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\","
                            + "\"content\":\"" + task() + "\\nand leave the tests as they are\"}]}]"))
                    .addAttributes(attribute(Keys.EXIT_CODE, status.equals("completed") ? 0 : 6));
            if (!rehearsal) {
                task.addAttributes(attribute(Keys.COST_TOTAL_USD, costUsd));
            }
            if (!status.equals("completed") && !status.equals("unproven")) {
                task.getStatusBuilder().setCodeValue(2).setMessage(status);
            }
            paSpans.add(task.build());
            counts.add("agentproxy.tasks.completed status=" + status, 1);
            counts.observe("agentproxy.task.duration status=" + status, (now - begin) / 1e9);
        }
    }

    private void worker() {
        long start = now;
        ByteString worker = id();
        int tools = 2 + random.nextInt(4);
        now += millis(20, 60);
        ByteString interaction = id();
        long interactionStart = now;
        for (int i = 0; i < tools; i++) {
            now = claude("claude_code.llm_request", interaction, id(), millis(900, 5200), "model", CLAUDE, "input_tokens",
                    2000 + random.nextInt(3000), "output_tokens", 100 + random.nextInt(600));
            String tool = TOOLS[random.nextInt(TOOLS.length)];
            long took = millis(15, 900);
            ByteString toolSpan = id();
            long toolStart = now;
            claude("claude_code.tool.execution", toolSpan, id(), took - 4_000_000, "success", true);
            now = toolStart;
            now = claude("claude_code.tool", interaction, toolSpan, took, "tool_name", tool);
            counts.add("agentproxy.tools.executions success=true,tool_name=" + tool, 1);
            counts.observe("agentproxy.tools.duration success=true,tool_name=" + tool, took / 1e9);
            record(claudeLogs, toolSpan, "claude_code.tool_result", SeverityNumber.SEVERITY_NUMBER_INFO, tool + " succeeded",
                    "tool_name", tool, "duration_ms", took / 1_000_000);
        }
        claudeSpans.add(claudeSpan("claude_code.interaction", worker, interaction, interactionStart, now - interactionStart)
                .build());
        record(claudeLogs, interaction, "claude_code.api_request", SeverityNumber.SEVERITY_NUMBER_INFO, CLAUDE, "model",
                CLAUDE);
        now += millis(10, 50);
        long in = 6000 + random.nextInt(18000);
        long out = 400 + random.nextInt(2200);
        double cost = (in * 3 + out * 15) / 1e6;
        tokens("claude", CLAUDE, in, out, cost);
        Span.Builder span = base(Spans.WORKER, start, now - start, Span.SpanKind.SPAN_KIND_CLIENT).setSpanId(worker)
                .setParentSpanId(root).addAttributes(attribute(Keys.ITERATION, rounds * 2 - 1))
                .addAttributes(attribute(Keys.ROUND, rounds))
                .addAttributes(attribute(Keys.PROCESS_EXECUTABLE, "claude"))
                .addAttributes(attribute(Keys.PROCESS_EXIT_CODE, 0)).addAttributes(attribute(Keys.PEER_SERVICE,
                "claude-code"))
                .addAttributes(attribute(Keys.CONTEXT_TOKENS, 46_200L))
                .addAttributes(attribute(Keys.CONTEXT_WINDOW, 200_000L))
                .addAttributes(attribute(Keys.CLAUDE_TURNS, tools)).addAttributes(attribute(Keys.CLAUDE_SUBTYPE,
                "success"))
                .addAttributes(attribute(Keys.PROVIDER, "anthropic"))
                .addAttributes(attribute(Keys.REQUEST_MODEL, CLAUDE))
                .addAttributes(attribute(Keys.INPUT_TOKENS, in)).addAttributes(attribute(Keys.OUTPUT_TOKENS,
                out));
        span.addAttributes(attribute(rehearsal ? Keys.REHEARSAL_COST_USD : Keys.COST_USD, cost));
        paSpans.add(span.build());
        counts.add("agentproxy.claude.iterations result=success", 1);
        counts.observe("agentproxy.claude.duration result=success", (now - start) / 1e9);
    }

    private void verify(String type, String result) {
        long took = millis(600, 7000);
        boolean failed = result.equals("fail");
        ByteString span = span(Spans.FUNCTION_PREFIX + type, root, took, Span.SpanKind.SPAN_KIND_INTERNAL, failed,
                Keys.FUNCTION_NAME, type, Keys.FUNCTION_SUCCESS, !failed, Keys.VERIFICATION_RESULT, result,
                Keys.ITERATION, rounds);
        record(paLogs, span, "gen_ai.evaluation.result", failed ? SeverityNumber.SEVERITY_NUMBER_WARN
                : SeverityNumber.SEVERITY_NUMBER_INFO, failed ? "3 of 41 tests failed" : "41 tests passed", "verification",
                type);
        counts.add("agentproxy.verifications result=" + result + ",type=" + type, 1);
    }

    private void reason(String function) {
        ByteString reasoning = id();
        long start = now;
        now += millis(5, 20);
        long call = millis(700, 4200);
        long in = 3000 + random.nextInt(9000);
        long out = 80 + random.nextInt(500);
        double cost = Math.round(in * 0.3 + out * 2.5) / 1e6;
        tokens("gemini", MODEL, in, out, cost);
        boolean retried = random.nextInt(9) == 0;
        Span.Builder span = base(Spans.call("gemini"), now, call, Span.SpanKind.SPAN_KIND_CLIENT).setSpanId(id())
                .setParentSpanId(reasoning).addAttributes(attribute(Keys.OPERATION, "generate_content"))
                .addAttributes(attribute(Keys.PROVIDER, "gcp.gemini"))
                .addAttributes(attribute(Keys.REQUEST_MODEL, MODEL))
                .addAttributes(attribute(Keys.INPUT_TOKENS, in)).addAttributes(attribute(Keys.OUTPUT_TOKENS,
                out))
                .addAttributes(attribute(Keys.GEMINI_ATTEMPTS, retried ? 2 : 1))
                .addAttributes(attribute(Keys.PEER_SERVICE, "gemini"))
                .addEvents(Span.Event.newBuilder().setName("attempt").setTimeUnixNano(now));
        span.addAttributes(attribute(rehearsal ? Keys.REHEARSAL_COST_USD : Keys.COST_USD, cost));
        if (retried) {
            span.addEvents(Span.Event.newBuilder().setName("attempt").setTimeUnixNano(now + call / 3)
                    .addAttributes(attribute(Keys.HTTP_STATUS, 503)));
            counts.add("agentproxy.api.errors api=gemini,error.type=503", 1);
        }
        paSpans.add(span.build());
        counts.observe("agentproxy.gemini.api.duration model=" + MODEL, call / 1e9);
        now += call + millis(2, 8);
        paSpans.add(base(Spans.REASONING, start, now - start, Span.SpanKind.SPAN_KIND_INTERNAL).setSpanId(reasoning)
                .setParentSpanId(root).addAttributes(attribute(Keys.FUNCTION, function))
                .addAttributes(attribute(Keys.ITERATION, rounds)).build());
        counts.add("agentproxy.pa.decisions function=" + function, 1);
        counts.observe("agentproxy.pa.reasoning.duration", (now - start) / 1e9);
    }

    private void tokens(String api, String model, long in, long out, double cost) {
        inputTokens += in;
        outputTokens += out;
        costUsd += cost;
        counts.add("agentproxy.tokens api=" + api + ",model=" + model + ",type=input", in);
        counts.add("agentproxy.tokens api=" + api + ",model=" + model + ",type=output", out);
        counts.add("agentproxy.api.requests api=" + api + ",model=" + model, 1);
        counts.add("agentproxy.cost api=" + api + ",model=" + model + (rehearsal ? ",rehearsal=true" : ""), Math.round(cost * 1e6));
    }

    private ByteString span(String name, ByteString parent, long took, Span.SpanKind kind, boolean failed,
            Object... attributes) {
        ByteString id = id();
        Span.Builder span = base(name, now, took, kind).setSpanId(id).setParentSpanId(parent);
        for (int i = 0; i < attributes.length; i += 2) {
            span.addAttributes(attribute(attributes[i].toString(), attributes[i + 1]));
        }
        if (failed) {
            span.getStatusBuilder().setCodeValue(2).setMessage("3 of 41 tests failed");
            span.addEvents(Span.Event.newBuilder().setName("exception").setTimeUnixNano(now + took)
                    .addAttributes(attribute("exception.type", "VerificationFailed"))
                    .addAttributes(attribute("exception.message",
                    "expected: <200> but was: <500> in OrderApiTest.createsOrder")));
        }
        paSpans.add(span.build());
        now += took + millis(1, 5);
        return id;
    }

    private Span.Builder base(String name, long start, long took, Span.SpanKind kind) {
        Span.Builder span = Span.newBuilder().setTraceId(Otlp.id(traceId)).setName(name).setKind(kind)
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + took).addAttributes(attribute(Keys.SESSION_ID, session))
                .addAttributes(attribute(Keys.CONVERSATION_ID, session))
                .addAttributes(attribute(Keys.PROJECT_ID, "demo"));
        return rehearsal ? span.addAttributes(attribute(Keys.REHEARSAL, true)) : span;
    }

    private long claude(String name, ByteString parent, ByteString id, long took, Object... attributes) {
        Span.Builder span = claudeSpan(name, parent, id, now, took);
        for (int i = 0; i < attributes.length; i += 2) {
            span.addAttributes(attribute(attributes[i].toString(), attributes[i + 1]));
        }
        claudeSpans.add(span.build());
        return now + took + millis(1, 10);
    }

    private Span.Builder claudeSpan(String name, ByteString parent, ByteString id, long start, long took) {
        return Span.newBuilder().setTraceId(Otlp.id(traceId)).setParentSpanId(parent).setSpanId(id).setName(name)
                .setStartTimeUnixNano(start).setEndTimeUnixNano(start + took).setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                .addAttributes(attribute("session.id", "c-" + session));
    }

    private void record(List<LogRecord> logs, ByteString span, String event, SeverityNumber severity, String body,
            Object... attributes) {
        LogRecord.Builder log = LogRecord.newBuilder().setTimeUnixNano(now).setTraceId(Otlp.id(traceId)).setSpanId(span)
                .setEventName(event).setSeverityNumber(severity).setSeverityText(severity.name().substring(16))
                .setBody(AnyValue.newBuilder().setStringValue(body));
        for (int i = 0; i < attributes.length; i += 2) {
            log.addAttributes(attribute(attributes[i].toString(), attributes[i + 1]));
        }
        logs.add(log.build());
    }

    /** What the run has counted, cumulative, as one export at its end. */
    public ExportMetricsServiceRequest metrics() {
        return Otlp.metrics(agentproxy, counts.at(begin, now, status.equals("running"), Otlp.id(traceId), root));
    }

    private long millis(int from, int to) {
        return (from + random.nextInt(to - from)) * 1_000_000L;
    }

    private ByteString id() {
        return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(random.nextLong() | 1).array());
    }

    /** A working day: this many runs over the last hours, and one that still goes on. */
    public static List<PaRuns> day(int runs, long nowNanos) {
        String[] endings = {"completed", "completed", "completed", "completed", "verification_failed", "completed",
                "stalled",
            "unproven", "max_iterations", "completed"};
        List<PaRuns> all = new ArrayList<>();
        long hours = 6 * 3600 * SECOND;
        for (int i = 0; i < runs; i++) {
            long begin = nowNanos - hours + (hours - 300 * SECOND) / runs * i;
            all.add(run(i, begin, endings[i % endings.length], 1 + (i * 7) % 5, i % 6 == 3));
        }
        all.add(run(runs, nowNanos - 70 * SECOND, "running", 3, false));
        return all;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s %d rounds", session, status, rounds);
    }
}
