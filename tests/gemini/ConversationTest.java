package gemini;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Changes;
import agent.Interruption;
import agent.Problem;
import agent.Situation;
import agent.Situation.Round;
import agent.Situation.Step;
import agent.Task;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import com.fasterxml.jackson.databind.JsonNode;
import contract.ErrorType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reasoning.HistoryBudget;
import reasoning.ModelJson;
import reasoning.Prices;
import reasoning.Sendings;
import reasoning.Situations;
import reasoning.SystemPrompt;

/** What is sent: the whole conversation, built anew each time, bounded, and never with a call that has no answer. */
class ConversationTest {
    private static final GeminiOptions OPTIONS = new GeminiOptions("key", URI.create("http://localhost:1"), FakeGemini.MODEL,
            Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent")), Sendings.DEFAULT);

    private final List<String> missing = new ArrayList<>();

    @Test
    void theFirstMessageHoldsTheTaskAndTheRound_defect6() {
        JsonNode request = request(Situations.afterFirstRound());
        String told = FakeGemini.texts(request.at("/contents/0"));
        assertTrue(told.contains(Situations.TASK), told);
        assertFalse(told.contains("Not specified"), told);
        assertTrue(told.contains("notes.md\n\nUse Python 3."), told);
        assertTrue(told.contains("The worker was told:\n[the task, as above]\n\nThe work counts as done when"), told);
        assertTrue(told.contains("The worker's run: ended cleanly"), told);
        assertTrue(told.contains("Tools it was not allowed to use: Bash rm"), told);
        assertTrue(told.contains("2 changed (+12 −3 lines): hello.py, test_hello.py"), told);
        assertTrue(told.contains("said hello"), told);
        assertTrue(told.contains("FAILED: make test\nAssertionError: Hallo"), told);
        assertTrue(told.contains("This is decision 1; a run takes at most 25."), told);
        assertTrue(told.contains("mark_done is refused while"), told);
        assertEquals(SystemPrompt.TEXT, request.at("/systemInstruction/parts/0/text").asText());
        assertFalse(request.at("/systemInstruction").has("role"));
    }

    @Test
    void exactlyTheOfferedFunctionsAreDeclaredAndAllowed() {
        Situation some = new Situation(Situations.task(), Situations.afterFirstRound().limits(), 1, Optional.empty(),
                List.of(),
                List.of(), Set.of(FunctionName.MARK_DONE, FunctionName.SEND_TO_WORKER, FunctionName.NO_OP), false, "",
                Optional.empty(), "");
        JsonNode request = request(some);
        assertEquals("ANY", request.at("/toolConfig/functionCallingConfig/mode").asText());
        assertEquals("[\"send_to_claude\",\"mark_done\"]",
                request.at("/toolConfig/functionCallingConfig/allowedFunctionNames").toString());
        assertEquals(List.of("send_to_claude", "mark_done"),
                request.at("/tools/0/functionDeclarations").findValuesAsText("name"));
        assertTrue(FakeGemini.texts(request.at("/contents/0")).contains("The human wants no verification"));
        assertEquals(12, request(Situations.afterFirstRound()).at("/tools/0/functionDeclarations").size());
    }

    @Test
    void declarationsHaveTheOriginalsArguments() {
        Map<String, List<String>> expected = Map.ofEntries(Map.entry("send_to_claude", List.of("instruction", "context")),
                Map.entry("verify_code", List.of("file_paths")), Map.entry("run_tests", List.of("test_command")),
                Map.entry("check_server", List.of("url")), Map.entry("read_file", List.of("file_path")),
                Map.entry("mark_done", List.of("summary", "verified_items")),
                Map.entry("create_task", List.of("description", "assignee", "priority")),
                Map.entry("update_task", List.of("task_id", "status", "notes")),
                Map.entry("complete_task", List.of("task_id", "notes")),
                Map.entry("review_changes", List.of("file_paths", "context")), Map.entry("verify_product",
                        List.of("product_type", "start_command", "port", "endpoints_to_test", "ui_actions")),
                Map.entry("save_session", List.of("reason", "error_type", "status_code")));
        for (JsonNode declared : request(Situations.afterFirstRound()).at("/tools/0/functionDeclarations")) {
            List<String> arguments = new ArrayList<>();
            declared.at("/parameters/properties").fieldNames().forEachRemaining(arguments::add);
            assertEquals(expected.get(declared.get("name").asText()), arguments, declared.get("name").asText());
        }
    }

    @Test
    void whatTheModelSaidGoesBackUnchanged_thoughtSignaturesIncluded() {
        String echo = "{\"role\":\"model\",\"parts\":[{\"text\":\"hm\",\"thought\":true},{\"functionCall\":{\"id\":\"c-1\","
                + "\"name\":\"send_to_claude\",\"args\":{\"instruction\":\"Fix\",\"weight\":1.50}},"
                + "\"thoughtSignature\":\"EuYHCv/+aZ09==\",\"unknown\":{\"a\":[null,1]}}]}";
        JsonNode request = request(Situations.with(List.of(Situations.echoed(
                new Decision.SendToWorker("Fix", Optional.empty()), echo, FunctionResult.ok("carried out"),
                Optional.of(Situations.round("fixed it", "still red"))))));
        assertEquals(echo, request.at("/contents/1").toString());
        JsonNode response = request.at("/contents/2/parts/0/functionResponse");
        assertEquals("send_to_claude", response.get("name").asText());
        assertEquals("c-1", response.get("id").asText());
        String round = response.at("/response/round").asText();
        assertTrue(round.contains("fixed it") && round.contains("FAILED: make test\nstill red"), round);
        assertTrue(response.at("/response/standing").asText().contains("The last check: fail (make test)"));
        assertFalse(FakeGemini.texts(request.at("/contents/0")).contains("This is decision"), "only the newest says it");
    }

    @Test
    void everyCallGetsItsAnswer_alsoTheOneThatWasNotCarriedOut() {
        String echo = "{\"role\":\"model\",\"parts\":[" + FakeGemini.callPart("c-1", "read_file", "{\"file_path\":\"a\"}",
                "s")
                + "," + FakeGemini.callPart("c-2", "mark_done", "{\"summary\":\"x\"}", null) + "]}";
        JsonNode parts = request(Situations.with(List.of(Situations.echoed(new Decision.ReadFile("a"), echo,
                FunctionResult.ok("content of a"), Optional.empty())))).at("/contents/2/parts");
        assertEquals(2, parts.size());
        assertEquals("content of a", parts.at("/0/functionResponse/response/output").asText());
        assertTrue(parts.at("/0/functionResponse/response/note").asText().contains("only the first of your 2 calls"));
        assertEquals("c-2", parts.at("/1/functionResponse/id").asText());
        assertEquals("mark_done", parts.at("/1/functionResponse/name").asText());
        assertTrue(parts.at("/1/functionResponse/response/output").asText().startsWith("not carried out"));
    }

    @Test
    void aCallThatCouldNotBeUsedGetsTheReasonUnderItsOwnName() {
        String echo = "{\"role\":\"model\",\"parts\":[" + FakeGemini.callPart("c-1", "fly", "{}", "s") + "]}";
        JsonNode response = request(Situations.with(List.of(Situations.echoed(
                new Decision.NoOp("there is no function 'fly'"),
                echo, FunctionResult.refused("there is no function 'fly'"), Optional.empty()))))
                .at("/contents/2/parts/0/functionResponse");
        assertEquals("fly", response.get("name").asText());
        assertEquals("there is no function 'fly'", response.at("/response/output").asText());
    }

    @Test
    void answersWithoutACallStillAlternate() {
        Step text = Situations.echoed(new Decision.NoOp("no call"), "{\"role\":\"model\",\"parts\":[{\"text\":\"hi\"}]}",
                FunctionResult.refused("no call"), Optional.empty());
        Step empty = Situations.echoed(new Decision.NoOp("nothing"), "{\"role\":\"model\"}",
                FunctionResult.refused("nothing"),
                Optional.empty());
        Step nothing = Situations.foreign(new Decision.NoOp("less"), FunctionResult.refused("less"), Optional.empty());
        JsonNode request = request(Situations.with(List.of(text, empty, nothing)));
        assertEquals(List.of("user", "model", "user", "model", "user", "model", "user"), FakeGemini.roles(request));
        assertEquals("no call", request.at("/contents/2/parts/0/text").asText());
        assertEquals("(no usable answer)", request.at("/contents/3/parts/0/text").asText());
        assertTrue(request.at("/contents/6/parts/0/text").asText().startsWith("less\n\nThis is decision 4;"));
    }

    @Test
    void whatTheHumanToldTheWorkerOnResumeIsSaid() {
        Round further = new Round("Use the other API", Situations.report("ok", Optional.empty()), Changes.NONE,
                Optional.empty(), List.of());
        String round = request(Situations.with(List.of(Situations.foreign(
                new Decision.SaveSession("stuck", Optional.empty(), OptionalInt.empty()), FunctionResult.ok("saved"),
                Optional.of(further))))).at("/contents/2/parts/0/functionResponse/response/round").asText();
        assertTrue(round.startsWith("Then the human resumed the session and told the worker:\nUse the other API\n\n"
                + "The worker's run: ended cleanly"), round);
        String text = request(Situations.with(List.of(Situations.foreign(new Decision.NoOp("unusable"),
                FunctionResult.refused("unusable"), Optional.of(further))))).at("/contents/2/parts/0/text").asText();
        assertTrue(text.startsWith("unusable\n\nThen the human resumed"), text);
    }

    @Test
    void aMessageWithoutARoleGetsTheOneItNeeds() {
        String echo = "{\"parts\":[" + FakeGemini.callPart("c-1", "run_tests", "{}", "s") + "]}";
        JsonNode request = request(Situations.with(List.of(Situations.echoed(new Decision.RunTests(Optional.empty()), echo,
                FunctionResult.ok("x"), Optional.empty()))));
        assertEquals("model", request.at("/contents/1/role").asText());
        assertEquals("s", request.at("/contents/1/parts/0/thoughtSignature").asText());
    }

    @Test
    void stepsOfAnotherReasonerAreToldAsCallsWithoutASignatureOfTheirOwn() {
        List<Step> steps = List.of(Situations.foreign(new Decision.SendToWorker("Fix it", Optional.empty()),
                FunctionResult.ok("carried out"), Optional.of(Situations.round("ok", "red"))),
                Situations.echoed(new Decision.RunTests(Optional.empty()), "not JSON of ours", FunctionResult.ok("green"),
                        Optional.empty()));
        JsonNode request = request(Situations.with(steps));
        assertEquals("{\"role\":\"model\",\"parts\":[{\"thoughtSignature\":\"skip_thought_signature_validator\","
                + "\"functionCall\":{\"name\":\"send_to_claude\",\"args\":{\"instruction\":\"Fix it\"}}}]}",
                request.at("/contents/1").toString());
        assertEquals("send_to_claude", request.at("/contents/2/parts/0/functionResponse/name").asText());
        assertEquals("run_tests", request.at("/contents/3/parts/0/functionCall/name").asText());
        GeminiOptions older = new GeminiOptions("key", URI.create("http://localhost:1"), "gemini-2.5-flash",
                OPTIONS.prices(), Sendings.DEFAULT);
        assertFalse(ModelJson.MAPPER.valueToTree(new Conversation(older).request(Situations.with(steps), Bounds.none(), 0,
                missing::add))
                .at("/contents/1/parts/0").has("thoughtSignature"), "older models know no signatures");
    }

    @Test
    void picturesAreShownAndThoseThatCannotBeAreNamed(@TempDir Path folder) throws Exception {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
        Files.write(folder.resolve("a.png"), png);
        Files.write(folder.resolve("huge.png"), new byte[8 << 20]);
        Task task = new Task("s", "Draw it", folder, List.of(), List.of(
                new Task.Screenshot(Path.of("a.png"), "the goal", "image/png"),
                new Task.Screenshot(folder.resolve("gone.png"), "", "image/png"),
                new Task.Screenshot(Path.of("huge.png"), "", "image/png")));
        JsonNode parts = request(Situations.with(task, List.of(), "", List.of())).at("/contents/0/parts");
        assertEquals("Reference picture a.png: the goal", parts.at("/1/text").asText());
        assertEquals("image/png", parts.at("/2/inlineData/mimeType").asText());
        assertArrayEquals(png, Base64.getDecoder().decode(parts.at("/2/inlineData/data").asText()));
        assertTrue(parts.at("/3/text").asText().contains("cannot be shown: no such file"));
        assertTrue(parts.at("/4/text").asText().contains("too large to be sent (8192 KB)"));
        assertEquals(2, missing.size(), missing.toString());
    }

    @Test
    void adviceTaskListAndTimeGoIntoTheNewestMessageOnly() {
        Situation situation = Situations.with(Situations.task(), List.of(Situations.foreign(
                new Decision.RunTests(Optional.empty()), FunctionResult.ok("x"), Optional.empty())),
                "no file changed in the last 3 rounds", List.of(new TodoItem("t1", "write it", "claude", 0, "in_progress",
                "half")));
        Bounds bounds = new Bounds(new Interruption(), Instant.now().plus(Duration.ofMinutes(10)));
        String newest = request(situation, bounds).at("/contents/2/parts/0/functionResponse/response/standing").asText();
        assertTrue(newest.contains("THE RUN STALLS: no file changed in the last 3 rounds."), newest);
        assertTrue(newest.contains("- t1 [in_progress] write it (claude) – half"), newest);
        assertTrue(newest.contains("The run's time ends in 9 min."), newest);
    }

    @Test
    void whatWasSentBeforeIsTheBeginningOfWhatIsSentNext_soThatTheImplicitCacheWorks() {
        List<Step> steps = IntStream.range(0, 6).mapToObj(this::bigStep).collect(Collectors.toList());
        JsonNode shorter = request(Situations.with(steps.subList(0, 4))).get("contents");
        JsonNode longer = request(Situations.with(steps)).get("contents");
        for (int i = 0; i < shorter.size() - 1; i++) {
            assertEquals(shorter.get(i), longer.get(i), "message " + i);
        }
    }

    @Test
    void aLongHistoryIsShortenedOldestFirst_neverBreakingThePairs() {
        List<Step> steps = IntStream.range(0, 400).mapToObj(this::bigStep).collect(Collectors.toList());
        long largest = 0;
        for (int n = 1; n <= steps.size(); n += 19) {
            JsonNode request = request(Situations.with(steps.subList(0, n)));
            largest = Math.max(largest, request.get("contents").toString().length());
            paired(request);
        }
        assertTrue(largest < HistoryBudget.CHARS + 100_000, "bounded: " + largest);
        JsonNode last = request(Situations.with(steps));
        String all = last.get("contents").toString();
        assertTrue(all.contains("characters left out here"), "says that it shortened");
        assertTrue(FakeGemini.texts(last.at("/contents/0"))
                .contains("decisions of this session are left out here: send_to_claude ×"));
        assertTrue(all.contains("END OF OUTPUT 399") && all.contains("START OF OUTPUT 399"), "the newest is whole");
        assertTrue(all.contains(Situations.TASK));
    }

    @Test
    void aHugeTaskIsNeverShortened_andStandsThereOnce() {
        String text = "Do this: " + "x".repeat(1_000_000) + " and that.";
        Task task = new Task("s", text, Path.of("/tmp"), List.of(new Task.ContextFile("big.txt", "y".repeat(300_000)),
                new Task.ContextFile("more.txt", "z")), List.of());
        Round opening = new Round(text, Situations.report("done", Optional.of(Problem.passing(ErrorType.EXIT, 1, "it died"))),
                Changes.NONE, Optional.empty(), List.of());
        JsonNode request = request(new Situation(task, Situations.afterFirstRound().limits(), 1, Optional.of(opening),
                List.of(),
                List.of(), Situations.ALL, true, "", Optional.empty(), ""));
        String told = FakeGemini.texts(request.at("/contents/0"));
        assertTrue(told.contains(text));
        assertTrue(told.length() < 1_060_000, "context is bounded: " + told.length());
        assertTrue(told.contains("The worker's run: NOT CLEAN (exit_1: it died)"));
        assertTrue(told.contains("Its error output:\nstderr tail"));
        assertTrue(told.contains("Automatic check: none ran"));
    }

    @Test
    void thinkingIsAskedForOnlyOfModelsThatThink() {
        assertEquals("{\"includeThoughts\":true}", request(Situations.afterFirstRound())
                .at("/generationConfig/thinkingConfig").toString());
        GeminiOptions old = new GeminiOptions("k", URI.create("http://localhost:1"), "gemini-2.0-flash", OPTIONS.prices(),
                Sendings.DEFAULT);
        assertTrue(ModelJson.MAPPER.valueToTree(new Conversation(old).request(Situations.afterFirstRound(), Bounds.none(), 0,
                missing::add)).at("/generationConfig/thinkingConfig").isMissingNode());
    }

    /** As many responses as calls, right after them, with their ids and names; roles in turn. */
    private static void paired(JsonNode request) {
        JsonNode contents = request.get("contents");
        for (int i = 0; i < contents.size(); i++) {
            assertEquals(i % 2 == 0 ? "user" : "model", contents.get(i).get("role").asText());
            if (i % 2 == 1) {
                JsonNode call = contents.get(i).at("/parts/0/functionCall");
                JsonNode response = contents.get(i + 1).at("/parts/0/functionResponse");
                assertEquals(call.get("id"), response.get("id"));
                assertEquals(call.get("name"), response.get("name"));
                assertEquals(contents.get(i).get("parts").size(), contents.get(i + 1).get("parts").size());
            }
        }
        Set<String> ids = new HashSet<>(contents.findValuesAsText("thoughtSignature"));
        assertEquals(contents.size() / 2, ids.size(), "every signature is still there");
    }

    private Step bigStep(int i) {
        String echo = "{\"role\":\"model\",\"parts\":[" + FakeGemini.callPart("c-" + i, "send_to_claude",
                "{\"instruction\":\"step " + i + "\"}", "signature" + i) + "]}";
        return Situations.echoed(new Decision.SendToWorker("step " + i, Optional.empty()), echo,
                FunctionResult.ok("carried out"),
                Optional.of(Situations.round("said " + i, "START OF OUTPUT " + i + "\n" + "line\n".repeat(2_200)
                        + "END OF OUTPUT " + i)));
    }

    private JsonNode request(Situation situation) {
        return request(situation, Bounds.none());
    }

    private JsonNode request(Situation situation, Bounds bounds) {
        return ModelJson.MAPPER.valueToTree(new Conversation(OPTIONS).request(situation, bounds, 0, missing::add));
    }
}
