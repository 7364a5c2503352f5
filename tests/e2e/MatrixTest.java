package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import telemetry.OtlpReceiver;
import telemetry.Received;

/**
 * Every judge with every worker, on doubles that speak their protocols: the worker fails once and then does it, the judge sees the
 * failure and the success. Each cell ends as completed, is one trace, and lets no secret out.
 */
class MatrixTest {
    private static final Map<String, String> SECRETS = Map.of("GEMINI_API_KEY", "canary-gemini-aaaaaa", "OPENAI_API_KEY",
            "canary-openai-bbbbbb", "ANTHROPIC_API_KEY", "canary-anthropic-cccccc");
    private static final String PASSED = "Automatic check: PASSED";

    @TempDir Path home;
    @TempDir Path project;
    private HttpServer models;

    record Cell(String judge, String worker) {}

    static Stream<Cell> cells() {
        return Stream.of("gemini", "openai", "claude", "rules")
                .flatMap(judge -> Stream.of("claude", "codex", "command").map(worker -> new Cell(judge, worker)));
    }

    @BeforeEach
    void prepare() throws IOException {
        Files.writeString(project.resolve("check.sh"), "test -f done || { echo 'no done'; exit 1; }\n");
        script("claude", "if [ \"$1\" = --version ]; then echo '2.1.332 (Claude Code)'; exit; fi",
                "case \" $* \" in *--json-schema*) if grep -q '" + PASSED + "'; then f=mark_done; a='\"summary\":\"it works\"'",
                "  else f=send_to_claude; a='\"instruction\":\"The check fails. Make it pass.\"'; fi",
                "  echo \"{\\\"type\\\":\\\"result\\\",\\\"subtype\\\":\\\"success\\\",\\\"is_error\\\":false,\\\"total_cost_usd\\\":0.001,"
                        + "\\\"modelUsage\\\":{\\\"m\\\":{\\\"inputTokens\\\":9,\\\"outputTokens\\\":1}},\\\"structured_output\\\":"
                        + "{\\\"reason\\\":\\\"r\\\",\\\"function\\\":\\\"$f\\\",\\\"arguments\\\":{$a}}}\"; exit ;; esac", WORK,
                json("{'type':'system','subtype':'init','model':'m','session_id':'c1','claude_code_version':'2.1.332'}"),
                json("{'type':'assistant','message':{'id':'1','model':'m','content':[{'type':'text','text':'I did it.'}]},"
                        + "'session_id':'c1'}"),
                json("{'type':'result','subtype':'success','is_error':false,'num_turns':1,'result':'I did it.','session_id':'c1',"
                        + "'total_cost_usd':0.01,'usage':{'input_tokens':1,'output_tokens':1},'permission_denials':[]}"));
        script("codex", "if [ \"$1\" = --version ]; then echo 'codex-cli 0.169.0'; exit; fi", WORK,
                json("{'type':'thread.started','thread_id':'t1'}"),
                json("{'type':'item.completed','item':{'id':'i','type':'agent_message','text':'I did it.'}}"),
                json("{'type':'turn.completed','usage':{'input_tokens':1,'output_tokens':1}}"));
        script("command", WORK, "echo I did it.");
        models = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        models.createContext("/", MatrixTest::answer);
        models.start();
    }

    /** Done in the second round only. */
    private static final String WORK = "cat > /dev/null; env >> \"$HOME/worker.env\"; [ -f once ] && touch done; echo x >> once";

    @AfterEach
    void stop() {
        models.stop(0);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyJudgeWorksWithEveryWorker(Cell cell) throws IOException {
        String url = "http://127.0.0.1:" + models.getAddress().getPort();
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa pa = new Pa(home).withBarePath().with("CLAUDE_BIN", home.resolve("claude").toString())
                    .with("CODEX_BIN", home.resolve("codex").toString()).with("GOOGLE_GEMINI_BASE_URL", url)
                    .with("OPENAI_BASE_URL", url + "/v1").with("OPENAI_MODEL", "judge").with("AGENTPROXY_ENABLE_TELEMETRY", "1");
            SECRETS.forEach(pa::with);
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            List<String> arguments = new ArrayList<>(List.of("--display", "plain", "--reasoner", cell.judge(), "--verify",
                    "sh check.sh", "--no-claude-telemetry"));
            arguments.addAll(cell.worker().equals("command") ? List.of("--worker-cmd", "sh " + home.resolve("command"))
                    : List.of("--worker", cell.worker()));
            arguments.add("Make done");
            Pa.Result result = pa.run(project, arguments.toArray(new String[0]));

            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(result.err().contains("I did it."), result.toString());
            Set<String> traces = receiver.spans().stream().map(Received.Span::traceId).collect(Collectors.toSet());
            assertEquals(1, traces.size(), "one trace");
            List<String> names = receiver.spans().stream().map(Received.Span::name).collect(Collectors.toList());
            assertEquals(2, names.stream().filter((cell.worker() + ".subprocess")::equals).count(), names.toString());
            String api = cell.judge().equals("claude") ? "claude_judge" : cell.judge();
            assertEquals(cell.judge().equals("rules") ? 0 : 2, names.stream().filter((api + ".api.call")::equals).count(),
                    names.toString());
            noSecretGetsOut(cell, receiver.everythingButHeaders() + result.out() + result.err());
        }
    }

    static Stream<Cell> rehearsals() {
        return Stream.of("gemini", "openai", "claude", "rules")
                .flatMap(judge -> Stream.of("claude", "codex").map(worker -> new Cell(judge, worker)));
    }

    /** The stand-ins of a rehearsal in every cell; the user's own keys and servers, which are there, see nothing of it. */
    @ParameterizedTest
    @MethodSource("rehearsals")
    void everyJudgeIsRehearsedWithEveryWorker(Cell cell) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        models.createContext("/users/own", exchange -> {
            asked.incrementAndGet();
            answer(exchange);
        });
        String url = "http://127.0.0.1:" + models.getAddress().getPort() + "/users/own";
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa pa = new Pa(home).withBarePath().with("CODEX_BIN", home.resolve("codex").toString())
                    .with("GOOGLE_GEMINI_BASE_URL", url).with("OPENAI_BASE_URL", url + "/v1").with("OPENAI_MODEL", "judge")
                    .with("ANTHROPIC_BASE_URL", url).with("AGENTPROXY_ENABLE_TELEMETRY", "1");
            SECRETS.forEach(pa::with);
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            Pa.Result result = pa.run(project, "--rehearse", "--display", "plain", "--reasoner", cell.judge(), "--worker",
                    cell.worker(), "Create a web shop");

            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(result.err().contains("REHEARSAL: no model is called"), result.toString());
            assertEquals(1, receiver.spans().stream().map(Received.Span::traceId).distinct().count(), "one trace");
            List<Received.Span> rounds = receiver.spans().stream()
                    .filter(span -> span.name().equals(cell.worker() + ".subprocess")).collect(Collectors.toList());
            assertEquals(2, rounds.size(), "a fault is written, and fixed");
            assertEquals(List.of(14_562L, 15_218L), rounds.stream().sorted(Comparator.comparing(Received.Span::startNanos))
                    .map(span -> span.attribute("gen_ai.usage.input_tokens")).collect(Collectors.toList()), "the script's figures");
            String api = cell.judge().equals("claude") ? "claude_judge" : cell.judge();
            List<Received.Span> calls = receiver.spans().stream().filter(span -> span.name().equals(api + ".api.call"))
                    .collect(Collectors.toList());
            assertEquals(cell.judge().equals("rules"), calls.isEmpty());
            calls.forEach(call -> assertEquals("127.0.0.1", call.attribute("server.address"), call.toString()));
            assertFalse((receiver.everythingButHeaders() + result.out() + result.err()).contains("canary-"));
            assertEquals(0, asked.get(), "nothing of the user's is asked");
        }
    }

    private void noSecretGetsOut(Cell cell, String told) throws IOException {
        StringBuilder written = new StringBuilder(told);
        try (Stream<Path> files = Files.walk(home.resolve("state"))) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    written.append(Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        assertFalse(written.toString().contains("canary-"), "in telemetry, on the terminal or in the journal");
        String worker = Files.readString(home.resolve("worker.env"));
        assertFalse(worker.contains("canary-gemini"), "a judge's key reaches no worker");
        assertEquals(!cell.judge().equals("openai") || cell.worker().equals("codex"), worker.contains("canary-openai"),
                "but one that uses the same");
    }

    /** Gemini's and OpenAI's endpoints in one: done when the newest check has passed. */
    private static void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        boolean passed = request.contains(PASSED);
        String name = passed ? "mark_done" : "send_to_claude";
        String arguments = passed ? "{\"summary\":\"it works\"}" : "{\"instruction\":\"The check fails. Make it pass.\"}";
        String body = "{}";
        if (path.endsWith(":generateContent")) {
            body = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"" + name + "\",\"args\":"
                    + arguments + "},\"thoughtSignature\":\"c2ln\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":"
                    + "{\"promptTokenCount\":10,\"candidatesTokenCount\":2}}";
        } else if (path.endsWith("/chat/completions")) {
            body = "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
                    + "{\"name\":\"" + name + "\",\"arguments\":\"" + arguments.replace("\"", "\\\"") + "\"}}]},\"finish_reason\":"
                    + "\"tool_calls\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2}}";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void script(String name, String... lines) throws IOException {
        Path file = home.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        file.toFile().setExecutable(true);
    }

    private static String json(String record) {
        return "echo '" + record.replace('\'', '"') + "'";
    }
}
