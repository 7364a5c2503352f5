package claude;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import contract.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workers.Version;
import workers.WorkerJson;
import workers.WorkerProgram;

/**
 * Asks Claude Code itself ({@code claude auth status}) whether it is logged in, before a round costs money. A key in the
 * environment counts as a login, as it does for Claude Code; the first round shows whether the key is accepted.
 */
public final class ClaudeLogin {
    /** What the user can do without a login. */
    public static final String REMEDY = "log in (run claude, then /login), or set ANTHROPIC_API_KEY";

    /** The first version that is known (measured) to have this command. Older ones would take it for a prompt. */
    static final Version ANSWERS = new Version(2, 1, 197);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** With each of them, Claude Code reports that it is logged in (measured with 2.1.332). */
    private static final List<String> CREDENTIALS = List.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN",
            "CLAUDE_CODE_OAUTH_TOKEN", "CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY");

    private ClaudeLogin() {}

    /**
     * Does nothing when the login cannot be checked.
     *
     * @param program Claude Code's file
     * @param directory the working directory: settings there may name a key
     * @param environment the child's environment
     * @throws Failure of the self-check when Claude Code reports that it is not logged in
     */
    public static void require(Path program, Path directory, Map<String, String> environment, Optional<Version> version) {
        boolean given = CREDENTIALS.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        if (given || !asks(program, version)) {
            return;
        }
        Optional<JsonNode> status = WorkerProgram.ask(List.of(program.toString(), "auth", "status", "--json"), directory,
                environment, LIMIT).flatMap(said -> json(said.output()));
        if (status.map(node -> node.path("loggedIn")).filter(node -> node.isBoolean() && !node.booleanValue()).isPresent()) {
            throw Failure.selfCheck("Claude Code is not logged in", REMEDY);
        }
    }

    /**
     * Whether a program may be called with more than {@code --version}. A script in its place may not: if it ignores arguments that
     * it does not know, it would begin to work.
     */
    static boolean asks(Path program, Optional<Version> version) {
        return version.filter(v -> v.compareTo(ANSWERS) >= 0).isPresent() && !WorkerProgram.isScript(program);
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.ofNullable(WorkerJson.MAPPER.readTree(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
