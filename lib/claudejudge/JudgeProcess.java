package claudejudge;

import agent.Bounds;
import agent.RunListener;
import claude.ClaudeLogin;
import claude.ClaudeProgram;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import contract.ErrorType;
import contract.Variables;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import process.CannotStart;
import process.ProcessSpec;
import reasoning.Fault;
import reasoning.Fault.Remedy;
import reasoning.ModelJson;
import reasoning.Reply;
import reasoning.Timing;
import workers.LinePump;
import workers.LineReader;
import workers.Reading;
import workers.RecordReader;
import workers.Stop;
import workers.Texts;
import workers.Version;
import workers.WorkerEnvironment;
import workers.WorkerJson;
import workers.WorkerLimits;
import workers.WorkerProgram;
import workers.WorkerRun;

/** Claude Code for one question: no tools, no MCP servers, no session, an empty folder, and only the user's settings. */
final class JudgeProcess {
    /** The field of the result line for the reset of a limit; the time itself comes in another line. */
    static final String RESETS = "pa_resets_at";
    /** The field of the result line for Claude Code's name of an error; the name itself comes in the message before. */
    static final String ERROR = "pa_error";

    private static final String HINT = "install Claude Code (npm i -g @anthropic-ai/claude-code), name it with --claude-bin or "
            + "CLAUDE_BIN, or use another --reasoner";
    /**
     * The user's hooks are made for work: a hook that blocks prompts would block the question. The call is part of this run, which
     * has a span for it, so Claude Code's own telemetry is off. These settings win over the user's file.
     */
    private static final String SETTINGS = "{\"disableAllHooks\":true,\"env\":{\"CLAUDE_CODE_ENABLE_TELEMETRY\":\"0\"}}";
    /** The first version that is known (measured) to write {@code structured_output}. */
    private static final Version ANSWERS_BY_SCHEMA = new Version(2, 1, 330);
    private static final URI USUAL_SERVER = URI.create("https://api.anthropic.com");
    private static final List<String> OTHER_CLOUDS =
            List.of("CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX", "CLAUDE_CODE_USE_FOUNDRY");
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int MESSAGE_CHARS = 300;

    private final Map<String, String> environment;
    private final Optional<String> model;
    private final Duration limit;

    /** @param limit for one question; the run's own time limit may end it earlier */
    JudgeProcess(Map<String, String> environment, Optional<String> model, Duration limit) {
        this.environment = environment;
        this.model = model;
        this.limit = limit;
    }

    /** @throws contract.Failure of a failed self-check when the program is missing, does not run, is too old, or is not logged in */
    void check() {
        Map<String, String> child = WorkerEnvironment.of(environment);
        Optional<Version> version = WorkerProgram.version(command(), child, WorkerProgram.VERSION_LIMIT, HINT);
        version.filter(v -> v.compareTo(ANSWERS_BY_SCHEMA) < 0).ifPresent(v -> {
            throw contract.Failure.selfCheck("Claude Code " + v + " is too old to be the reasoner", "update it to "
                    + ANSWERS_BY_SCHEMA + " or newer: claude update");
        });
        // Not in the working directory, because a question is asked in a separate folder too.
        ClaudeLogin.require(Path.of(command().get(0)), Path.of(System.getProperty("java.io.tmpdir")), child, version);
    }

    /**
     * The server that Claude Code asks, by the documented meaning of these variables; empty if another cloud serves the model, or if
     * the address is invalid. The user's own settings may name another one; that is not visible here.
     */
    Optional<URI> server() {
        if (OTHER_CLOUDS.stream().anyMatch(name -> Variables.on(environment.getOrDefault(name, "")))) {
            return Optional.empty();
        }
        String configured = environment.getOrDefault("ANTHROPIC_BASE_URL", "").strip();
        try {
            return Optional.of(configured.isEmpty() ? USUAL_SERVER : new URI(configured)).filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** @throws InterruptedException when the run is interrupted or its time is over */
    Reply ask(Question question, Bounds bounds) throws InterruptedException {
        Timing.check(bounds);
        Path folder = null;
        try {
            folder = Files.createTempDirectory("pa-judge-");
            return ask(question, bounds, folder);
        } catch (CannotStart | IOException | contract.Failure e) {
            return Fault.of(ErrorType.NOT_FOUND, "Claude Code cannot be started: " + e.getMessage(), HINT, Remedy.NONE).forGood();
        } finally {
            delete(folder);
        }
    }

    private Reply ask(Question question, Bounds bounds, Path folder) throws CannotStart, InterruptedException {
        List<String> arguments = new ArrayList<>(command());
        arguments.addAll(List.of("-p", "--output-format", "stream-json", "--verbose", "--json-schema", question.schema(),
                "--tools", "", "--no-session-persistence", "--strict-mcp-config", "--setting-sources", "user", "--settings", SETTINGS,
                "--system-prompt", question.system()));
        model.ifPresent(name -> arguments.addAll(List.of("--model", name)));
        Map<String, String> child = WorkerEnvironment.of(environment);
        Lines lines = new Lines();
        WorkerRun.End end = new WorkerRun<JsonNode>(new ProcessSpec(arguments, folder, child,
                question.text().getBytes(StandardCharsets.UTF_8)), new WorkerLimits(limit, limit), bounds)
                .run(JudgeProcess::record, RunListener.NONE, lines);
        if (end.stop().filter(stop -> stop == Stop.INTERRUPTED || stop == Stop.DEADLINE).isPresent()) {
            Timing.check(bounds);
            throw new InterruptedException("interrupted");
        }
        if (end.stop().isPresent()) {
            return Fault.of(ErrorType.TIMEOUT, "Claude Code gave no answer within " + limit.toSeconds() + " s",
                    "wait and continue the run", Remedy.LATER);
        }
        if (lines.result.isEmpty()) {
            String said = Texts.oneLine(end.stderr().isBlank() ? lines.firstWords : end.stderr(), MESSAGE_CHARS);
            return Fault.of(ErrorType.NO_RESULT, "Claude Code as the reasoner ended without a result"
                    + (said.isEmpty() ? "" : ": " + said), "try Claude Code by hand: claude -p hello", Remedy.LATER);
        }
        return new Reply.Answer(ModelJson.bytes(lines.complete()), Map.of());
    }

    private List<String> command() {
        return List.of(WorkerProgram.require(ClaudeProgram.name(environment), environment, HINT).toString());
    }

    /** A line as a JSON tree; as a text node when it is not a record. */
    private static JsonNode record(LineReader line) throws IOException {
        try {
            JsonNode node = WorkerJson.MAPPER.readTree(new RecordReader(line));
            line.finish();
            return node != null && !node.isMissingNode() ? node : TextNode.valueOf(line.head());
        } catch (JacksonException | LineReader.TooLong e) {
            line.finish();
            return TextNode.valueOf(line.head());
        }
    }

    private static void delete(Path folder) {
        try {
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            // The folder is not empty. It stays in the system's temporary folder.
            return;
        }
    }

    /** Picks the lines that matter here. */
    private static final class Lines implements Reading<JsonNode> {
        private Optional<ObjectNode> result = Optional.empty();
        private Optional<JsonNode> resets = Optional.empty();
        private Optional<String> error = Optional.empty();
        private String firstWords = "";
        private long told;

        @Override
        public void take(LinePump.Arrival<JsonNode> arrival) {
            JsonNode line = arrival.line();
            if (line.isTextual() && firstWords.isEmpty()) {
                firstWords = line.textValue();
            } else if (line.path("type").asText("").equals("result")) {
                result = Optional.of((ObjectNode) line);
                told = arrival.nanos();
            } else if (line.path("type").asText("").equals("assistant") && line.path("error").isTextual()) {
                error = Optional.of(line.path("error").textValue());
            } else if (line.path("type").asText("").equals("rate_limit_event")
                    && line.at("/rate_limit_info/status").asText("").equals("rejected")) {
                resets = Optional.of(line.at("/rate_limit_info/resetsAt"));
            }
        }

        @Override
        public OptionalLong overAt(long lastLine) {
            return result.isPresent() ? Reading.settled(told, lastLine, GRACE) : OptionalLong.empty();
        }

        ObjectNode complete() {
            resets.ifPresent(time -> result.get().set(RESETS, time.isMissingNode() ? null : time));
            error.ifPresent(word -> result.get().put(ERROR, word));
            return result.get();
        }
    }
}
