package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Bounds;
import agent.ReasonerException;
import agent.decision.Decision;
import claudejudge.ClaudeDouble;
import gemini.GeminiDouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import openai.ChatDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import runner.Repository;

/**
 * All that can be wrong with a model's API, and what each judge makes of it: one table, which docs/judges.md shows and which is run
 * here cell by cell.
 */
class JudgeFaultsTest {
    private static final String NEVER = "–";

    @TempDir
    Path folder;
    private final Events events = new Events();

    /** @param expected the cell of docs/judges.md: error type, whether the run is held, how often the model is asked */
    private record Cell(String expected, Function<Path, JudgeDouble> made) {
        static Cell of(String expected, Function<Path, JudgeDouble> made) {
            return new Cell(expected, made);
        }

        /** It cannot happen to this judge, or is another line of the table for it. */
        static Cell never() {
            return new Cell(NEVER, folder -> {
                throw new IllegalStateException();
            });
        }
    }

    private record Row(String name, Cell gemini, Cell openai, Cell claude) {
        String line() {
            return "| " + name + " | " + gemini.expected() + " | " + openai.expected() + " | " + claude.expected() + " |";
        }
    }

    record Case(String name, String judge, Cell cell) {
        @Override
        public String toString() {
            return judge + ": " + name;
        }
    }

    private static Cell gemini(String expected, MockResponse answer) {
        return Cell.of(expected, folder -> GeminiDouble.answering(answer));
    }

    private static Cell openai(String expected, MockResponse answer) {
        return Cell.of(expected, folder -> ChatDouble.answering(answer));
    }

    /** @param error Claude Code's word on the message before the result; empty when there is none */
    private static Cell claude(String expected, String error, String fields) {
        return Cell.of(expected, folder -> ClaudeDouble.result(folder, error, "\"subtype\":\"success\",\"is_error\":true,"
                + "\"terminal_reason\":\"api_error\",\"result\":\"in words\"," + fields));
    }

    private static Cell claudeStatus(String expected, String error, int status, String type) {
        return claude(expected, error, "\"api_error_status\":" + status + ",\"api_error_type\":\"" + type + "\"");
    }

    private static MockResponse raw(int code, String body) {
        return ScriptedServer.raw(code, body);
    }

    private static Row row(String name, Cell gemini, Cell openai, Cell claude) {
        return new Row(name, gemini, openai, claude);
    }

    private static List<Row> rows() {
        String perDay = "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaId\":"
                + "\"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]}";
        List<Row> rows = new ArrayList<>();
        rows.add(row("the key is refused",
                gemini("`api_key_invalid`, held, once", GeminiDouble.error(400, "INVALID_ARGUMENT", "API key not valid",
                        "{\"reason\":\"API_KEY_INVALID\"}")),
                openai("`401`, held, once", ChatDouble.error(401, "invalid_request_error", "invalid_api_key", "no")),
                claudeStatus("`401`, held, once", "authentication_failed", 401, "authentication_error")));
        rows.add(row("nobody is logged in", Cell.never(), Cell.never(),
                claude("`401`, held, once", "authentication_failed", "\"api_error_status\":null")));
        rows.add(row("the credit is used up",
                gemini("`402`, held, once", GeminiDouble.error(402, "RESOURCE_EXHAUSTED", "depleted", "")),
                openai("`429`, held, once", ChatDouble.error(429, "insufficient_quota", "insufficient_quota", "quota")),
                claudeStatus("`400`, held, once", "billing_error", 400, "billing_error")));
        rows.add(row("the account's limit, until a known time",
                gemini("`quota_per_day`, held, once", GeminiDouble.error(429, "RESOURCE_EXHAUSTED", "quota", perDay)), Cell.never(),
                Cell.of("`429`, held, once", folder -> ClaudeDouble.script(folder, "echo '{\"type\":\"rate_limit_event\","
                        + "\"rate_limit_info\":{\"status\":\"rejected\",\"resetsAt\":1795660000}}'; echo '{\"type\":\"result\","
                        + "\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":429}'"))));
        rows.add(row("a plan that does not include the model",
                gemini("`429`, held, once", GeminiDouble.error(429, "RESOURCE_EXHAUSTED", "Quota exceeded, limit: 0", "")),
                Cell.never(), Cell.never()));
        rows.add(row("no right",
                gemini("`403`, held, once", GeminiDouble.error(403, "PERMISSION_DENIED", "no", "")),
                openai("`403`, held, once", ChatDouble.error(403, "x", "x", "no")),
                claudeStatus("`403`, held, once", "authentication_failed", 403, "permission_error")));
        rows.add(row("no such model",
                gemini("`404`, held, once", GeminiDouble.error(404, "NOT_FOUND", "no", "")),
                openai("`404`, held, once", ChatDouble.error(404, "x", "model_not_found", "no")),
                claudeStatus("`404`, held, once", "model_not_found", 404, "not_found_error")));
        rows.add(row("a request that is not accepted",
                gemini("`400`, once", GeminiDouble.error(400, "INVALID_ARGUMENT", "Unknown name", "")),
                openai("`400`, once", ChatDouble.error(400, "invalid_request_error", "x", "bad")),
                claudeStatus("`400`, once", "invalid_request", 400, "invalid_request_error")));
        rows.add(row("a rate limit that does not end",
                gemini("`429`, as long as the policy allows", GeminiDouble.error(429, "RESOURCE_EXHAUSTED", "slow down", "")),
                openai("`429`, as long as the policy allows", ChatDouble.error(429, "x", "rate_limit_exceeded", "slow down")),
                claudeStatus("`429`, as long as the policy allows", "rate_limit", 429, "rate_limit_error")));
        rows.add(row("a call that was given up under load (499)",
                gemini("`499`, as long as the policy allows", GeminiDouble.error(499, "CANCELLED", "cancelled", "")),
                openai("`499`, as long as the policy allows", raw(499, "cancelled")),
                claudeStatus("`499`, as long as the policy allows", "server_error", 499, "api_error")));
        rows.add(row("overload that does not end",
                gemini("`503`, as long as the policy allows", GeminiDouble.error(503, "UNAVAILABLE", "overloaded", "")),
                openai("`503`, as long as the policy allows", raw(503, "{\"object\":\"error\",\"message\":\"x\",\"code\":503}")),
                claudeStatus("`529`, as long as the policy allows", "server_error", 529, "overloaded_error")));
        rows.add(row("a gateway's error in plain text",
                gemini("`502`, as long as the policy allows", raw(502, "<html>Bad gateway</html>")),
                openai("`502`, as long as the policy allows", raw(502, "Bad gateway")),
                claudeStatus("`502`, as long as the policy allows", "server_error", 502, "")));
        rows.add(row("the question is refused",
                gemini("`blocked`, once", ScriptedServer.ok("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}")),
                openai("`blocked`, once", ChatDouble.answer("stop",
                        "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I can't help.\"}")),
                claude("`blocked`, once", "invalid_request", "\"stop_reason\":\"refusal\",\"api_error_status\":null")));
        rows.add(row("a filter takes the answer away",
                gemini("`blocked`, twice", ScriptedServer.ok("{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}")),
                openai("`blocked`, twice", ChatDouble.answer("content_filter", "{\"role\":\"assistant\",\"content\":\"\"}")),
                Cell.never()));
        rows.add(row("the answer is cut off where its tokens end",
                gemini("the model is told, twice", GeminiDouble.answer("MAX_TOKENS", "{\"text\":\"I think\"}")),
                openai("the model is told, twice", ChatDouble.answer("length", "{\"role\":\"assistant\",\"content\":\"I think\"}")),
                claude("`malformed`, twice", "max_output_tokens", "\"api_error_status\":null,\"api_error\":\"max_output_tokens\"")));
        rows.add(row("words instead of a decision",
                gemini("the model is told, once", GeminiDouble.answer("STOP", "{\"text\":\"I would run the tests\"}")),
                openai("`malformed`, twice", ChatDouble.answer("stop", "{\"role\":\"assistant\",\"content\":\"I would\"}")),
                Cell.of("`malformed`, twice", folder -> ClaudeDouble.script(folder, "echo '{\"type\":\"result\",\"subtype\":\"success\","
                        + "\"is_error\":false,\"result\":\"I would run the tests\"}'"))));
        rows.add(row("a decision that cannot be read",
                gemini("the model is told, once", GeminiDouble.answer("MALFORMED_FUNCTION_CALL", "{\"text\":\"\"}")),
                openai("`malformed`, twice", ChatDouble.call("run_tests", "{\"test_command\": ")),
                Cell.of("`malformed`, once", folder -> ClaudeDouble.script(folder, "echo '{\"type\":\"result\",\"subtype\":"
                        + "\"error_max_structured_output_retries\",\"is_error\":true}'; exit 1"))));
        rows.add(row("no JSON",
                gemini("`malformed`, as long as the policy allows", raw(200, "<html>Welcome to the hotel</html>")),
                openai("`malformed`, as long as the policy allows", raw(200, "<html>Welcome to the hotel</html>")),
                Cell.of("`no_result`, as long as the policy allows", folder -> ClaudeDouble.script(folder, "echo 'Welcome'"))));
        rows.add(row("JSON of another shape",
                gemini("`malformed`, as long as the policy allows", raw(200, "{\"candidates\":[{\"content\":{\"parts\":\"x\"}}]}")),
                openai("`malformed`, as long as the policy allows", raw(200, "{\"choices\":[]}")),
                Cell.of("`no_result`, as long as the policy allows", folder -> ClaudeDouble.script(folder,
                        "echo '{\"type\":\"result\"}'"))));
        rows.add(row("nothing at all",
                gemini("`malformed`, as long as the policy allows", raw(200, "")),
                openai("`malformed`, as long as the policy allows", raw(200, "")),
                Cell.of("`no_result`, as long as the policy allows", folder -> ClaudeDouble.script(folder, "exit 0"))));
        rows.add(row("an answer without an end",
                gemini("`too_large`, once", raw(200, "x".repeat(9 << 20))), openai("`too_large`, once", raw(200, "x".repeat(9 << 20))),
                Cell.of("`no_result`, as long as the policy allows", folder -> ClaudeDouble.script(folder,
                        "head -c 40000000 /dev/zero | tr '\\0' x"))));
        MockResponse redirect = new MockResponse.Builder().code(307).setHeader("Location", "https://evil.example/x").build();
        rows.add(row("a redirect, which is not followed", gemini("`redirect`, once", redirect), openai("`redirect`, once", redirect),
                Cell.never()));
        MockResponse broken = new MockResponse.Builder().body("{\"c").onResponseBody(new SocketEffect.CloseSocket()).build();
        rows.add(row("a connection that breaks",
                gemini("`io`, as long as the policy allows", broken), openai("`io`, as long as the policy allows", broken),
                claude("`io`, as long as the policy allows", "server_error",
                        "\"api_error_status\":null,\"api_error\":\"connection_failed\"")));
        rows.add(row("nobody listens at the address",
                Cell.of("`refused`, as long as the policy allows", folder -> GeminiDouble.at(closed())),
                Cell.of("`refused`, as long as the policy allows", folder -> ChatDouble.at(closed() + "/v1")), Cell.never()));
        rows.add(row("a name that is not known",
                Cell.of("`dns`, as long as the policy allows", folder -> GeminiDouble.at("https://judge.invalid")),
                Cell.of("`dns`, as long as the policy allows", folder -> ChatDouble.at("https://judge.invalid/v1")), Cell.never()));
        rows.add(row("a certificate that nobody trusts",
                Cell.of("`tls`, once", folder -> untrusted(GeminiDouble::at)),
                Cell.of("`tls`, once", folder -> untrusted(url -> ChatDouble.at(url + "/v1"))), Cell.never()));
        MockResponse hanging = new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build();
        rows.add(row("no answer within the limit of a call",
                Cell.of("`timeout`, twice", folder -> GeminiDouble.hanging(hanging)),
                Cell.of("`timeout`, twice", folder -> ChatDouble.hanging(hanging)),
                Cell.of("`timeout`, twice", ClaudeDouble::hanging)));
        return rows;
    }

    static Stream<Case> cases() {
        return rows().stream().flatMap(row -> Stream.of(new Case(row.name(), "gemini", row.gemini()),
                new Case(row.name(), "openai", row.openai()), new Case(row.name(), "claude", row.claude())))
                .filter(each -> !each.cell().expected().equals(NEVER));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachFaultIsTypedHeldAndAskedAgainAsTheTableSays(Case fault) throws Exception {
        try (JudgeDouble judge = fault.cell().made().apply(folder)) {
            String ended;
            try {
                Decision decision = judge.judge().decide(Situations.afterFirstRound(), Bounds.none(), events).decision();
                ended = decision instanceof Decision.NoOp ? "the model is told" : "decided: " + decision;
            } catch (ReasonerException e) {
                ended = "`" + e.problem().value() + "`" + (e.problem().hold().isPresent() ? ", held" : "");
                assertEquals(Optional.of(e.problem()), events.answer().error());
            }
            int attempts = events.answer().attempts();
            String asked = attempts == 1 ? "once" : attempts == 2 ? "twice" : "as long as the policy allows";
            assertEquals(fault.cell().expected(), ended + ", " + asked, () -> events.attempts() + " " + events.notices());
        }
    }

    @Test
    void theTableIsTheOneInTheDocs() throws IOException {
        String docs = Files.readString(Repository.root().resolve("docs/judges.md"));
        String table = rows().stream().map(Row::line).collect(Collectors.joining("\n"));
        assertEquals(table, docs.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| situation"))
                .collect(Collectors.joining("\n")));
    }

    private static String closed() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JudgeDouble untrusted(Function<String, JudgeDouble> made) {
        try {
            HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
            MockWebServer server = new MockWebServer();
            server.useHttps(new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslSocketFactory());
            server.start(InetAddress.getByName("127.0.0.1"), 0);
            return new JudgeDouble(made.apply("https://127.0.0.1:" + server.getPort()).judge(), server::close);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
