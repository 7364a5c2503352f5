package openai;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import reasoning.FakeTiming;
import reasoning.JudgeDouble;
import reasoning.Prices;
import reasoning.RetryPolicy;
import reasoning.Sending;

/** A chat/completions server for the table of all judges' faults. */
public final class ChatDouble {
    private ChatDouble() {}

    /** One that answers so for ever. */
    public static JudgeDouble answering(MockResponse answer) {
        FakeChat chat = new FakeChat(answer).lastForEver();
        return new JudgeDouble(new OpenAiReasoner(chat.options(), new FakeTiming()), chat::close);
    }

    public static JudgeDouble hanging(MockResponse answer) {
        FakeChat chat = new FakeChat(answer).lastForEver();
        Duration soon = Duration.ofMillis(300);
        return new JudgeDouble(new OpenAiReasoner(chat.options().with(Sending.DEFAULT.withTimeouts(soon, soon, soon).withRetry(
                new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5)))), new FakeTiming()), chat::close);
    }

    public static JudgeDouble at(String url) {
        return new JudgeDouble(new OpenAiReasoner(OpenAiOptions.of(FakeChat.KEY, URI.create(url), FakeChat.MODEL,
                Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent"))), new FakeTiming()), () -> {});
    }

    public static MockResponse error(int code, String type, String errorCode, String message) {
        return FakeChat.error(code, type, errorCode, null, message);
    }

    /** @param message JSON */
    public static MockResponse answer(String finishReason, String message) {
        return FakeChat.ok(FakeChat.answer(finishReason, message));
    }

    public static MockResponse call(String name, String arguments) {
        return FakeChat.ok(FakeChat.call(name, arguments));
    }
}
