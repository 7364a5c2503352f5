package gemini;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import reasoning.FakeTiming;
import reasoning.HttpJudge;
import reasoning.JudgeColumn;
import reasoning.JudgeDouble;
import reasoning.JudgeFault;
import reasoning.RetryPolicy;
import reasoning.ScriptedServer;
import reasoning.Sendings;

/** What Gemini as the judge makes of all faults. */
public final class GeminiColumn implements HttpJudge {
    private static final String EXHAUSTED = "RESOURCE_EXHAUSTED";
    private static final String PER_DAY = "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaId\":"
            + "\"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]}";

    private GeminiColumn() {}

    public static JudgeColumn column() {
        return JudgeColumn.of("gemini", new GeminiColumn())
                .cell(JudgeFault.KEY_REFUSED, "`api_key_invalid`, held, once",
                        error(400, "INVALID_ARGUMENT", "API key not valid", "{\"reason\":\"API_KEY_INVALID\"}"))
                .never(JudgeFault.NOBODY_LOGGED_IN)
                .cell(JudgeFault.NO_CREDIT, "`402`, held, once", error(402, EXHAUSTED, "depleted", ""))
                .cell(JudgeFault.LIMIT_UNTIL_A_TIME, "`quota_per_day`, held, once", error(429, EXHAUSTED, "quota", PER_DAY))
                .cell(JudgeFault.NOT_IN_THE_PLAN, "`429`, held, once", error(429, EXHAUSTED, "Quota exceeded, limit: 0", ""))
                .cell(JudgeFault.NO_RIGHT, "`403`, held, once", error(403, "PERMISSION_DENIED", "no", ""))
                .cell(JudgeFault.NO_SUCH_MODEL, "`404`, held, once", error(404, "NOT_FOUND", "no", ""))
                .cell(JudgeFault.BAD_REQUEST, "`400`, once", error(400, "INVALID_ARGUMENT", "Unknown name", ""))
                .cell(JudgeFault.RATE_LIMIT, "`429`, as long as the policy allows", error(429, EXHAUSTED, "slow down", ""))
                .cell(JudgeFault.GIVEN_UP_UNDER_LOAD, "`499`, as long as the policy allows", error(499, "CANCELLED", "cancelled", ""))
                .cell(JudgeFault.OVERLOAD, "`503`, as long as the policy allows", error(503, "UNAVAILABLE", "overloaded", ""))
                .cell(JudgeFault.QUESTION_REFUSED, "`blocked`, once",
                        always(ScriptedServer.ok("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}")))
                .cell(JudgeFault.ANSWER_FILTERED, "`blocked`, twice",
                        always(ScriptedServer.ok("{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}")))
                .cell(JudgeFault.ANSWER_CUT, "the model is told, twice", answer("MAX_TOKENS", "{\"text\":\"I think\"}"))
                .cell(JudgeFault.WORDS, "the model is told, once", answer("STOP", "{\"text\":\"I would run the tests\"}"))
                .cell(JudgeFault.UNREADABLE, "the model is told, once", answer("MALFORMED_FUNCTION_CALL", "{\"text\":\"\"}"))
                .cell(JudgeFault.OTHER_JSON, "`malformed`, as long as the policy allows",
                        always(ScriptedServer.raw(200, "{\"candidates\":[{\"content\":{\"parts\":\"x\"}}]}")));
    }

    @Override
    public JudgeDouble answering(MockResponse answer) {
        FakeGemini gemini = new FakeGemini(answer).lastForEver();
        return new JudgeDouble(new GeminiReasoner(gemini.options(), new FakeTiming()), gemini::close);
    }

    @Override
    public JudgeDouble hanging(MockResponse answer) {
        FakeGemini gemini = new FakeGemini(answer).lastForEver();
        Duration soon = Duration.ofMillis(300);
        return new JudgeDouble(new GeminiReasoner(gemini.options(Sendings.within(soon, soon,
                new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5)))), new FakeTiming()),
                gemini::close);
    }

    @Override
    public JudgeDouble at(String url) {
        return new JudgeDouble(new GeminiReasoner(FakeGemini.options(URI.create(url), Sendings.DEFAULT), new FakeTiming()), () -> {});
    }

    private static Function<Path, JudgeDouble> always(MockResponse answer) {
        return folder -> new GeminiColumn().answering(answer);
    }

    private static Function<Path, JudgeDouble> error(int code, String status, String message, String details) {
        return always(FakeGemini.error(code, status, message, details));
    }

    /** An answer with one part, which is JSON. */
    private static Function<Path, JudgeDouble> answer(String finishReason, String part) {
        return always(FakeGemini.ok(FakeGemini.answer(finishReason, part)));
    }
}
