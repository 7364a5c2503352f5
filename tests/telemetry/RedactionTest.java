package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Events;
import agent.Instruction;
import agent.ModelCall;
import agent.Outcome;
import agent.Problem;
import agent.Reasoning;
import agent.Reports;
import agent.RunEvent;
import agent.StallPattern;
import agent.Task;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.ErrorType;
import contract.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import telemetry.fold.Redactor;

/** Secrets planted wherever text comes in must be nowhere in what goes out, and nowhere where others can read. */
class RedactionTest {
    /** Values of variables with a secret's name: recognised wherever they turn up. */
    private static final Map<String, String> SECRETS = Map.of(
            "GEMINI_API_KEY", "canary-env-gemini", "ANTHROPIC_API_KEY", "canary \"env\" anthropic",
            "MY_DB_PASSWORD", "canary-env-pässword", "DEPLOY_TOKEN", "canary-env-token\nwith-a-second-line",
            "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20canary-env-header,x-key=canary-env-other");
    /** Recognised by their shape. */
    private static final List<String> SHAPES = List.of("AIzaSyCANARY0123456789abcdefghijklmnopqr",
            "sk-ant-api03-CANARY0123456789abcdef", "ghp_CANARY0123456789abcdefghijklmn", "AKIACANARY0123456789",
            "eyJhbGciOiJIUzI1NiJ9.eyJDQU5BUlkiOiJDQU5BUlkifQ.c2lnbmVkQ0FOQVJZ", "github_pat_CANARY0123456789abcdef",
            "Authorization: Bearer CANARY-opaque-0123", "API_KEY=CANARYhunter2 ./run.sh",
            "https://user:CANARYpassword@example.org/",
            "-----BEGIN RSA PRIVATE KEY-----\nCANARY0123\n-----END RSA PRIVATE KEY-----");
    /** Of no known shape: text of people, models, workers and commands, which does not leave at all. */
    private static final String PLAIN = "plain-canary";

    @TempDir
    Path state;

    /** Everything that can be in a text: what must be recognised, and what must not leave for where it stands. */
    private static String poison(boolean mayLeave) {
        String recognised = String.join(" | ", SECRETS.values()) + " | canary-env-header | canary-env-other | "
                + String.join(" | ", SHAPES);
        return mayLeave ? recognised : PLAIN + " " + recognised;
    }

    private static void poisoned(ScriptedRun script) {
        String said = poison(false);
        String api = poison(true);
        Task task = new Task(ScriptedRun.SESSION, "the task: " + said, Path.of("/project"),
                List.of(new Task.ContextFile("notes.md", said)),
                List.of(new Task.Screenshot(Path.of("/x"), said, "image/png")));
        Decision shell = new Decision.RunTests(Optional.of("API_KEY=CANARYhunter2 ./run.sh " + said));
        ModelCall call = new ModelCall("gemini", "model " + api, 1, 100, "127.0.0.1", 80);
        script.start(task, false).tell(new RunEvent.SelfCheckStarted(),
                new RunEvent.SelfCheckEnded(Optional.of(Problem.fatal(ErrorType.SELF_CHECK, api))),
                new RunEvent.WorkerStarted(1, new Instruction(said, Optional.of("conversation " + api), Optional.empty()), false),
                new RunEvent.WorkerSpawned("claude " + api, 1), new RunEvent.WorkerSaid(said),
                Events.toolStarted("id " + api, "Bash", "API_KEY=CANARYhunter2 ./run.sh " + said, said),
                new RunEvent.ToolEnded("id " + api, "Bash", false, false, Duration.ZERO, said),
                Events.toolStarted("t2", "tool " + api, said),
                new RunEvent.WorkerNotice("api_retry", said), new RunEvent.WorkerNotice(said, said),
                new RunEvent.WorkerEnded(1, Reports.builder()
                        .error(Optional.of(Problem.passing(ErrorType.EXIT, 1, said))).text(said)
                        .conversation(Optional.of("conversation " + api)).exitCode(OptionalInt.of(1))
                        .usage(new TokenUsage(1, 1, 0, 0, 0)).model(Optional.of("model " + api))
                        .version(Optional.of("version " + api)).subtype(Optional.of("subtype " + api)).turns(1)
                        .denials(List.of(new WorkerReport.Denial("Bash", said))).stderr(said).build(), Duration.ZERO),
                new RunEvent.TreeObserved("s", new Changes(List.of(said), 1, 1)),
                new RunEvent.FunctionStarted(1, shell, Optional.of("call " + api), false),
                new RunEvent.FunctionEnded(1, shell, FunctionResult.verified(new Verification(Verification.Type.TESTS,
                        Verification.Verdict.FAIL, said), said), false, Duration.ZERO),
                new RunEvent.ReasoningStarted(1), Events.modelCallStarted(call),
                new RunEvent.AttemptFailed(call, new ModelCall.Attempt(1, OptionalInt.of(500), ErrorType.HTTP, api, 5)),
                new RunEvent.ModelCallEnded(call, new ModelCall.Answer(Optional.of("model " + api), Optional.of("id " + api),
                        List.of(api), new TokenUsage(1, 1, 0, 0, 0), Optional.of(Usd.of("1")), 2,
                        Optional.of(Problem.passing(ErrorType.IO, api))), Duration.ZERO),
                new RunEvent.ReasoningEnded(1, Optional.of(new Reasoning(new Decision.SendToWorker(said, Optional.of(said)),
                        Optional.of(said), said, OptionalDouble.empty(), said)), Optional.empty(), Duration.ZERO),
                new RunEvent.StallDetected(StallPattern.REPEATED_ERROR, said, true), new RunEvent.Notice(said),
                new RunEvent.RunEnded(new Outcome(Status.STALLED, 5, said, said), new Totals(1, 1, TokenUsage.NONE, Usd.ZERO,
                        true, Duration.ZERO)));
    }

    private static void assertClean(String where, String text) {
        // Text.toString of protobuf escapes quotes and line ends: each piece counts by itself.
        for (String piece : List.of("canary", "CANARY", "hunter2", "AIzaSy", "Q0FOQVJZ", "DQU5BUlk")) {
            int at = text.indexOf(piece);
            assertFalse(at >= 0, () -> where + " has "
                    + text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 60)));
        }
    }

    private Lab lab(int port, OtlpReceiver.Protocol protocol) {
        Lab lab = new Lab(state, OtlpReceiver.environment(port, protocol))
                .with("OTEL_RESOURCE_ATTRIBUTES", "note=canary-env-gemini,key=" + SHAPES.get(0));
        SECRETS.forEach(lab::with);
        return lab;
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void nothingPlantedIsExported(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab.Run run = lab(receiver.port(), protocol).run(RedactionTest::poisoned);
            assertTrue(run.delivery().complete(), run.delivery()::toString);
            assertEquals(8, receiver.spans().size());
            assertTrue(receiver.everythingButHeaders().contains(Redactor.REDACTED));
            assertClean("the export", receiver.everythingButHeaders());
        }
    }

    @Test
    void nothingPlantedIsInTheLineAboutWhatWasNotDelivered() {
        Lab.Run run = lab(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC).run(RedactionTest::poisoned);
        assertClean("the line", run.delivery().line().orElseThrow());
    }

    @Test
    void contentLeavesOnlyWhenAskedForAndThenWithoutSecrets() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            String told = "Do this: " + ScriptedRun.TASK + "\nwith canary-env-gemini and \"quotes\"";
            lab(receiver.port(), OtlpReceiver.Protocol.GRPC)
                    .with("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true")
                    .run(script -> script.start().workerStarts(1, told)
                            .tell(Events.toolStarted("t1", "Bash", "make", PLAIN + " make test"),
                                    new RunEvent.ToolEnded("t1", "Bash", false, false, Duration.ZERO, PLAIN))
                            .workerFails(1, Problem.passing(ErrorType.EXIT, 1, "it said so"))
                            .reasoning(1, new Decision.SendToWorker("x", Optional.empty()), 0).end(Status.ERROR, 1));
            SpanTree tree = SpanTree.of(receiver.spans());
            Received.Span worker = tree.only("claude.subprocess");
            assertEquals("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Do this: " + ScriptedRun.TASK + "\\n"
                    + "with [redacted] and \\\"quotes\\\"\"}]}]", worker.attribute("gen_ai.input.messages"));
            assertEquals("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"I wrote it\"}],"
                    + "\"finish_reason\":\"stop\"}]", worker.attribute("gen_ai.output.messages"));
            assertEquals("it said so", worker.statusMessage());
            Received.Span call = tree.only("gemini.api.call");
            assertTrue(((String) call.attribute("gen_ai.output.messages")).contains("because it is right"));
            assertTrue(((String) call.attribute("gen_ai.output.messages")).contains("\"name\":\"send_to_claude\""));
            assertTrue(((String) call.attribute("gen_ai.input.messages")).contains("I wrote it"), "the news since the start");
            assertEquals("[{\"type\":\"text\",\"content\":\"You are PA.\"}]", call.attribute("gen_ai.system_instructions"));
            assertFalse(tree.only("pa.reasoning_loop").attributes().containsKey("gen_ai.output.messages"));
            assertTrue(((String) tree.only("pa.run_task").attribute("gen_ai.input.messages")).contains(ScriptedRun.TASK));
            assertTrue(receiver.logs().stream().noneMatch(log -> log.attributes().containsKey("gen_ai.input.messages")));
            assertEquals("{\"input\":\"make\"}", tree.only("execute_tool Bash").attribute("gen_ai.tool.call.arguments"));
            assertClean("the export", receiver.everythingButHeaders());
        }
    }

    /** Rules decide without a model: there is no call below the decision that could say what it saw and why. */
    @Test
    void aDecisionWithoutACallSaysItselfWhatItSawAndWhy() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            lab(receiver.port(), OtlpReceiver.Protocol.GRPC)
                    .with("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "SPAN_ONLY")
                    .run(script -> script.start().workerStarts(1, "go on").workerEnds(1)
                            .tell(new RunEvent.ReasoningStarted(1), new RunEvent.ReasoningEnded(1, Optional.of(Reasoning.of(
                                    new Decision.SendToWorker("again", Optional.empty()), "the check canary-env-gemini fails")),
                                    Optional.empty(), Duration.ZERO))
                            .workerStarts(2, "never ended").end(Status.INTERRUPTED, 130));
            SpanTree tree = SpanTree.of(receiver.spans());
            Received.Span decision = tree.only("pa.reasoning_loop");
            assertTrue(((String) decision.attribute("gen_ai.output.messages")).contains("the check [redacted] fails"));
            assertTrue(((String) decision.attribute("gen_ai.input.messages")).contains("I wrote it"));
            assertTrue(receiver.spans().stream().filter(span -> span.name().equals("claude.subprocess"))
                    .anyMatch(span -> ((String) span.attribute("gen_ai.input.messages")).contains("never ended")),
                    "what a worker was told stands on its span also when it did not come to an answer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pa.function.run_tests", "gemini-3.8-flash", "max_tokens: 8192 were too few", "claude-sonnet-5",
        "20261122-101500-abcd", "429: Resource has been exhausted (e.g. check quota).", "task-1 is done", "basic idea",
        "127.0.0.1:4317 refused the connection", "c54ef0dc71d8c3dc8fe7fdec360d48ab5a0fb86cd9de29d0c462e310450f659c"})
    void ordinaryTextStaysAsItIs(String text) {
        Redactor redactor = Redactor.of(Map.of("API_KEY", "short", "PATH", "/usr/bin", "HOME", "/home/ada"));
        assertSame(text, redactor.redact(text));
        assertSame(text, redactor.redact(text));
    }

    /** Prompts can be long, and are searched on the thread of the run. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "-", "secret", "api_key=", "-----BEGIN PRIVATE KEY-----", "://", "eyJ.", "-eyJ", "sk-", "Bearer "})
    void longTextTakesTimeByItsLength(String piece) {
        Redactor redactor = Redactor.of(SECRETS);
        String text = piece.repeat(500_000 / piece.length());
        assertTimeout(Duration.ofSeconds(10), () -> redactor.redact(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AIzaSyA0123456789abcdefghijklmnopqrstuv", "sk-proj-0123456789abcdefghij",
        "sk_live_0123456789abcd", "gho_0123456789abcdefghij", "glpat-0123456789abcdefghij", "xoxb-123456789012-abcdef",
        "ASIA0123456789ABCDEF", "npm_0123456789abcdefghijklmnop", "ya29.a0123456789abcdefghijkl"})
    void aKeyGoesWhereverItStands(String key) {
        Redactor redactor = Redactor.of(Map.of());
        assertEquals("before [redacted] after", redactor.redact("before " + key + " after"));
        assertEquals("[redacted]", redactor.redact(key));
    }

    /** Each took minutes once, by the square of its length. */
    @Test
    void redactionTakesTimeByTheLength() {
        Redactor redactor = Redactor.of(Map.of("X_TOKEN", "t".repeat(60_000)));
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String piece : List.of("-eyJ", "-eyJaaaaaa", "secret", "secret ", "://a", "://a:", "bearer ", "AIza", "sk-",
                    "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "t", "token=", "password\"", "xoxa-", "a")) {
                redactor.redact(piece.repeat(128_000 / piece.length()));
            }
        });
    }
}
