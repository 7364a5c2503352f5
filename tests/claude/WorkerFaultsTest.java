package claude;

import static claude.FakeClaude.answered;
import static claude.FakeClaude.init;
import static claude.FakeClaude.print;
import static claude.FakeClaude.result;
import static claude.FakeClaude.says;
import static claude.FakeClaude.success;
import static claude.FakeClaude.uses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Hold;
import agent.Problem;
import agent.RunEvent;
import agent.WorkerReport;
import claude.FakeClaude.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workers.WorkerLimits;
import workers.WorkerNotices;

/** All known and possible faults of a worker: each ends in a report, none in an exception or a hang. */
class WorkerFaultsTest {
    private static final WorkerLimits SHORT = new WorkerLimits(Duration.ofSeconds(1), Duration.ofSeconds(60));
    /** How long what must be ended sleeps: a number of this run, to be found among all processes. */
    private static final String SLEEP = "sleep " + (1_000_000 + new java.util.Random().nextInt(1_000_000));
    private static final String FILL = "head -c 10000000 /dev/zero | tr '\\0' a\n";

    @TempDir
    Path folder;

    /**
     * @param expected the type of the problem; empty for a clean round
     * @param check what else must hold
     */
    record Fault(String name, String script, WorkerLimits limits, String expected, Check check) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Check {
        void holds(WorkerReport report, Recorder events);
    }

    static Stream<Fault> faults() {
        return Stream.of(
            fault("exit 1 with no JSON (defect 3: 'Invalid API key' was taken for done)",
                "echo 'Invalid API key · Please run /login'; exit 1", "exit_1",
                (r, e) -> assertTrue(message(r).contains("Invalid API key"), message(r))),
            fault("exit 1 with a reason on stderr", "echo 'error: unknown option' >&2; exit 1", "exit_1",
                (r, e) -> assertTrue(message(r).contains("unknown option") && r.ending().stderr().contains("unknown option"))),
            fault("exit 0 with is_error", print(init(), result("success", true, "0.1", "")), "no_result",
                (r, e) -> assertEquals("success", r.ending().subtype().orElseThrow())),
            fault("a result that does not say whether it is an error",
                print(init(), "{\"type\":\"result\",\"subtype\":\"success\"}"), "no_result", NOTHING),
            fault("no turn and no answer", print(init(), success("0").replace("\"num_turns\":2", "\"num_turns\":0")),
                "no_result", (r, e) -> assertTrue(message(r).contains("without a request to a model"), message(r))),
            fault("a prompt that a hook blocked", print(init(), "{\"type\":\"system\",\"subtype\":\"informational\","
                + "\"content\":\"blocked\",\"prevent_continuation\":true,\"prompt_submit_outcome\":{\"kind\":"
                + "\"blocked_by_hook\",\"reason\":\"ticket number missing\"}}",
                success("0").replace("\"num_turns\":2", "\"num_turns\":0")), "blocked",
                (r, e) -> assertTrue(message(r).contains("ticket number missing"), message(r))),
            fault("a result that ended for another reason than that the work was done", print(init(),
                result("success", false, "0.1", ",\"terminal_reason\":\"stop_hook_prevented\"")), "no_result",
                (r, e) -> assertTrue(message(r).contains("stop_hook_prevented"), message(r))),
            fault("a refusal of the model's safeguards", print(init(), "{\"type\":\"system\",\"subtype\":"
                + "\"model_refusal_no_fallback\",\"original_model\":\"claude-x\",\"api_refusal_category\":\"bio\",\"content\":\"\"}",
                result("success", true, "0.1", ",\"stop_reason\":\"refusal\",\"terminal_reason\":\"api_error\",\"api_error_status\":null"))
                + "exit 1", "blocked", (r, e) -> {
                    assertTrue(message(r).contains("safeguards stopped its answer (bio)"), message(r));
                    assertEquals(List.of("the safeguards of claude-x stopped it (bio)"), e.notices("model_refusal_no_fallback"));
                }),
            fault("a refusal of one sub-agent, after which the worker goes on", print(init(), "{\"type\":\"system\",\"subtype\":"
                + "\"model_refusal_no_fallback\",\"content\":\"\"}", success("0.1")), "", NOTHING),
            fault("a refusal of one sub-agent, and another failure of the round", print(init(), "{\"type\":\"system\",\"subtype\":"
                + "\"model_refusal_no_fallback\",\"content\":\"\"}", result("success", true, "0.1", ",\"api_error_status\":529"))
                + "exit 1", "api_529", NOTHING),
            fault("an API that was not reached", print(init(), result("success", true, "0",
                ",\"terminal_reason\":\"api_error\",\"api_error_status\":null,\"api_error\":\"connection_failed\"")) + "exit 1", "io",
                (r, e) -> assertTrue(r.error().orElseThrow().hold().isEmpty(), "it may pass")),
            fault("answers that were cut off again and again", print(init(), result("success", true, "0.1",
                ",\"terminal_reason\":\"api_error\",\"api_error\":\"max_output_tokens\"")) + "exit 1", "max_tokens", NOTHING),
            fault("a success in which the model neither wrote nor did anything", print(init(),
                success("0.1").replace("All done.", "")), "no_result",
                (r, e) -> assertTrue(message(r).contains("neither wrote nor did anything"), message(r))),
            fault("turns used up, told by the reason only", print(init(),
                result("success", false, "0.1", ",\"terminal_reason\":\"max_turns\"")), "max_turns", NOTHING),
            fault("a used-up credit, which is a 400", print(init(), result("success", true, "0",
                ",\"api_error_status\":400,\"api_error_type\":\"billing_error\"")) + "exit 1", "api_400",
                (r, e) -> assertTrue(hold(r).until().isEmpty() && hold(r).action().contains("add credit"), hold(r).toString())),
            fault("a subscription's limit", print(init(), LIMIT.replace("LIMIT", "rejected"), result("success", true, "0",
                ",\"api_error_status\":429")) + "exit 1", "api_429",
                (r, e) -> assertEquals(Instant.ofEpochSecond(1795660000), hold(r).until().orElseThrow())),
            fault("a limit that is only near", print(init(), LIMIT.replace("LIMIT", "allowed_warning"), success("0.1")), "",
                NOTHING),
            fault("words about rate limits are no rate limit", print(init(), says("You have hit your session limit, resets 5pm"),
                result("success", false, "0.1", "").replace("All done.", "I wrote the 429 handler: rate_limit, billing_error.")),
                "", NOTHING),
            fault("a login that is missing", print(init(), says("Not logged in").replace("\"parent_tool_use_id\"",
                "\"error\":\"authentication_failed\",\"parent_tool_use_id\""), result("success", true, "0",
                ",\"api_error_status\":null,\"terminal_reason\":\"api_error\"")) + "exit 1", "api_401",
                (r, e) -> assertTrue(hold(r).action().contains("/login"), hold(r).toString())),
            fault("a cost beyond all measure", print(init(), success("1e9999999")), "",
                (r, e) -> assertTrue(r.effort().cost().isEmpty(), "not known")),
            fault("a cost and tokens that no number holds", print(init(), says("x"), success("1e99999999999")
                .replace("\"input_tokens\":200", "\"input_tokens\":1e9999999999")
                .replace("\"num_turns\":2", "\"num_turns\":" + "9".repeat(90))), "",
                (r, e) -> assertEquals(100, r.effort().usage().input(), "what is no figure is left out")),
            fault("a number of a million digits", print(init()) + "printf '{\"type\":\"result\",\"total_cost_usd\":'\n"
                + "head -c 1000000 /dev/zero | tr '\\0' 9; echo '}'\n" + print(success("0.1")), "",
                (r, e) -> assertEquals(1, e.notices("too_long").size())),
            fault("escape sequences before and after the record", "printf '\\033[?25h\\033]0;claude\\007'\n" + print(init())
                + "printf '\\033[2K> \\033[0m'; printf '%s' '" + success("0.1") + "'; printf '\\033[?25l\\n'", "",
                (r, e) -> assertEquals(Optional.of(FakeClaude.SESSION), r.conversation())),
            fault("two records on one line", "printf '%s' '" + init() + "'; echo '" + success("0.1") + "'", "",
                (r, e) -> assertEquals(Optional.of("claude-x"), r.agent().model())),
            new Fault("a process that lives on after its result", print(init(), success("0.1")) + SLEEP,
                new WorkerLimits(Duration.ofSeconds(2), Duration.ofSeconds(120)), "",
                (r, e) -> assertEquals(1, e.notices("lived_on").size(), "it is said")),
            new Fault("one that says for ever that it is alive after its result", print(init(), success("0.1"))
                + "while :; do echo '{\"type\":\"keep_alive\"}'; sleep 0.2; done",
                new WorkerLimits(Duration.ofSeconds(90), Duration.ofSeconds(90)), "",
                (r, e) -> assertEquals(1, e.notices("lived_on").size(), "long before its limits")),
            new Fault("one that lives on for something in the background, deaf to SIGINT", "trap '' INT\n" + print(init(),
                "{\"type\":\"system\",\"subtype\":\"background_tasks_changed\",\"tasks\":[{\"task_id\":\"b\","
                + "\"task_type\":\"local_bash\",\"description\":\"dev server\"}]}", success("0.1"))
                + "while :; do echo '{\"type\":\"tool_progress\"}'; sleep 0.2; done",
                new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(2)), "",
                (r, e) -> assertTrue(e.notices("background").get(0).contains("dev server (local_bash)"))),
            fault("exit 1 after a result of success", print(init(), success("0.1")) + "exit 1", "exit_1", NOTHING),
            fault("denied tools", print(init(), result("success", false, "0.1", "").replace("\"permission_denials\":[]",
                "\"permission_denials\":[{\"tool_name\":\"Bash\",\"tool_use_id\":\"t\",\"tool_input\":"
                        + "{\"command\":\"TOKEN=canary /usr/bin/curl http://x\"}}]")), "permission_denied",
                WorkerFaultsTest::denialShowsProgramOnly),
            fault("no result line, exit 0", print(init(), says("working")), "no_result",
                (r, e) -> assertEquals("working", r.text())),
            fault("two results, the last good", print(init(), result("success", true, "0.1", ""), success("0.3")), "",
                WorkerFaultsTest::turnsAddUp),
            fault("two results, the second with nothing new to count", print(init(), success("0.1").replace("\"permission_denials\"",
                "\"model_usage_since_last_result\":{\"m\":{\"inputTokens\":2000,\"outputTokens\":20}},\"permission_denials\""),
                success("0.1").replace("\"num_turns\":2", "\"num_turns\":1").replace("\"permission_denials\"",
                "\"model_usage_since_last_result\":{},\"permission_denials\"")), "", (r, e) -> {
                    assertEquals(2000, r.effort().usage().input());
                    assertEquals(20, r.effort().usage().output());
                    assertEquals(3, r.effort().turns());
                }),
            fault("two results, the last bad", print(init(), success("0.1"), result("error_during_execution", true, "0.3",
                "")), "no_result", (r, e) -> assertEquals("0.3", cost(r))),
            fault("out of turns", print(init(), result("error_max_turns", true, "0.1", "")) + "exit 1", "max_turns", NOTHING),
            fault("out of money", print(init(), result("error_max_budget_usd", true, "0.1",
                ",\"errors\":[\"Reached maximum budget ($0.0001)\"]")) + "exit 1", "max_budget",
                (r, e) -> assertTrue(message(r).contains("Reached maximum budget"))),
            fault("API 401", print(init(), result("success", true, "0", ",\"api_error_status\":401")) + "exit 1", "api_401",
                (r, e) -> assertTrue(r.error().orElseThrow().ends())),
            fault("API 403", print(init(), result("success", true, "0", ",\"api_error_status\":403")) + "exit 1", "api_403",
                (r, e) -> assertTrue(r.error().orElseThrow().ends())),
            fault("API 529", print(init(), result("success", true, "0", ",\"api_error_status\":529")) + "exit 1", "api_529",
                (r, e) -> assertFalse(r.error().orElseThrow().ends())),
            fault("an API error with exit 0", print(init(), result("success", false, "0", ",\"api_error_status\":500")),
                "api_500", NOTHING),
            fault("garbage lines", print(init()) + "i=0; while [ $i -lt 3000 ]; do echo \"garbage $i {\"; i=$((i+1)); done\n"
                + print("null", "[1,2]", "\"text\"", "{\"no\":\"type\"}", "{\"type\":5}", "{\"type\":\"result\"", "{} {}",
                success("0.1")), "", WorkerFaultsTest::garbageIsCounted),
            fault("unknown types", print(init(), "{\"type\":\"brand_new\",\"x\":1}",
                "{\"type\":\"system\",\"subtype\":\"hook_started\",\"hook_name\":\"PreToolUse:Write\"}",
                "{\"type\":\"assistant\",\"message\":\"no object\"}", "{\"type\":\"user\",\"message\":{\"content\":\"x\"}}",
                success("0.1")), "", (r, e) -> assertEquals(List.of("{\"type\":\"brand_new\",\"x\":1}"),
                e.notices("brand_new"))),
            fault("a line of 10 MB in what is not kept", print(init(), uses("t1", "Read", "{\"file_path\":\"a\"}"))
                + "printf '{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"content\":\"'\n" + FILL
                + "printf '\",\"tool_use_id\":\"t1\"}]}}\\n'\n" + print(success("0.1")), "",
                (r, e) -> assertTrue(e.of(RunEvent.ToolEnded.class).get(0).success())),
            fault("a line of 10 MB in what would be kept", print(init())
                + "printf '{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"'\n" + FILL
                + "printf '\"}]}}\\n'\n" + print(says("still here"), success("0.1")), "",
                WorkerFaultsTest::longTextIsCut),
            fault("a line of 10 MB that is no JSON", print(init()) + FILL + "echo\n" + print(success("0.1")), "",
                (r, e) -> assertTrue(e.notices("garbage").get(0).length() < 3_000)),
            fault("200,000 nested arrays", print(init()) + "head -c 200000 /dev/zero | tr '\\0' '['; echo\n"
                + print(success("0.1")), "", NOTHING),
            fault("invalid UTF-8", print(init())
                + "printf '{\"type\":\"assistant\",\"message\":{\"content\":"
                + "[{\"type\":\"text\",\"text\":\"a\\377\\376b\"}]}}\\n'\n"
                + "printf '\\300\\200\\n'\n" + print(success("0.1")), "",
                (r, e) -> assertEquals("a\uFFFD\uFFFDb", e.of(RunEvent.WorkerSaid.class).get(0).text())),
            new Fault("silence for ever (defect 12: a hung worker hung the loop)", print(init()) + SLEEP, SHORT, "timeout",
                (r, e) -> assertTrue(message(r).contains("wrote nothing for 1 s"), message(r))),
            new Fault("a line that never ends", print(init()) + "while :; do printf a; sleep 0.05; done", SHORT, "timeout",
                (r, e) -> assertTrue(message(r).contains("idle"), message(r))),
            new Fault("chatter for ever", "while :; do echo '{\"type\":\"keep_alive\"}'; sleep 0.05; done",
                new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(1)), "timeout",
                (r, e) -> assertTrue(message(r).contains("stopped after 1 s"), message(r))),
            new Fault("silence for ever, deaf to SIGINT and SIGTERM", "trap '' INT TERM; while :; do sleep 1; done", SHORT,
                "timeout", (r, e) -> assertTrue(r.ending().exitCode().isEmpty())),
            fault("death by SIGKILL", print(init(), says("hm")) + "kill -9 $$", "exit_137",
                (r, e) -> assertTrue(message(r).contains("signal 9"), message(r))),
            fault("death by SIGTERM in a tool", print(init(), uses("t1", "Bash", "{\"command\":\"make\"}")) + "kill -TERM $$",
                "exit_143", WorkerFaultsTest::toolIsInterrupted),
            fault("a grandchild that keeps the pipe open", print(init(), success("0.1")) + SLEEP + " & exit 0", "", NOTHING),
            fault("a grandchild of its own session that keeps the pipe open", print(init(), success("0.1"))
                + "if command -v setsid >/dev/null; then setsid " + SLEEP + " & fi; exit 0", "", NOTHING),
            fault("standard input is never read", "exec <&-\n" + print(init(), success("0.1")), "", NOTHING),
            fault("a tool result without a tool, and a tool asked for twice", print(init(), answered("t9", false),
                uses("t1", "Write", "{}"), uses("t1", "Write", "{}"), answered("t1", true), answered("t1", false),
                success("0.1")), "", WorkerFaultsTest::toolsPair));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void endsInAReport(Fault fault) throws Exception {
        Recorder events = new Recorder();
        long start = System.nanoTime();
        WorkerReport report = new FakeClaude(folder).work(fault.script(), fault.limits(), Bounds.none(), events);

        assertEquals(fault.expected(), report.error().map(Problem::value).orElse(""),
                () -> report.error().map(Problem::message).orElse("clean"));
        fault.check().holds(report, events);
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 30, "returned in time");
        assertEquals(events.of(RunEvent.ToolStarted.class).size(), events.of(RunEvent.ToolEnded.class).size(),
                "every tool that started has ended");
        long pid = events.of(RunEvent.WorkerSpawned.class).get(0).pid();
        assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty(), "the process is gone");
        assertEquals(0, ProcessHandle.allProcesses().filter(ProcessHandle::isAlive)
                .filter(p -> p.info().commandLine().orElse("").contains(SLEEP)).count(), "what it started is gone");
    }

    private static final String LIMIT = "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"LIMIT\","
            + "\"resetsAt\":1795660000,\"rateLimitType\":\"five_hour\"}}";

    private static Hold hold(WorkerReport report) {
        return report.error().orElseThrow().hold().orElseThrow();
    }

    private static final Check NOTHING = (report, events) -> {};

    private static Fault fault(String name, String script, String expected, Check check) {
        return new Fault(name, script, FakeClaude.PATIENT, expected, check);
    }

    private static void denialShowsProgramOnly(WorkerReport report, Recorder events) {
        assertEquals(List.of(new WorkerReport.Denial("Bash", "curl")), report.denials());
        assertTrue(message(report).contains("Bash (curl)"), message(report));
        assertFalse(report.toString().contains("canary"));
    }

    private static void turnsAddUp(WorkerReport report, Recorder events) {
        assertEquals("0.3", cost(report), "the last total, not the sum of totals");
        assertEquals(600, report.effort().usage().input());
        assertEquals(160, report.effort().usage().output());
    }

    private static void garbageIsCounted(WorkerReport report, Recorder events) {
        List<String> notices = events.notices("garbage");
        assertEquals(WorkerNotices.PER_KIND + 1, notices.size());
        assertEquals((3000 + 7 - WorkerNotices.PER_KIND) + " more like these were not shown", notices.get(WorkerNotices.PER_KIND));
    }

    private static void longTextIsCut(WorkerReport report, Recorder events) {
        assertEquals(0, events.notices("too_long").size());
        String text = events.of(RunEvent.WorkerSaid.class).get(0).text();
        assertTrue(text.length() < 70_000 && text.endsWith("(at least 983040 more characters)"),
                text.substring(text.length() - 60));
        assertEquals("still here", events.of(RunEvent.WorkerSaid.class).get(1).text());
    }

    private static void toolIsInterrupted(WorkerReport report, Recorder events) {
        RunEvent.ToolEnded ended = events.of(RunEvent.ToolEnded.class).get(0);
        assertTrue(ended.interrupted() && !ended.success());
    }

    private static void toolsPair(WorkerReport report, Recorder events) {
        assertEquals(1, events.of(RunEvent.ToolStarted.class).size());
        assertFalse(events.of(RunEvent.ToolEnded.class).get(0).success());
    }

    private static String message(WorkerReport report) {
        return report.error().map(Problem::message).orElse("");
    }

    private static String cost(WorkerReport report) {
        return report.effort().cost().orElseThrow().amount().toPlainString();
    }
}
