package gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.ModelCall;
import agent.Reasoning;
import agent.RunEvent;
import agent.TokenUsage;
import agent.Usd;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reasoning.DecisionReader;
import reasoning.DecisionWriter;
import reasoning.Events;
import reasoning.FakeTiming;
import reasoning.Situations;

/** What is read out of an answer: the decision, why, what goes back, and what it cost. */
class GeminiAnswerTest {
    private final Events events = new Events();

    private record Unusable(String name, String args, String why) {
        @Override
        public String toString() {
            return name + args;
        }
    }

    static Stream<Unusable> unusable() {
        return Stream.of(
                new Unusable("delete_all", "{}", "there is no function 'delete_all'; the offered functions are: send_to_claude"),
                new Unusable("no_op", "{}", "there is no function 'no_op'"),
                new Unusable("", "{}", "there is no function ''"),
                new Unusable("send_to_claude", "{}", "send_to_claude: the argument instruction is missing; given: none"),
                new Unusable("read_file", "{\"path\":\"a\"}", "read_file: the argument file_path is missing; given: path"),
                new Unusable("send_to_claude", "{\"instruction\":\"  \"}", "the argument instruction is empty"),
                new Unusable("send_to_claude", "{\"instruction\":null}", "the argument instruction is missing"),
                new Unusable("send_to_claude", "{\"instruction\":[\"a\"]}", "must be a string, not [\"a\"]"),
                new Unusable("send_to_claude", "\"do it\"", "the arguments must be an object, not \"do it\""),
                new Unusable("verify_code", "{\"file_paths\":5}", "must be an array of strings, not 5"),
                new Unusable("verify_code", "{\"file_paths\":[]}", "the argument file_paths is empty"),
                new Unusable("verify_code", "{\"file_paths\":[1]}", "must be an array of strings, not [1]"),
                new Unusable("verify_product", "{\"port\":\"http\"}", "port must be a whole number, not \"http\""),
                new Unusable("verify_product", "{\"port\":1e99999999}", "port must be a whole number"),
                new Unusable("verify_product", "{\"port\":80.5}", "port must be a whole number, not 80.5"),
                new Unusable("verify_product", "{\"port\":1e30}", "port must be a whole number, not 1E+30"),
                new Unusable("verify_product", "{\"port\":70000}", "port must be from 1 to 65535"),
                new Unusable("verify_product", "{\"product_type\":\"rocket\"}", "one of api_server, ui_app, script, auto"),
                new Unusable("update_task", "{\"task_id\":\"1\",\"status\":\"finished\"}", "status must be one of pending"),
                new Unusable("create_task", "{\"description\":\"x\",\"priority\":-1}", "priority must not be negative"));
    }

    @ParameterizedTest
    @MethodSource
    void unusable(Unusable call) throws Exception {
        Reasoning reasoning = decide(FakeGemini.call(call.name(), call.args()));
        String reason = assertInstanceOf(Decision.NoOp.class, reasoning.decision()).reason();
        assertTrue(reason.contains(call.why()), reason);
        assertTrue(events.answer().error().isEmpty(), "the call itself went well");
    }

    @Test
    void aFunctionThatIsNotOfferedIsNotCarriedOut() {
        Decision decision = DecisionReader.read("run_tests", null,
                Set.of(FunctionName.MARK_DONE, FunctionName.NO_OP));
        assertEquals(new Decision.NoOp("run_tests is not offered in this run; the offered functions are: mark_done"), decision);
    }

    @Test
    void everyFunctionIsReadWithAllItsArguments() throws Exception {
        assertEquals(new Decision.SendToWorker("Fix it", Optional.of("it is broken")),
                read("send_to_claude", "{\"instruction\":\"Fix it\",\"context\":\"it is broken\"}"));
        assertEquals(new Decision.VerifyCode(List.of("a.py", "b.py")),
                read("verify_code", "{\"file_paths\":[\"a.py\",\"b.py\"]}"));
        assertEquals(new Decision.RunTests(Optional.empty()), read("run_tests", "{}"));
        assertEquals(new Decision.CheckServer("http://127.0.0.1:5000"),
                read("check_server", "{\"url\":\"http://127.0.0.1:5000\"}"));
        assertEquals(new Decision.ReadFile("a"), read("read_file", "{\"file_path\":\"a\"}"));
        assertEquals(new Decision.ReviewChanges(List.of(), Optional.of("c")), read("review_changes", "{\"context\":\"c\"}"));
        assertEquals(new Decision.VerifyProduct(Optional.of("api_server"), Optional.of("npm start"), OptionalInt.of(8080),
                List.of("/a"), List.of("Hello")), read("verify_product", "{\"product_type\":\"api_server\","
                + "\"start_command\":\"npm start\",\"port\":8080.0,\"endpoints_to_test\":[\"/a\"],"
                + "\"ui_actions\":[\"Hello\"]}"));
        assertEquals(new Decision.CreateTask("d", Optional.of("pa"), OptionalInt.of(0)),
                read("create_task", "{\"description\":\"d\",\"assignee\":\"pa\",\"priority\":0}"));
        assertEquals(new Decision.UpdateTask("1", "blocked", Optional.of("n")),
                read("update_task", "{\"task_id\":\"1\",\"status\":\"blocked\",\"notes\":\"n\"}"));
        assertEquals(new Decision.CompleteTask("1", Optional.empty()),
                read("complete_task", "{\"task_id\":\"1\",\"notes\":\"\"}"));
        assertEquals(new Decision.MarkDone("s", List.of("v")),
                read("mark_done", "{\"summary\":\"s\",\"verified_items\":[\"v\"]}"));
        assertEquals(new Decision.SaveSession("r", Optional.of("e"), OptionalInt.of(503)),
                read("save_session", "{\"reason\":\"r\",\"error_type\":\"e\",\"status_code\":503}"));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void writingIsTheInverseOfReading(Decision decision) {
        JsonNode args = DecisionWriter.arguments(decision).orElseThrow();
        assertEquals(decision, DecisionReader.read(decision.function().value(), args,
                Situations.ALL));
    }

    static Stream<Decision> decisions() {
        return Stream.of(new Decision.SendToWorker("Fix it", Optional.of("why")), new Decision.VerifyCode(List.of("a")),
                new Decision.RunTests(Optional.of("make test")), new Decision.CheckServer("http://localhost"),
                new Decision.ReadFile("a"), new Decision.ReviewChanges(List.of("a"), Optional.empty()),
                new Decision.VerifyProduct(Optional.of("auto"), Optional.empty(), OptionalInt.of(1), List.of(), List.of()),
                new Decision.CreateTask("d", Optional.of("claude"), OptionalInt.of(3)),
                new Decision.UpdateTask("1", "pending", Optional.empty()), new Decision.CompleteTask("1", Optional.of("n")),
                new Decision.MarkDone("s", List.of("v")),
                new Decision.SaveSession("r", Optional.empty(), OptionalInt.of(1)));
    }

    @Test
    void ofTwoCallsTheFirstCounts() throws Exception {
        Reasoning reasoning = decide(FakeGemini.answer("STOP", FakeGemini.callPart("c-1", "read_file",
                "{\"file_path\":\"a\"}", "s1"),
                FakeGemini.callPart("c-2", "mark_done", "{\"summary\":\"all done\"}", null)));
        assertEquals(new Decision.ReadFile("a"), reasoning.decision());
        assertEquals(Optional.of("c-1"), reasoning.callId());
    }

    @Test
    void everyPartIsRead_notOnlyTheFirst() throws Exception {
        Reasoning reasoning = decide(FakeGemini.answer("STOP", "{\"text\":\"The test fails at line 3.\",\"thought\":true}",
                "{\"text\":\"So I read it.\"}", FakeGemini.callPart("c-9", "read_file", "{\"file_path\":\"a\"}", "s1")));
        assertEquals(new Decision.ReadFile("a"), reasoning.decision());
        assertEquals("The test fails at line 3.\nSo I read it.", reasoning.thought());
        assertEquals(Optional.of("c-9"), reasoning.callId());
    }

    @Test
    void textWithoutACallIsNoDecision() throws Exception {
        Reasoning reasoning = decide(FakeGemini.answer("STOP", "{\"text\":\"I think we are done!\"}"));
        String reason = assertInstanceOf(Decision.NoOp.class, reasoning.decision()).reason();
        assertTrue(reason.contains("no function call (finish reason STOP, text: 'I think we are done!')"), reason);
    }

    @ParameterizedTest
    @MethodSource
    void finishReasons(String finishReason) throws Exception {
        Reasoning reasoning = decide(FakeGemini.answer(finishReason));
        String reason = assertInstanceOf(Decision.NoOp.class, reasoning.decision()).reason();
        assertTrue(reason.contains(finishReason), reason);
        assertEquals(List.of(finishReason), events.answer().finishReasons());
    }

    static Stream<String> finishReasons() {
        return Stream.of("STOP", "RECITATION", "LANGUAGE", "OTHER", "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL",
                "TOO_MANY_TOOL_CALLS", "SOMETHING_NEW_IN_2027");
    }

    @Test
    void aCallThatTheApiCallsMalformedIsNotActedOn() throws Exception {
        Reasoning reasoning = decide(FakeGemini.answer("MALFORMED_FUNCTION_CALL",
                FakeGemini.callPart("c-1", "mark_done", "{\"summary\":\"x\"}", null)));
        assertInstanceOf(Decision.NoOp.class, reasoning.decision());
    }

    @Test
    void unknownFieldsDoNotMatter_andTheEchoKeepsThem() throws Exception {
        ObjectNode answer = FakeGemini.answer("STOP",
                "{\"functionCall\":{\"name\":\"run_tests\",\"args\":{\"test_command\":\"x\",\"ratio\":1.50}},"
                        + "\"thoughtSignature\":\"a+b/c==\",\"partMetadata\":{\"new\":[1e2,0.10]}}");
        answer.put("modelStatus", "fine");
        Reasoning reasoning = decide(answer);
        assertEquals(new Decision.RunTests(Optional.of("x")), reasoning.decision());
        assertEquals(Optional.empty(), reasoning.callId());
        assertEquals(answer.at("/candidates/0/content").toString(), reasoning.echo());
        assertTrue(reasoning.echo().contains("\"ratio\":1.50") && reasoning.echo().contains("0.10"), reasoning.echo());
    }

    @Test
    void tokensAndCostAreCountedByTheConventions() throws Exception {
        ObjectNode answer = FakeGemini.call("run_tests", "{}");
        ((ObjectNode) answer.get("usageMetadata")).put("toolUsePromptTokenCount", 7);
        decide(answer);
        ModelCall.Answer told = events.answer();
        assertEquals(new TokenUsage(1007, 200, 400, 0, 150), told.usage());
        // (607 × 0.75 + 400 × 0.075 + 200 × 3.75) / 1,000,000
        assertEquals(Optional.of(Usd.of("0.00123525")), told.cost());
        assertEquals(Optional.of(FakeGemini.MODEL), told.model());
        assertEquals(Optional.of("r-1"), told.responseId());
        assertEquals(List.of("STOP"), told.finishReasons());
        RunEvent.ModelCallStarted start = events.of(RunEvent.ModelCallStarted.class).get(0);
        assertEquals("gemini", start.call().api());
        assertEquals("127.0.0.1", start.call().server());
        assertEquals(OptionalInt.of(16_384), start.call().maxTokens());
        assertEquals(List.of(), events.notices());
    }

    @Test
    void aReroutedModelIsToldOnceAndPricedAsItself() throws Exception {
        ObjectNode answer = FakeGemini.call("run_tests", "{}").put("modelVersion", "gemini-3.5-flash-lite");
        try (FakeGemini gemini = new FakeGemini(FakeGemini.ok(answer)).lastForEver()) {
            GeminiReasoner reasoner = new GeminiReasoner(gemini.options(), new FakeTiming());
            reasoner.decide(Situations.afterFirstRound(), Bounds.none(), events);
            reasoner.decide(Situations.afterFirstRound(), Bounds.none(), events);
        }
        assertEquals(List.of("the request was for gemini-3.8-flash, but gemini-3.5-flash-lite answered: "
                + "behaviour and price are that model's"),
                events.notices());
        // (600 × 0.30 + 400 × 0.03 + 200 × 2.50) / 1,000,000
        assertEquals(Optional.of(Usd.of("0.000692")), events.of(RunEvent.ModelCallEnded.class).get(0).answer().cost());
    }

    @Test
    void anUnknownPriceIsToldOnceAndNeverZero() throws Exception {
        ObjectNode answer = FakeGemini.call("run_tests", "{}").put("modelVersion", "gemini-9-ultra");
        try (FakeGemini gemini = new FakeGemini(FakeGemini.ok(answer)).lastForEver()) {
            GeminiReasoner reasoner = new GeminiReasoner(gemini.options(), new FakeTiming());
            reasoner.decide(Situations.afterFirstRound(), Bounds.none(), events);
            reasoner.decide(Situations.afterFirstRound(), Bounds.none(), events);
        }
        assertEquals(2, events.notices().size(), events.notices().toString());
        assertTrue(events.notices().get(1).startsWith("no price is known for gemini-9-ultra"), events.notices().get(1));
        assertTrue(events.notices().get(1).contains("/nonexistent/agentproxy/prices.json"), events.notices().get(1));
        assertEquals(Optional.empty(), events.of(RunEvent.ModelCallEnded.class).get(0).answer().cost());
    }

    @Test
    void aDatedReleaseIsTheSameModel() throws Exception {
        decide(FakeGemini.call("run_tests", "{}").put("modelVersion", "models/gemini-3.8-flash-001"));
        assertEquals(List.of(), events.notices());
        assertTrue(events.answer().cost().isPresent());
    }

    @Test
    void aResultComesBackAndIsNotIgnored_defect7() throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.runTests(), FakeGemini.runTests())) {
            GeminiReasoner reasoner = new GeminiReasoner(gemini.options(), new FakeTiming());
            Reasoning first = reasoner.decide(Situations.afterFirstRound(), Bounds.none(), events);
            reasoner.decide(Situations.with(List.of(new agent.Situation.Step(first,
                    FunctionResult.refused("exit code 2: no rule to make target 'test'"), Optional.empty()))),
                    Bounds.none(), events);
            JsonNode response = gemini.body(1).at("/contents/2/parts/0/functionResponse");
            assertEquals("c-1", response.get("id").asText());
            assertEquals("run_tests", response.get("name").asText());
            assertEquals(false, response.at("/response/success").asBoolean());
            assertTrue(response.at("/response/output").asText().contains("no rule to make target"));
        }
    }

    @Test
    void whatCanMeanOneThingOnlyIsTaken() {
        assertEquals(new Decision.VerifyCode(List.of("main.py")), read("verify_code", "{\"file_paths\":\"main.py\"}"));
        assertEquals(new Decision.VerifyCode(List.of("a", "b")), read("verify_code", "{\"file_paths\":\"[\\\"a\\\", \\\"b\\\"]\"}"));
        assertEquals(OptionalInt.of(8080),
                ((Decision.VerifyProduct) read("verify_product", "{\"port\":\"8080\"}")).port());
        assertEquals(read("run_tests", "{}"), read("default_api.run_tests", "{}"));
        assertEquals(read("run_tests", "{}"), read("default_api:run_tests", "{}"));
    }

    @Test
    void numbersThatNobodyCanHoldAreNoTokensAndHangNothing() throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.ok(FakeGemini.call("run_tests", "{}").toString()
                .replace("\"promptTokenCount\":1000", "\"promptTokenCount\":1e9999999")
                .replace("\"thoughtsTokenCount\":150", "\"thoughtsTokenCount\":-1")))) {
            new GeminiReasoner(gemini.options(), new FakeTiming()).decide(Situations.afterFirstRound(), Bounds.none(), events);
        }
        assertEquals(0, events.answer().usage().input());
        assertEquals(50, events.answer().usage().output());
    }

    private Decision read(String name, String args) {
        return DecisionReader.read(name, FakeGemini.json(args), Situations.ALL);
    }

    private Reasoning decide(JsonNode answer) throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.ok(answer))) {
            return new GeminiReasoner(gemini.options(), new FakeTiming())
                    .decide(Situations.afterFirstRound(), Bounds.none(), events);
        }
    }
}
