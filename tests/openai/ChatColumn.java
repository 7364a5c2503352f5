package openai;

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

/** What a judge over chat/completions makes of all faults. */
public final class ChatColumn implements HttpJudge {
    private ChatColumn() {}

    public static JudgeColumn column() {
        return JudgeColumn.of("openai", new ChatColumn())
                .cell(JudgeFault.KEY_REFUSED, "`401`, held, once", error(401, "invalid_request_error", "invalid_api_key", "no"))
                .never(JudgeFault.NOBODY_LOGGED_IN, JudgeFault.LIMIT_UNTIL_A_TIME, JudgeFault.NOT_IN_THE_PLAN)
                .cell(JudgeFault.NO_CREDIT, "`429`, held, once", error(429, "insufficient_quota", "insufficient_quota", "quota"))
                .cell(JudgeFault.NO_RIGHT, "`403`, held, once", error(403, "x", "x", "no"))
                .cell(JudgeFault.NO_SUCH_MODEL, "`404`, held, once", error(404, "x", "model_not_found", "no"))
                .cell(JudgeFault.BAD_REQUEST, "`400`, once", error(400, "invalid_request_error", "x", "bad"))
                .cell(JudgeFault.RATE_LIMIT, "`429`, as long as the policy allows", error(429, "x", "rate_limit_exceeded", "slow down"))
                .cell(JudgeFault.GIVEN_UP_UNDER_LOAD, "`499`, as long as the policy allows",
                        always(ScriptedServer.raw(499, "cancelled")))
                .cell(JudgeFault.OVERLOAD, "`503`, as long as the policy allows",
                        always(ScriptedServer.raw(503, "{\"object\":\"error\",\"message\":\"x\",\"code\":503}")))
                .cell(JudgeFault.QUESTION_REFUSED, "`blocked`, once",
                        answer("stop", "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I can't help.\"}"))
                .cell(JudgeFault.ANSWER_FILTERED, "`blocked`, twice",
                        answer("content_filter", "{\"role\":\"assistant\",\"content\":\"\"}"))
                .cell(JudgeFault.ANSWER_CUT, "the model is told, twice",
                        answer("length", "{\"role\":\"assistant\",\"content\":\"I think\"}"))
                .cell(JudgeFault.WORDS, "`malformed`, twice", answer("stop", "{\"role\":\"assistant\",\"content\":\"I would\"}"))
                .cell(JudgeFault.UNREADABLE, "`malformed`, twice",
                        always(FakeChat.ok(FakeChat.call("run_tests", "{\"test_command\": "))))
                .cell(JudgeFault.OTHER_JSON, "`malformed`, as long as the policy allows",
                        always(ScriptedServer.raw(200, "{\"choices\":[]}")));
    }

    @Override
    public JudgeDouble answering(MockResponse answer) {
        FakeChat chat = new FakeChat(answer).lastForEver();
        return new JudgeDouble(new OpenAiReasoner(chat.options(), new FakeTiming()), chat::close);
    }

    @Override
    public JudgeDouble hanging(MockResponse answer) {
        FakeChat chat = new FakeChat(answer).lastForEver();
        Duration soon = Duration.ofMillis(300);
        return new JudgeDouble(new OpenAiReasoner(chat.options(Sendings.within(soon, soon,
                new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5)))), new FakeTiming()), chat::close);
    }

    @Override
    public JudgeDouble at(String url) {
        return new JudgeDouble(new OpenAiReasoner(FakeChat.options(URI.create(url + "/v1"), Sendings.DEFAULT), new FakeTiming()), () -> {});
    }

    private static Function<Path, JudgeDouble> always(MockResponse answer) {
        return folder -> new ChatColumn().answering(answer);
    }

    private static Function<Path, JudgeDouble> error(int code, String type, String errorCode, String message) {
        return always(FakeChat.error(code, type, errorCode, null, message));
    }

    /** @param message JSON */
    private static Function<Path, JudgeDouble> answer(String finishReason, String message) {
        return always(FakeChat.ok(FakeChat.answer(finishReason, message)));
    }
}
