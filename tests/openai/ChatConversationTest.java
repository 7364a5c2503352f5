package openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Reasoning;
import agent.Situation.Step;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import reasoning.Events;
import reasoning.FakeTiming;
import reasoning.Situations;

/** What is sent, and what is read from an answer. */
class ChatConversationTest {
    private final Events events = new Events();

    @Test
    void theModelIsToldItsPartTheTaskAndTheFunctions() throws Exception {
        try (FakeChat chat = new FakeChat(FakeChat.runTests())) {
            decide(chat, List.of());
            JsonNode body = chat.body(0);
            assertEquals("/v1/chat/completions", chat.seen().get(0).getTarget());
            assertEquals(FakeChat.MODEL, body.path("model").asText());
            assertEquals("required", body.path("tool_choice").asText());
            assertEquals("system", body.at("/messages/0/role").asText());
            assertTrue(body.at("/messages/1/content").asText().contains(Situations.TASK));
            assertTrue(body.at("/messages/1/content").asText().contains("This is decision 1"));
            assertEquals(12, body.path("tools").size());
            JsonNode send = body.at("/tools/0/function");
            assertEquals("send_to_claude", send.path("name").asText());
            assertEquals("string", send.at("/parameters/properties/instruction/type").asText());
            assertEquals("[\"instruction\"]", send.at("/parameters/required").toString());
        }
    }

    @Test
    void ownAnswersGoBackAsTheyCameAndOnlyTheFirstOfSeveralCallsIsCarriedOut() throws Exception {
        String calls = "{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"hm\",\"tool_calls\":["
                + "{\"id\":\"c1__thought__QUJD\",\"type\":\"function\",\"function\":{\"name\":\"run_tests\",\"arguments\":\"{}\"}},"
                + "{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"mark_done\",\"arguments\":\"{}\"}}]}";
        try (FakeChat chat = new FakeChat(FakeChat.ok(FakeChat.answer("stop", calls)), FakeChat.runTests())) {
            Reasoning first = decide(chat, List.of());
            assertEquals(new Decision.RunTests(Optional.empty()), first.decision());
            assertEquals("hm", first.thought());
            decide(chat, List.of(new Step(first, FunctionResult.refused("exit code 2"), Optional.empty())));
            JsonNode messages = chat.body(1).path("messages");
            assertEquals(FakeChat.json(calls), messages.get(2));
            assertEquals("c1__thought__QUJD", messages.get(3).path("tool_call_id").asText());
            assertTrue(messages.get(3).path("content").asText().contains("exit code 2"));
            assertTrue(messages.get(3).path("content").asText().contains("only the first of your 2 calls"));
            assertEquals("c2", messages.get(4).path("tool_call_id").asText());
            assertTrue(messages.get(4).path("content").asText().contains("not carried out"));
        }
    }

    /** A session that Gemini or the rules began goes on with this reasoner. */
    @Test
    void anotherReasonersStepsBecomeCalls() throws Exception {
        List<Step> steps = new ArrayList<>();
        steps.add(Situations.echoed(new Decision.RunTests(Optional.of("make test")), "{\"role\":\"model\",\"parts\":[{\"text\":\"x\"}]}",
                FunctionResult.ok("fine"), Optional.empty()));
        steps.add(Situations.foreign(new Decision.VerifyProduct(Optional.empty(), Optional.of("npm start"), OptionalInt.of(80),
                List.of("/a"), List.of()), FunctionResult.ok("up"), Optional.empty()));
        steps.add(Situations.foreign(new Decision.NoOp("unusable"), FunctionResult.refused("unusable"), Optional.empty()));
        try (FakeChat chat = new FakeChat(FakeChat.runTests())) {
            decide(chat, steps);
            JsonNode messages = chat.body(0).path("messages");
            assertEquals("run_tests", messages.at("/2/tool_calls/0/function/name").asText());
            assertEquals("{\"test_command\":\"make test\"}", messages.at("/2/tool_calls/0/function/arguments").asText());
            assertEquals("c-1", messages.at("/3/tool_call_id").asText());
            assertEquals("call_1", messages.at("/4/tool_calls/0/id").asText());
            assertEquals("assistant", messages.at("/6/role").asText());
            assertEquals("user", messages.at("/7/role").asText());
            assertTrue(messages.at("/7/content").asText().contains("This is decision 4"));
        }
    }

    @Test
    void tokensAndCostAreReadAndNothingIsInvented() throws Exception {
        try (FakeChat chat = new FakeChat(FakeChat.runTests(),
                FakeChat.runTests().newBuilder().setHeader("x-litellm-response-cost", "0.0125").build(),
                FakeChat.runTests().newBuilder().setHeader("x-litellm-response-cost", "1e999").build(),
                FakeChat.raw(200, FakeChat.call("run_tests", "").put("usage", 5).toString()))) {
            for (int i = 0; i < 4; i++) {
                decide(chat, List.of());
            }
        }
        List<agent.RunEvent.ModelCallEnded> ended = events.of(agent.RunEvent.ModelCallEnded.class);
        assertEquals(new agent.TokenUsage(1000, 50, 400, 0, 30), ended.get(0).answer().usage());
        assertTrue(ended.get(0).answer().cost().isEmpty(), "no price is known for it");
        assertEquals(agent.Usd.of("0.0125"), ended.get(1).answer().cost().orElseThrow());
        assertTrue(ended.get(2).answer().cost().isEmpty());
        assertEquals(agent.TokenUsage.NONE, ended.get(3).answer().usage());
        assertEquals("openai", ended.get(0).call().api());
        assertFalse(events.notices().isEmpty());
    }

    private Reasoning decide(FakeChat chat, List<Step> steps) throws Exception {
        return new OpenAiReasoner(chat.options(), new FakeTiming()).decide(Situations.with(steps), Bounds.none(), events);
    }
}
