package claudejudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.ReasonerException;
import agent.Reasoning;
import agent.decision.Decision;
import claude.InstalledClaude;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.Failure;
import contract.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reasoning.Events;
import reasoning.Prices;
import reasoning.RetryPolicy;
import reasoning.Situations;
import reasoning.Timing;
import rehearsal.Messages;
import rehearsal.MessagesStandIn;
import rehearsal.ModelTurn;

/** The real Claude Code as the reasoner, against a stand-in for the API. */
class RealClaudeJudgeTest {
    private static Path claude;

    @TempDir
    Path folder;
    private final Events events = new Events();

    @BeforeAll
    static void find() {
        claude = InstalledClaude.require();
    }

    @Test
    void aDecisionInTheShapeThatWasAskedFor() throws Exception {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("reason", "the check was not run")
                .put("function", "run_tests");
        answer.putObject("arguments").put("test_command", "make test");
        Reasoning reasoning = decide(ModelTurn.use("", "StructuredOutput", answer));
        assertEquals(new Decision.RunTests(Optional.of("make test")), reasoning.decision());
        assertEquals("the check was not run", reasoning.thought());
        assertTrue(events.answer().usage().output() > 0 && events.answer().cost().isPresent());
    }

    @Test
    void aMissingLoginFailsTheSelfCheck() {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                "CLAUDE_CONFIG_DIR", folder.resolve("config").toString(), "CLAUDE_BIN", claude.toString()));
        Failure failure = assertThrows(Failure.class,
                () -> new JudgeProcess(environment, Optional.empty(), Duration.ofMinutes(1)).check());
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
        assertEquals("Claude Code is not logged in", failure.getMessage());
    }

    @Test
    void theUsersHooksDoNotTakeTheQuestionAway() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/settings.json"), "{\"hooks\":{\"UserPromptSubmit\":[{\"hooks\":[{\"type\":"
                + "\"command\",\"command\":\"exit 2\"}]}]},\"env\":{\"CLAUDE_CODE_ENABLE_TELEMETRY\":\"1\"}}");
        aDecisionInTheShapeThatWasAskedFor();
    }

    @Test
    void wordsAreNoDecisionAlthoughClaudeCodeCallsThemASuccess() {
        ReasonerException e = assertThrows(ReasonerException.class, () -> decide(ModelTurn.say("I would run the tests.")));
        assertEquals("malformed", e.problem().value());
        assertEquals(2, events.answer().attempts());
    }

    @Test
    void aShapeThatIsNeverRightEndsTheCall() {
        ObjectNode wrong = JsonNodeFactory.instance.objectNode().put("function", "delete_all");
        ReasonerException e = assertThrows(ReasonerException.class, () -> decide(ModelTurn.use("", "StructuredOutput", wrong)));
        assertEquals("malformed", e.problem().value(), e.getMessage());
    }

    @Test
    void aWrongKeyHoldsTheRun() {
        ReasonerException e = assertThrows(ReasonerException.class,
                () -> decide(new ModelTurn.Refusal(401, "authentication_error", "invalid x-api-key")));
        assertTrue(e.problem().hold().isPresent(), e.getMessage());
    }

    private Reasoning decide(ModelTurn turn) throws Exception {
        try (MessagesStandIn messages = Messages.byRound(round -> turn)) {
            Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                    "CLAUDE_CONFIG_DIR", folder.resolve("config").toString(), "ANTHROPIC_API_KEY", "made-up",
                    "ANTHROPIC_BASE_URL", messages.url(), "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1", "CLAUDE_BIN",
                    claude.toString(), "CLAUDE_CODE_MAX_RETRIES", "0", "IS_SANDBOX", "1"));
            ClaudeJudge judge = new ClaudeJudge(new JudgeProcess(environment, Optional.empty(), Duration.ofMinutes(2)),
                    Optional.empty(), Prices.load(Map.of("XDG_CONFIG_HOME", "/nonexistent")), RetryPolicy.DEFAULT, Timing.SYSTEM);
            judge.selfCheck(Bounds.none(), events);
            return judge.decide(Situations.afterFirstRound(), Bounds.none(), events);
        }
    }
}
