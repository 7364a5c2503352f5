package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import claude.InstalledClaude;
import cli.Pa;
import codex.InstalledCodex;
import codex.ResponsesStandIn;
import codex.ResponsesStandIn.Turn;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rehearsal.Messages;
import rehearsal.MessagesStandIn;
import rehearsal.ModelTurn;
import rehearsal.RehearsalScript;
import telemetry.OtlpReceiver;
import telemetry.Received;
import telemetry.SpanTree;

/**
 * The real programs through a whole run, on endpoints of this machine: three rounds, of which the first writes a fault, the second
 * another, and the third what is right. The tree is the same for each worker, and its sums are what the endpoint served.
 */
class RealWorkersTest {
    private static final List<String> CONTENTS = List.of("bad", "worse", "good");

    @TempDir Path home;
    @TempDir Path project;

    /** A worker and the endpoint that it asks. */
    private record Real(AutoCloseable endpoint, List<String> arguments, long input, long output) {}

    @BeforeEach
    void prepare() throws IOException {
        Files.writeString(project.resolve("check.sh"), "grep -q good a.txt || { echo \"a.txt says $(cat a.txt)\"; exit 1; }\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "codex"})
    void writesAFaultIsToldAndFixesIt(String worker) throws Exception {
        Pa pa = new Pa(home).with("AGENTPROXY_ENABLE_TELEMETRY", "1");
        Real real = real(worker, pa);
        try (OtlpReceiver receiver = OtlpReceiver.start(); AutoCloseable endpoint = real.endpoint()) {
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            Pa.Result result = pa.run(project, arguments(worker, real));
            assertEquals(0, result.exitCode(), result.toString());

            String tool = worker.equals("claude") ? "Bash" : "command_execution";
            String round = "  " + worker + ".subprocess";
            String check = "  pa.function.run_tests";
            SpanTree tree = SpanTree.of(receiver.spans()).assertOneTrace();
            List<String> shape = new ArrayList<>(List.of("pa.run_task", "  pa.self_check"));
            for (int i = 0; i < CONTENTS.size(); i++) {
                shape.addAll(List.of(round, "    execute_tool " + tool, check, "  pa.reasoning_loop"));
            }
            // What done is claimed with is checked on the old files too, below it.
            List<String> lines = tree.toString().lines().filter(line -> !line.startsWith("    pa.function"))
                    .filter(line -> !line.equals("  pa.function.mark_done")).collect(Collectors.toList());
            assertEquals(shape, lines, tree.toString());
            List<Received.Span> rounds = tree.all(worker + ".subprocess");
            assertEquals(real.input(), sum(rounds, "gen_ai.usage.input_tokens"), "what the endpoint served");
            assertEquals(real.output(), sum(rounds, "gen_ai.usage.output_tokens"));
            assertEquals(worker.equals("claude"), rounds.stream().allMatch(span -> span.attributes().containsKey("agentproxy.cost.usd")),
                    "a cost where it is told, and none invented");
            assertEquals(1, rounds.stream().map(span -> span.attribute("gen_ai.conversation.id")).distinct().count());
            String version = worker.equals("claude") ? "claude.version" : "gen_ai.agent.version";
            assertTrue(rounds.stream().allMatch(span -> span.attributes().containsKey(version)
                    && span.attributes().containsKey("claude.version") == worker.equals("claude")), rounds.toString());
        }
    }

    /** The run is the same with a collector that takes everything and never answers, and says what was kept. */
    @ParameterizedTest
    @ValueSource(strings = {"claude", "codex"})
    void aCollectorThatNeverAnswersChangesNothing(String worker) throws Exception {
        Pa pa = new Pa(home).with("AGENTPROXY_ENABLE_TELEMETRY", "1");
        Real real = real(worker, pa);
        try (ServerSocket hole = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                AutoCloseable endpoint = real.endpoint()) {
            pa.with("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + hole.getLocalPort());
            Pa.Result result = pa.run(project, arguments(worker, real));
            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(result.err().contains("3 rounds"), result.toString());
            assertTrue(result.err().contains("not delivered") && result.err().contains("the journal keeps it"), result.toString());
        }
    }

    /** Cancelled or killed in the middle of a round, the session goes on and ends well. */
    @ParameterizedTest
    @CsvSource({"claude, TERM, 143", "claude, KILL, 137", "codex, TERM, 143", "codex, KILL, 137"})
    void whatWasCancelledOrKilledIsResumed(String worker, String signal, int exit) throws Exception {
        Pa pa = new Pa(home);
        CountDownLatch asked = new CountDownLatch(1);
        Real real = worker.equals("claude") ? claude(pa, asked) : codex(pa, asked);
        try (AutoCloseable endpoint = real.endpoint()) {
            Process process = pa.start(project, arguments(worker, real));
            assertTrue(asked.await(100, TimeUnit.SECONDS), "the model is asked");
            assertEquals(0, new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor());
            Pa.Result cut = pa.result(process);
            assertEquals(exit, cut.exitCode(), cut.toString());
            Pa.Result resumed = pa.run(project, "resume", "--display", "plain");
            assertEquals(0, resumed.exitCode(), resumed.toString());
            assertEquals("good", Files.readString(project.resolve("a.txt")).strip());
        }
    }

    private static String[] arguments(String worker, Real real) {
        List<String> arguments = new ArrayList<>(List.of("--display", "plain", "--reasoner", "rules", "--worker", worker, "--verify",
                "sh check.sh", "--no-claude-telemetry"));
        arguments.addAll(real.arguments());
        arguments.add("Make a.txt hold good");
        return arguments.toArray(new String[0]);
    }

    private static long sum(List<Received.Span> spans, String attribute) {
        return spans.stream().mapToLong(span -> (Long) span.attribute(attribute)).sum();
    }

    private Real real(String worker, Pa pa) throws IOException {
        return worker.equals("claude") ? claude(pa) : codex(pa);
    }

    private Real claude(Pa pa) throws IOException {
        AtomicInteger round = new AtomicInteger();
        return claude(pa, Messages.byInstruction(instruction -> writing(CONTENTS.get(Math.min(round.getAndIncrement(),
                CONTENTS.size() - 1)))));
    }

    /** Silent when it is asked first. */
    private Real claude(Pa pa, CountDownLatch asked) throws IOException {
        return claude(pa, Messages.byInstruction(instruction -> {
            boolean first = asked.getCount() > 0;
            asked.countDown();
            return first ? new ModelTurn.Silence() : writing("good");
        }));
    }

    private static ModelTurn writing(String content) {
        return ModelTurn.use("", "Bash", JsonNodeFactory.instance.objectNode().put("description", "write")
                .put("command", "echo " + content + " > a.txt"));
    }

    private Real claude(Pa pa, MessagesStandIn messages) {
        Path program = InstalledClaude.require();
        pa.with("CLAUDE_BIN", program.toString()).with("ANTHROPIC_BASE_URL", messages.url()).with("ANTHROPIC_API_KEY", "made-up")
                .with("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1").with("CLAUDE_CONFIG_DIR", home.resolve("claude").toString());
        // Two calls a round: the tool, and the words after it.
        RehearsalScript.Round first = RehearsalScript.standard().round(0);
        RehearsalScript.Round later = RehearsalScript.standard().round(1);
        return new Real(messages, List.of(), 2 * input(first) + 4 * input(later), 2 * first.output() + 4 * later.output());
    }

    private static long input(RehearsalScript.Round round) {
        return round.input() + round.cacheRead() + round.cacheCreation();
    }

    private Real codex(Pa pa) throws IOException {
        return codex(pa, new ResponsesStandIn(CONTENTS.stream()
                .flatMap(content -> List.of(Turn.run("echo " + content + " > a.txt"), Turn.say("Written.")).stream())
                .toArray(Turn[]::new)));
    }

    /** Silent when it is asked first. */
    private Real codex(Pa pa, CountDownLatch asked) throws IOException {
        ResponsesStandIn api = new ResponsesStandIn(Turn.silence(), Turn.run("echo good > a.txt"), Turn.say("Written."));
        api.whenAsked(asked::countDown);
        return codex(pa, api);
    }

    private Real codex(Pa pa, ResponsesStandIn api) throws IOException {
        Path program = InstalledCodex.require();
        Path folder = Files.createDirectories(home.resolve("codex"));
        Files.writeString(folder.resolve("config.toml"), "model = \"stub\"\nmodel_provider = \"p\"\n[model_providers.p]\nname = \"p\"\n"
                + "base_url = \"" + api.url() + "\"\nenv_key = \"STUB_KEY\"\nstream_max_retries = 0\nrequest_max_retries = 0\n");
        pa.with("CODEX_BIN", program.toString()).with("CODEX_HOME", folder.toString()).with("STUB_KEY", "made-up");
        // No sandbox: what a test machine allows inside of another sandbox is not what is tested here.
        return new Real(api, List.of("--permission-mode", "danger-full-access"), 6L * ResponsesStandIn.INPUT,
                6L * ResponsesStandIn.OUTPUT);
    }
}
