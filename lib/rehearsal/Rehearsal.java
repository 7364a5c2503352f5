package rehearsal;

import contract.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything that a rehearsed run talks to, on loopback: a stand-in for the Gemini API, and for the worker either the real
 * Claude Code with a stand-in for the API behind it, or a stand-in for Claude Code itself. The run's own code is the same as
 * ever; only the addresses and the command of the worker differ.
 */
public final class Rehearsal implements AutoCloseable {
    /** What would lead a worker to the user's account, settings or network. */
    private static final Pattern USERS_OWN = Pattern.compile("(ANTHROPIC|CLAUDE|AWS|GOOGLE|VERTEX|XDG)_.*|CLAUDECODE"
            + "|(?i:https?_proxy|all_proxy|no_proxy)");

    private final RehearsalScript script;
    private final GeminiStandIn gemini;
    private final MessagesStandIn messages;
    private final Optional<Path> claude;
    private final String version;
    private final Path home;

    /**
     * Starts the stand-ins.
     *
     * @param directory the working directory, absolute
     * @param home a folder that may be filled: the worker's HOME, so that nothing of the user's is read or changed
     * @param claude the real Claude Code, if that is to be used
     * @param version what it says its version is, for {@link #label}
     * @throws IOException when no port can be had or {@code home} cannot be made
     */
    public static Rehearsal start(RehearsalScript script, Path directory, Path home, Optional<Path> claude,
            Optional<String> version) throws IOException {
        Files.createDirectories(home);
        GeminiStandIn gemini = new GeminiStandIn(script);
        try {
            // Tools are asked for real paths: Claude Code compares them with its own, which it resolves.
            SampleWorker worker = new SampleWorker(directory.toRealPath(), script.faults());
            MessagesStandIn messages = new MessagesStandIn(worker, script::round);
            return new Rehearsal(script, gemini, messages, home, claude, version.orElse(""));
        } catch (IOException | RuntimeException e) {
            gemini.close();
            throw e;
        }
    }

    private Rehearsal(RehearsalScript script, GeminiStandIn gemini, MessagesStandIn messages, Path home,
            Optional<Path> claude, String version) {
        this.script = script;
        this.gemini = gemini;
        this.messages = messages;
        this.home = home;
        this.claude = claude;
        this.version = version;
    }

    /** PA's environment, with the stand-in in Gemini's place: key, base URL and model. */
    public Map<String, String> environment(Map<String, String> users) {
        Map<String, String> environment = new TreeMap<>(users);
        environment.put(Variables.GEMINI_API_KEY, GeminiStandIn.KEY);
        environment.put(Variables.GEMINI_BASE_URL, gemini.url());
        environment.put(Variables.GEMINI_MODEL, GeminiStandIn.MODEL);
        return environment;
    }

    /** The command that stands where {@code claude} would. */
    public List<String> workerCommand() {
        return claude.map(path -> List.of(path.toString())).orElseGet(() -> WorkerStandIn.command(script));
    }

    /** What the worker's environment is made of: the user's, without what is theirs alone, and with the stand-ins. */
    public Map<String, String> workerEnvironment(Map<String, String> users) {
        Map<String, String> environment = new TreeMap<>(users);
        environment.keySet().removeIf(name -> USERS_OWN.matcher(name).matches());
        environment.put("HOME", home.toAbsolutePath().toString());
        environment.put("ANTHROPIC_BASE_URL", messages.url());
        environment.put("ANTHROPIC_API_KEY", "rehearsal");
        environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        environment.put("CLAUDE_CODE_MAX_RETRIES", "1");
        return environment;
    }

    /** What every display of a rehearsed run says. */
    public String label() {
        return "REHEARSAL: no model is called; " + (claude.isEmpty() ? "Gemini and the worker are stand-ins"
                : "Claude Code" + (version.isEmpty() ? "" : " " + version) + " is real, the models are stand-ins");
    }

    /** What the run will do, whatever its task says. */
    public static String plot() {
        return "whatever the task says, the worker writes " + SampleProgram.GREET + " with a fault, the check finds it,"
                + " and it is fixed";
    }

    @Override
    public void close() {
        gemini.close();
        messages.close();
    }
}
