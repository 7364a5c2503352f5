package claudejudge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import reasoning.FakeTiming;
import reasoning.JudgeColumn;
import reasoning.JudgeDouble;
import reasoning.JudgeFault;
import reasoning.Prices;
import reasoning.RetryPolicy;

/**
 * What Claude Code as the judge makes of all faults. A script stands in its place, which prints what the real one was seen to print.
 */
public final class ClaudeColumn {
    /** A script is slow on a machine that is busy; no row but that of the missing answer is about time. */
    private static final Duration PATIENT = Duration.ofMinutes(10);
    private static final RetryPolicy FOUR =
            new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofMinutes(5));
    private static final String NO_RESULT = "`no_result`, as long as the policy allows";

    private ClaudeColumn() {}

    public static JudgeColumn column() {
        return JudgeColumn.of("claude")
                .cell(JudgeFault.KEY_REFUSED, "`401`, held, once", status("authentication_failed", 401, "authentication_error"))
                .cell(JudgeFault.NOBODY_LOGGED_IN, "`401`, held, once", failed("authentication_failed", "\"api_error_status\":null"))
                .cell(JudgeFault.NO_CREDIT, "`400`, held, once", status("billing_error", 400, "billing_error"))
                .cell(JudgeFault.LIMIT_UNTIL_A_TIME, "`429`, held, once", script("echo '{\"type\":\"rate_limit_event\","
                        + "\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":1795660000}}'; echo '{\"type\":\"result\","
                        + "\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":429}'"))
                .cell(JudgeFault.NO_RIGHT, "`403`, held, once", status("authentication_failed", 403, "permission_error"))
                .cell(JudgeFault.NO_SUCH_MODEL, "`404`, held, once", status("model_not_found", 404, "not_found_error"))
                .cell(JudgeFault.BAD_REQUEST, "`400`, once", status("invalid_request", 400, "invalid_request_error"))
                .cell(JudgeFault.RATE_LIMIT, "`429`, as long as the policy allows", status("rate_limit", 429, "rate_limit_error"))
                .cell(JudgeFault.GIVEN_UP_UNDER_LOAD, "`499`, as long as the policy allows", status("server_error", 499, "api_error"))
                .cell(JudgeFault.OVERLOAD, "`529`, as long as the policy allows", status("server_error", 529, "overloaded_error"))
                .cell(JudgeFault.GATEWAY, "`502`, as long as the policy allows", status("server_error", 502, ""))
                .cell(JudgeFault.QUESTION_REFUSED, "`blocked`, once",
                        failed("invalid_request", "\"stop_reason\":\"refusal\",\"api_error_status\":null"))
                .cell(JudgeFault.ANSWER_CUT, "`malformed`, twice",
                        failed("max_output_tokens", "\"api_error_status\":null,\"api_error\":\"max_output_tokens\""))
                .cell(JudgeFault.WORDS, "`malformed`, twice", script("echo '{\"type\":\"result\",\"subtype\":\"success\","
                        + "\"is_error\":false,\"result\":\"I would run the tests\"}'"))
                .cell(JudgeFault.UNREADABLE, "`malformed`, once", script("echo '{\"type\":\"result\",\"subtype\":"
                        + "\"error_max_structured_output_retries\",\"is_error\":true}'; exit 1"))
                .cell(JudgeFault.NO_JSON, NO_RESULT, script("echo 'Welcome'"))
                .cell(JudgeFault.OTHER_JSON, NO_RESULT, script("echo '{\"type\":\"result\"}'"))
                .cell(JudgeFault.NOTHING, NO_RESULT, script("exit 0"))
                .cell(JudgeFault.ENDLESS, NO_RESULT, script("head -c 40000000 /dev/zero | tr '\\0' x"))
                .cell(JudgeFault.BROKEN, "`io`, as long as the policy allows",
                        failed("server_error", "\"api_error_status\":null,\"api_error\":\"connection_failed\""))
                .cell(JudgeFault.NO_ANSWER, "`timeout`, twice", folder -> judge(folder, "sleep 600", Duration.ofMillis(500),
                        new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5))))
                .never(JudgeFault.NOT_IN_THE_PLAN, JudgeFault.ANSWER_FILTERED, JudgeFault.REDIRECT, JudgeFault.NOBODY_LISTENS,
                        JudgeFault.UNKNOWN_NAME, JudgeFault.UNTRUSTED);
    }

    private static Function<Path, JudgeDouble> status(String error, int status, String type) {
        return failed(error, "\"api_error_status\":" + status + ",\"api_error_type\":\"" + type + "\"");
    }

    /**
     * One that ends with a result line of an error.
     *
     * @param error Claude Code's word for it on the message before
     */
    private static Function<Path, JudgeDouble> failed(String error, String fields) {
        return script("cat <<'END_OF_LINES'\n{\"type\":\"assistant\",\"error\":\"" + error + "\"}\n"
                + "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"terminal_reason\":\"api_error\","
                + "\"result\":\"in words\"," + fields + "}\nEND_OF_LINES\nexit 1");
    }

    private static Function<Path, JudgeDouble> script(String body) {
        return folder -> judge(folder, body, PATIENT, FOUR);
    }

    private static JudgeDouble judge(Path folder, String body, Duration limit, RetryPolicy retry) {
        try {
            Path program = folder.resolve("claude");
            Files.writeString(program, "#!/bin/sh\n" + body + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                    "CLAUDE_BIN", program.toString()));
            return new JudgeDouble(new ClaudeJudge(new JudgeProcess(environment, Optional.empty(), limit), Optional.empty(),
                    Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent")), retry, new FakeTiming()), () -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
