package rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it answers follows from what it is sent. */
class GeminiStandInTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FAILURE = "FAIL: greet.sh de Ada: expected 'Hallo, Ada!' but got 'Hallo, !'";
    private static final RehearsalScript SCRIPT = RandomScript.of(5, 3);
    private static final List<String> ALL = List.of("send_to_claude", "verify_code", "mark_done", "save_session");
    private GeminiStandIn gemini;

    @BeforeEach
    void start() throws IOException {
        gemini = new GeminiStandIn(SCRIPT);
    }

    @AfterEach
    void stop() {
        gemini.close();
    }

    @Test
    void theModelIsThere() throws Exception {
        JsonNode model = get("/v1beta/models/rehearsal", GeminiStandIn.KEY, 200);
        assertEquals("models/rehearsal", model.path("name").asText());
        assertTrue(model.path("supportedGenerationMethods").toString().contains("generateContent"));
    }

    @Test
    void aRealKeyIsRefused() throws Exception {
        JsonNode error = get("/v1beta/models/rehearsal", "AIza-real", 400).path("error");
        assertEquals("API_KEY_INVALID", error.path("details").path(0).path("reason").asText());
    }

    @Test
    void aFailedCheckGoesToTheWorkerWordByWord() throws Exception {
        JsonNode answer = ask(ALL, opening("Automatic check: FAILED: check.sh\n" + FAILURE));
        JsonNode call = call(answer);
        assertEquals("send_to_claude", call.path("name").asText());
        assertTrue(call.path("args").path("instruction").asText().contains(FAILURE));
        assertTrue(answer.at("/candidates/0/content/parts/1/thoughtSignature").isTextual());
        assertEquals("rehearsal", answer.path("modelVersion").asText());
        assertTrue(answer.path("responseId").isTextual());
    }

    @Test
    void aPassedCheckIsTheEnd() throws Exception {
        assertEquals("mark_done", name(ask(ALL, result("send_to_claude", "carried out",
                "The worker said:\n" + FAILURE + "\nAutomatic check: PASSED: check.sh\nPASS: 2 greetings are right"))));
    }

    @Test
    void whatWasNotCheckedIsChecked() throws Exception {
        assertEquals("verify_code", name(ask(ALL, opening(
                "The worker said: PASS: all\nAutomatic check: SKIPPED: nothing"))));
        assertEquals("verify_code", name(ask(ALL, opening(
                "Automatic check: PASSED: make test\nthe user's own tests pass"))));
        assertEquals("mark_done", name(ask(ALL, result("verify_code", "PASS: 2 greetings are right", ""))));
        assertEquals("save_session", name(ask(ALL, result("verify_code", "refused", ""))));
        assertEquals("verify_code", name(ask(ALL, result("mark_done", "refused: PASS: 2 greetings no more", ""))));
    }

    @Test
    void withoutVerificationTheWorkersWordIsTaken() throws Exception {
        assertEquals("mark_done", name(ask(List.of("send_to_claude", "mark_done"), opening("Automatic check: none ran"))));
    }

    @Test
    void aRoundThatWasNotCleanIsDoneAgain() throws Exception {
        assertEquals("send_to_claude", name(ask(ALL, opening("The worker's run: NOT CLEAN (timeout: x)\n"
                + "Automatic check: none ran after this round"))));
    }

    @Test
    void usageIsTheScripts() throws Exception {
        for (int i = 0; i < 5; i++) {
            JsonNode usage = ask(ALL, opening("x")).path("usageMetadata");
            RehearsalScript.Decision expected = SCRIPT.decisions().get(Math.min(i, 2));
            assertEquals(expected, new RehearsalScript.Decision(usage.path("promptTokenCount").asLong(),
                    usage.path("cachedContentTokenCount").asLong(), usage.path("candidatesTokenCount").asLong(),
                    usage.path("thoughtsTokenCount").asLong()));
            assertEquals(expected.prompt() + expected.candidates() + expected.thoughts(),
                    usage.path("totalTokenCount").asLong());
        }
    }

    private static ObjectNode opening(String text) {
        ObjectNode content = JSON.createObjectNode().put("role", "user");
        content.putArray("parts").addObject().put("text", text);
        return content;
    }

    private static ObjectNode result(String function, String output, String round) {
        ObjectNode content = JSON.createObjectNode().put("role", "user");
        ObjectNode response = content.putArray("parts").addObject().putObject("functionResponse").put("name", function);
        response.putObject("response").put("output", output).put("round", round)
                .put("standing", "The last check: fail. " + FAILURE);
        return content;
    }

    private static JsonNode call(JsonNode answer) {
        return answer.at("/candidates/0/content/parts/1/functionCall");
    }

    private static String name(JsonNode answer) {
        return call(answer).path("name").asText();
    }

    private JsonNode ask(List<String> functions, ObjectNode newest) throws Exception {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("contents").add(opening("The task: FAIL: greet.sh fr Ada: nonsense")).add(newest);
        ArrayNode declarations = body.putArray("tools").addObject().putArray("functionDeclarations");
        functions.forEach(f -> declarations.addObject().put("name", f));
        HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create(gemini.url() + "/v1beta/models/rehearsal:generateContent")).header("x-goog-api-key", GeminiStandIn.KEY)
                .POST(BodyPublishers.ofString(body.toString())).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    private JsonNode get(String path, String key, int status) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create(gemini.url() + path)).header("x-goog-api-key", key).build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(status, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }
}
