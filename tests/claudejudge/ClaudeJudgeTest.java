package claudejudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RunEvent;
import agent.RunListener;
import agent.Usd;
import agent.decision.Decision;
import contract.Failure;
import contract.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reasoning.Events;
import reasoning.FakeTiming;
import reasoning.Prices;
import reasoning.RetryPolicy;
import reasoning.Situations;

/** Claude Code as the reasoner, with a script in its place: all that can be wrong, as the tables of the other reasoners have it. */
class ClaudeJudgeTest {
    private static final RetryPolicy THREE = new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(1),
            Duration.ofSeconds(1), Duration.ofMinutes(5));

    @TempDir
    Path folder;
    private final Events events = new Events();
    private final FakeTiming timing = new FakeTiming();

    /** What ends in no decision. */
    private record Terminal(String name, String script, int requests, String type, boolean held, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Terminal> terminal() {
        return Stream.of(
                new Terminal("words instead of the shape, twice", print(result("success", false,
                        "\"result\":\"I would run the tests\"")), 2, "malformed", false, "answered in prose"),
                new Terminal("never in the required form", print(result("error_max_structured_output_retries", true, "\"result\":\"x\""))
                        + "exit 1", 1, "malformed", false, "did not answer in the required JSON form"),
                new Terminal("not logged in", print(result("success", true, "\"terminal_reason\":\"api_error\",\"result\":"
                        + "\"Not logged in\"")) + "exit 1", 1, "401", true, "Not logged in"),
                new Terminal("an API that is not reached is no missing login", print("{\"type\":\"assistant\",\"error\":\"server_error\"}",
                        result("success", true, "\"terminal_reason\":\"api_error\",\"api_error\":\"connection_failed\",\"result\":"
                        + "\"Connection refused\"")) + "exit 1", 3, "io", false, "Connection refused"),
                new Terminal("a refusal", print("{\"type\":\"assistant\",\"error\":\"invalid_request\"}", result("success", true,
                        "\"terminal_reason\":\"api_error\",\"stop_reason\":\"refusal\",\"result\":\"flagged\"")) + "exit 1", 1,
                        "blocked", false, "flagged"),
                new Terminal("401", print(result("success", true, "\"terminal_reason\":\"api_error\",\"api_error_status\":401,"
                        + "\"result\":\"bad key\"")) + "exit 1", 1, "401", true, "bad key"),
                new Terminal("a used-up credit, which is a 400", print(result("success", true, "\"api_error_status\":400,"
                        + "\"api_error_type\":\"billing_error\",\"result\":\"too low\"")) + "exit 1", 1, "400", true, "too low"),
                new Terminal("a subscription's limit", print("{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":"
                        + "\"rejected\",\"resetsAt\":1795660000}}", result("success", true, "\"api_error_status\":429,\"result\":"
                        + "\"limit\"")) + "exit 1", 1, "429", true, "limit"),
                new Terminal("529 for ever", print(result("success", true, "\"api_error_status\":529,\"result\":\"overloaded\""))
                        + "exit 1", 3, "529", false, "overloaded (after 3 attempts)"),
                new Terminal("404", print(result("success", true, "\"api_error_status\":404,\"result\":\"no model\"")) + "exit 1", 1,
                        "404", true, "no model"),
                new Terminal("another 400", print(result("success", true, "\"api_error_status\":400,\"api_error_type\":"
                        + "\"invalid_request_error\",\"result\":\"bad\"")) + "exit 1", 1, "400", false, "bad"),
                new Terminal("no result at all", "echo 'error: unknown option' >&2; exit 1", 3, "no_result", false,
                        "unknown option"),
                new Terminal("plain words on stdout", "echo 'Invalid API key'; exit 1", 3, "no_result", false, "Invalid API key"),
                new Terminal("a result that is no success and says nothing", print("{\"type\":\"result\"}"), 3, "no_result", false,
                        "Claude Code as the reasoner"));
    }

    @ParameterizedTest
    @MethodSource
    void terminal(Terminal fault) throws Exception {
        ReasonerException e = assertThrows(ReasonerException.class, () -> decide(judge(fault.script(), Duration.ofMinutes(1))));
        assertEquals(fault.type(), e.problem().value());
        assertEquals(fault.held(), e.problem().hold().isPresent());
        assertTrue(e.getMessage().contains(fault.says()), e.getMessage());
        assertEquals(fault.requests(), events.answer().attempts());
        assertEquals(e.problem(), events.answer().error().orElseThrow());
    }

    @Test
    void theStructuredAnswerIsTheDecisionAndWhatItCostIsBooked() throws Exception {
        Reasoning reasoning = decide(judge("printf '%s\\n' \"$@\" > " + folder + "/args; cat > " + folder + "/question; pwd > "
                + folder + "/cwd; env > " + folder + "/env\n" + print("noise", result("success", false, ANSWER)),
                Duration.ofMinutes(1)));
        assertEquals(new Decision.RunTests(Optional.of("make test")), reasoning.decision());
        assertEquals("because", reasoning.thought());
        assertEquals("claude_judge", events.of(RunEvent.ModelCallStarted.class).get(0).call().api());
        assertEquals(Usd.of("0.008"), events.answer().cost().orElseThrow());
        assertEquals(1030, events.answer().usage().input());
        assertEquals(200, events.answer().usage().output());
        assertTrue(read("question").contains(Situations.TASK) && read("question").contains("AssertionError: Hallo"));
        List<String> arguments = Files.readAllLines(folder.resolve("args"));
        assertEquals("", arguments.get(arguments.indexOf("--tools") + 1), "no tools");
        assertTrue(arguments.contains("--no-session-persistence") && arguments.contains("--strict-mcp-config"));
        assertFalse(Path.of(read("cwd").strip()).equals(folder), "an empty folder of its own");
        assertFalse(Files.exists(Path.of(read("cwd").strip())), "which is gone afterwards");
        assertFalse(read("env").contains("canary"), "PA's own secrets do not reach it");
    }

    /** A span says where the call went, and nothing that nobody asked for: no temperature, no limit of tokens. */
    @ParameterizedTest
    @CsvSource({"'',,api.anthropic.com,443", "http://127.0.0.1:8701,,127.0.0.1,8701", "https://proxy.example/x,,proxy.example,443",
        "'',CLAUDE_CODE_USE_BEDROCK,'',0", "not an address,,'',0"})
    void whereItAsksIsTold(String base, String cloud, String host, int port) {
        Map<String, String> environment = new TreeMap<>(Map.of("ANTHROPIC_BASE_URL", base));
        Optional.ofNullable(cloud).ifPresent(name -> environment.put(name, "1"));
        agent.ModelCall call = new JudgeCall(new JudgeProcess(environment, Optional.empty(), Duration.ofSeconds(9)),
                Optional.of("m")).call(null);
        assertEquals(new agent.ModelCall("claude_judge", "m", OptionalDouble.empty(), OptionalInt.empty(), host, port), call);
    }

    @Test
    void earlierDecisionsAndWhatBecameOfThemAreInTheQuestion() throws Exception {
        String question = Question.of(Situations.with(List.of(Situations.foreign(new Decision.ReadFile("a.txt"),
                agent.decision.FunctionResult.ok("it says 42"), Optional.empty()))), Bounds.none(), text -> {}).text();
        assertTrue(question.contains("# Your decision 1: read_file {\"file_path\":\"a.txt\"}"), question);
        assertTrue(question.contains("it says 42"));
        assertTrue(question.contains("This is decision 2"));
    }

    @Test
    void anAnswerOfAnotherFunctionIsToldToTheModel() throws Exception {
        Decision decision = decide(judge(print(result("success", false, "\"structured_output\":{\"reason\":\"r\",\"function\":"
                + "\"read_file\",\"arguments\":{\"url\":\"x\"}}")), Duration.ofMinutes(1))).decision();
        assertTrue(((Decision.NoOp) decision).reason().contains("file_path is missing"), decision.toString());
    }

    @Test
    void aCallThatHangsEndsByItsLimit() throws Exception {
        ReasonerException e = assertThrows(ReasonerException.class, () -> decide(judge("sleep 600", Duration.ofSeconds(1))));
        assertEquals("timeout", e.problem().value());
    }

    @Test
    void anInterruptionEndsACallAtOnce() throws Exception {
        Interruption interruption = new Interruption();
        RunListener interrupting = event -> {
            events.on(event);
            if (event instanceof RunEvent.ModelCallStarted) {
                new Thread(() -> interruption.request(15)).start();
            }
        };
        ClaudeJudge judge = judge("sleep 600", Duration.ofMinutes(5));
        assertThrows(InterruptedException.class,
                () -> judge.decide(Situations.afterFirstRound(), new Bounds(interruption, Instant.MAX), interrupting));
        assertEquals("interrupted", events.answer().error().orElseThrow().value());
    }

    @Test
    void oneThatIsMissingOrTooOldIsFoundBeforeTheFirstRound() throws Exception {
        Failure missing = assertThrows(Failure.class, () -> new ClaudeJudge(new JudgeProcess(Map.of("PATH", "/nonexistent"),
                Optional.empty(), Duration.ofSeconds(9)), Optional.empty(), prices(), THREE, timing)
                .selfCheck(Bounds.none(), events));
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), missing.exitCode());
        judge("exit 0", Duration.ofSeconds(9)).selfCheck(Bounds.none(), events);
        Files.writeString(folder.resolve("claude"), "#!/bin/sh\necho '2.1.197 (Claude Code)'\n");
        Failure old = assertThrows(Failure.class, () -> new ClaudeJudge(process(Duration.ofSeconds(9)), Optional.empty(),
                prices(), THREE, timing).selfCheck(Bounds.none(), events));
        assertTrue(old.getMessage().contains("too old"), old.getMessage());
    }

    private static final String ANSWER = "\"structured_output\":{\"reason\":\"because\",\"function\":\"run_tests\",\"arguments\":"
            + "{\"test_command\":\"make test\"}},\"total_cost_usd\":0.008,\"modelUsage\":{\"claude-x\":{\"inputTokens\":1000,"
            + "\"cacheReadInputTokens\":30,\"outputTokens\":200}}";

    private static String result(String subtype, boolean error, String more) {
        return "{\"type\":\"result\",\"subtype\":\"" + subtype + "\",\"is_error\":" + error + "," + more + "}";
    }

    private static String print(String... lines) {
        return "cat <<'END_OF_LINES'\n" + String.join("\n", lines) + "\nEND_OF_LINES\n";
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private static Prices prices() {
        return Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent"));
    }

    private ClaudeJudge judge(String script, Duration limit) throws IOException {
        Path program = folder.resolve("claude");
        Files.writeString(program, "#!/bin/sh\ncase \"$1\" in --version) echo '2.1.332 (Claude Code)'; exit 0 ;; esac\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ClaudeJudge(process(limit), Optional.empty(), prices(), THREE, timing);
    }

    private JudgeProcess process(Duration limit) {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                "GEMINI_API_KEY", "canary", "CLAUDE_BIN", folder.resolve("claude").toString()));
        return new JudgeProcess(environment, Optional.empty(), limit);
    }

    private Reasoning decide(ClaudeJudge judge) throws InterruptedException, ReasonerException {
        return judge.decide(Situations.afterFirstRound(), Bounds.none(), events);
    }
}
