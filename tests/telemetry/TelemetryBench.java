package telemetry;

import agent.Events;
import agent.ModelCall;
import agent.RunEvent;
import agent.RunListener;
import agent.TokenUsage;
import agent.Usd;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.Status;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import journal.Entry;

/**
 * Figures, not a test: what a span costs on the calling thread, and what the start and the end of telemetry cost a run, each
 * in a JVM of its own. Run it with {@code ./jbang --main telemetry.TelemetryBench tests/tests.java}.
 */
public final class TelemetryBench {
    private static final int ROUNDS = 9;

    private TelemetryBench() {}

    public static void main(String... arguments) throws Exception {
        if (arguments.length == 2) {
            once(arguments[0], Integer.parseInt(arguments[1]));
            return;
        }
        System.out.println("a span on the calling thread, with its metrics and log records (median of 20 blocks)");
        spans();
        System.out.println("set-up and end of a run of 7 spans, each in a JVM of its own (median of " + ROUNDS + ", ms)");
        try (OtlpReceiver receiver = OtlpReceiver.start(); ServerSocket hole = OtlpReceiver.blackHole()) {
            for (String protocol : List.of("grpc", "http/protobuf")) {
                figures(protocol, "working", receiver.port());
                figures(protocol, "refused", OtlpReceiver.refusingPort());
                figures(protocol, "black-holed", hole.getLocalPort());
            }
        }
    }

    private static void spans() throws IOException, InterruptedException {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Map<String, String> environment = new TreeMap<>(receiver.environment(OtlpReceiver.Protocol.GRPC));
            environment.put("XDG_STATE_HOME", Files.createTempDirectory("bench").toString());
            environment.put("OTEL_BSP_SCHEDULE_DELAY", "50");
            environment.put("OTEL_BLRP_SCHEDULE_DELAY", "50");
            environment.put("OTEL_BSP_MAX_QUEUE_SIZE", "65536");
            environment.put("OTEL_BLRP_MAX_QUEUE_SIZE", "65536");
            Telemetry telemetry = start(environment);
            long[] number = {0};
            RunListener listener = event -> telemetry.on(new Entry(++number[0], Instant.now(), event));
            new ScriptedRun(listener).start();
            report("pa.function.run_tests, a verification metric, a log record", listener, functionSpan());
            report("gemini.api.call, 11 metric points", listener, callSpan());
            report("execute_tool, 2 metric points", listener, toolSpan());
            new ScriptedRun(listener).end(Status.COMPLETED, 0);
            System.out.println("  " + telemetry.close());
        }
    }

    private static RunEvent[] functionSpan() {
        Decision decision = new Decision.RunTests(Optional.of("make test"));
        FunctionResult result = FunctionResult.verified(
                new Verification(Verification.Type.TESTS, Verification.Verdict.PASS, "make test"), "ok");
        return new RunEvent[] {new RunEvent.FunctionStarted(1, decision, Optional.of("call"), false),
            new RunEvent.FunctionEnded(1, decision, result, false, Duration.ofMillis(5))};
    }

    private static RunEvent[] callSpan() {
        ModelCall call = ScriptedRun.CALL;
        ModelCall.Answer answer = new ModelCall.Answer(Optional.of("gemini-3.8-flash-001"), Optional.of("r"),
                List.of("STOP"), new TokenUsage(500, 80, 100, 0, 30), Optional.of(Usd.of("0.001")), 1, Optional.empty());
        return new RunEvent[] {Events.modelCallStarted(call),
            new RunEvent.ModelCallEnded(call, answer, Duration.ofMillis(900))};
    }

    private static RunEvent[] toolSpan() {
        return new RunEvent[] {Events.toolStarted("t", "Bash", "ls"),
            new RunEvent.ToolEnded("t", "Bash", true, false, Duration.ofMillis(20))};
    }

    private static void report(String what, RunListener listener, RunEvent... events) throws InterruptedException {
        int perBlock = 1_000;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] wall = new double[20];
        double[] cpu = new double[20];
        for (int block = -20; block < wall.length; block++) {
            long begun = System.nanoTime();
            long used = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < perBlock; i++) {
                for (RunEvent event : events) {
                    listener.on(event);
                }
            }
            if (block >= 0) {
                wall[block] = (System.nanoTime() - begun) / 1_000.0 / perBlock;
                cpu[block] = (threads.getCurrentThreadCpuTime() - used) / 1_000.0 / perBlock;
            }
            Thread.sleep(150); // Let the exporter catch up, so that the queue never overflows.
        }
        Arrays.sort(wall);
        Arrays.sort(cpu);
        System.out.printf(Locale.ROOT, "  %-60s %5.2f µs, of CPU %5.2f µs%n", what, wall[wall.length / 2],
                cpu[cpu.length / 2]);
    }

    private static void figures(String protocol, String name, int port) throws IOException, InterruptedException {
        List<double[]> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                    TelemetryBench.class.getName(), protocol, String.valueOf(port)).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            rounds.add(Arrays.stream(output.strip().split(" ")).mapToDouble(Double::parseDouble).toArray());
        }
        System.out.printf(Locale.ROOT,
                "  %-14s %-12s start %4.0f  first event after %4.0f  close %5.0f (most %.0f)  whole %5.0f%n",
                protocol, name, median(rounds, 0), median(rounds, 1), median(rounds, 2),
                rounds.stream().mapToDouble(r -> r[2]).max().orElse(0), median(rounds, 3));
    }

    private static double median(List<double[]> rounds, int column) {
        return rounds.stream().mapToDouble(r -> r[column]).sorted().skip(rounds.size() / 2).findFirst().orElse(0);
    }

    /**
     * One run in this JVM: prints the milliseconds of start, until the first event is taken, of close,
     * and of all of it.
     */
    private static void once(String protocol, int port) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", protocol);
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port);
        environment.put("XDG_STATE_HOME", Files.createTempDirectory("bench").toString());
        long begun = System.nanoTime();
        Telemetry telemetry = start(environment);
        long started = System.nanoTime();
        long[] number = {0};
        ScriptedRun run = new ScriptedRun(event -> telemetry.on(new Entry(++number[0], Instant.now(), event))).start();
        long first = System.nanoTime();
        run.selfCheck().workerStarts(1, "x").workerEnds(1).verification(1, Verification.Verdict.PASS)
                .reasoning(1, new Decision.MarkDone("done", List.of()), 0).end(Status.COMPLETED, 0);
        long closing = System.nanoTime();
        telemetry.close();
        long closed = System.nanoTime();
        System.out.printf(Locale.ROOT, "%.1f %.1f %.1f %.1f%n", (started - begun) / 1e6, (first - begun) / 1e6,
                (closed - closing) / 1e6, (closed - begun) / 1e6);
    }

    private static Telemetry start(Map<String, String> environment) throws IOException {
        Path state = Path.of(environment.get("XDG_STATE_HOME"));
        Path session = Files.createDirectories(state.resolve("session"));
        return Telemetry.start(environment, new RunPlace(ScriptedRun.SESSION, session, state, 1, 0, 1,
                Plans.of(environment, Optional.of(true), ScriptedRun.SESSION, 1).plan()), WorkerTelemetry.NONE);
    }
}
