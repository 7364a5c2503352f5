package rehearsal;

import contract.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Everything that a rehearsed run talks to, on loopback: stand-ins for the judges' APIs, and for the worker either the real
 * Claude Code with a stand-in for the API behind it, or a stand-in for Claude Code or Codex itself. The run's own code is the same
 * as ever; only the addresses and the commands differ.
 */
public final class Rehearsal implements AutoCloseable {
    /** What would lead a judge or a worker to the user's account, settings or network. */
    private static final Pattern USERS_OWN = Pattern.compile("(ANTHROPIC|CLAUDE|CODEX|OPENAI|AWS|GOOGLE|GEMINI|VERTEX|XDG)_.*"
            + "|CLAUDECODE|(?i:https?_proxy|all_proxy|no_proxy)");

    private final RehearsalScript script;
    private final Cast cast;
    private final GeminiStandIn gemini;
    private final ChatStandIn chat;
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
    @SuppressWarnings("resource") // closed by the rehearsal, or when it cannot be made
    public static Rehearsal start(RehearsalScript script, Path directory, Path home, Optional<Path> claude,
            Optional<String> version, Cast cast) throws IOException {
        Files.createDirectories(home);
        List<AutoCloseable> started = new ArrayList<>();
        try {
            GeminiStandIn gemini = new GeminiStandIn(script);
            started.add(gemini);
            ChatStandIn chat = new ChatStandIn(script);
            started.add(chat);
            // Tools are asked for real paths: Claude Code compares them with its own, which it resolves.
            MessagesStandIn messages = new MessagesStandIn(new SampleWorker(directory.toRealPath(), script.faults()),
                    script::round);
            started.add(messages);
            return new Rehearsal(script, cast, gemini, chat, messages, home, claude, version.orElse(""));
        } catch (IOException | RuntimeException e) {
            for (AutoCloseable standIn : started) {
                closeQuietly(standIn);
            }
            throw e;
        }
    }

    private Rehearsal(RehearsalScript script, Cast cast, GeminiStandIn gemini, ChatStandIn chat, MessagesStandIn messages,
            Path home, Optional<Path> claude, String version) {
        this.script = script;
        this.cast = cast;
        this.gemini = gemini;
        this.chat = chat;
        this.messages = messages;
        this.home = home;
        this.claude = claude;
        this.version = version;
    }

    /**
     * The judge's environment: the user's, without what is theirs alone, and with the stand-ins in the place of every API.
     *
     * @throws IOException when the program that stands in for Claude Code cannot be written
     */
    public Map<String, String> environment(Map<String, String> users) throws IOException {
        Map<String, String> environment = workerEnvironment(users);
        environment.put(Variables.GEMINI_API_KEY, GeminiStandIn.KEY);
        environment.put(Variables.GEMINI_BASE_URL, gemini.url());
        environment.put(Variables.GEMINI_MODEL, GeminiStandIn.MODEL);
        environment.put(Variables.OPENAI_API_KEY, GeminiStandIn.KEY);
        environment.put(Variables.OPENAI_BASE_URL, chat.url());
        environment.put(Variables.OPENAI_MODEL, GeminiStandIn.MODEL);
        if (cast.judge().equals(Cast.CLAUDE)) {
            environment.put(Variables.CLAUDE_BIN, (claude.isPresent() ? claude.get() : judgeProgram()).toString());
        }
        return environment;
    }

    /** The command that stands where the worker's own would. */
    public List<String> workerCommand() {
        return switch (cast.worker()) {
            case Cast.CLAUDE -> claude.map(path -> List.of(path.toString()))
                    .orElseGet(() -> StandInProgram.command(WorkerStandIn.class, script));
            case Cast.CODEX -> StandInProgram.command(CodexStandIn.class, script);
            default -> throw new IllegalArgumentException("nobody stands in for the worker " + cast.worker());
        };
    }

    /** What the worker's environment is made of: the user's, without what is theirs alone, and with the stand-ins. */
    public Map<String, String> workerEnvironment(Map<String, String> users) {
        Map<String, String> environment = new TreeMap<>(users);
        environment.keySet().removeIf(name -> USERS_OWN.matcher(name).matches());
        environment.put("HOME", home.toAbsolutePath().toString());
        environment.put("ANTHROPIC_BASE_URL", messages.url());
        environment.put("ANTHROPIC_API_KEY", "rehearsal");
        // Or its spans say that a real model was asked, and a backend that has prices makes money of it.
        environment.put("ANTHROPIC_MODEL", MessagesStandIn.MODEL);
        environment.put("ANTHROPIC_DEFAULT_HAIKU_MODEL", MessagesStandIn.MODEL);
        environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        environment.put("CLAUDE_CODE_MAX_RETRIES", "1");
        return environment;
    }

    /** What every display of a rehearsed run says. */
    public String label() {
        return "REHEARSAL: no model is called; "
                + cast.label(claude.isEmpty() ? "" : "Claude Code" + (version.isEmpty() ? "" : " " + version));
    }

    @Override
    public void close() {
        gemini.close();
        chat.close();
        messages.close();
    }

    /** A judge's program is one file, and the stand-in is a command of several words. */
    private Path judgeProgram() throws IOException {
        Path program = home.resolve("claude");
        String words = StandInProgram.command(WorkerStandIn.class, script).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
        Files.writeString(program, "#!/bin/sh\nexec " + words + " \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toAbsolutePath();
    }

    private static void closeQuietly(AutoCloseable standIn) {
        try {
            standIn.close();
        } catch (Exception e) {
            // What made the rehearsal fail is told; a port that stays taken until the end of this process is not.
            return;
        }
    }
}
