package codex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Hold;
import agent.Instruction;
import agent.Problem;
import agent.RunEvent;
import agent.TokenUsage;
import agent.WorkerReport;
import contract.Failure;
import contract.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import workers.WorkerLimits;
import workers.WorkerSetup;

/** The meaning of Codex's output, tried with a script that prints recorded lines. */
class CodexFaultTest {
    private static final WorkerLimits PATIENT = new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(120));
    private static final String THREAD = "01a215f4-452d-7cc1-9a0b-e4d058c96663";
    private static final String STARTED = "{\"type\":\"thread.started\",\"thread_id\":\"" + THREAD + "\"}";
    private static final String SAID = "{\"type\":\"item.completed\",\"item\":{\"id\":\"item_9\",\"type\":\"agent_message\","
            + "\"text\":\"Done it.\"}}";
    private static final String METADATA = "{\"type\":\"item.completed\",\"item\":{\"id\":\"item_0\",\"type\":\"error\","
            + "\"message\":\"Model metadata for `x` not found.\"}}";

    @TempDir
    Path folder;
    private final List<RunEvent> events = new ArrayList<>();

    private record Fault(String name, String script, WorkerLimits limits, String expected, boolean held) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                fault("a good round, with an error that is none", print(STARTED, METADATA, SAID, completed(200)), "", false),
                fault("a command that failed is no failed round", print(STARTED,
                        "{\"type\":\"item.completed\",\"item\":{\"id\":\"item_1\",\"type\":\"command_execution\",\"command\":"
                        + "\"/bin/bash -lc false\",\"exit_code\":1,\"status\":\"failed\"}}", SAID, completed(1)), "", false),
                fault("exit 0 without turn.completed", print(STARTED, SAID), "no_result", false),
                fault("a turn in which nothing was said or done", print(STARTED, completed(1)), "no_result", false),
                fault("401", print(STARTED, failed("unexpected status 401 Unauthorized: bad key")) + "exit 1", "api_401", true),
                fault("429", print(STARTED, failed("exceeded retry limit, last status: 429 Too Many Requests")) + "exit 1",
                        "api_429", false),
                fault("an account that is used up", print(STARTED, failed("You’ve hit your usage limit. Upgrade to Pro, visit "
                        + "https://x or try again at 10:46 AM.")) + "exit 1", "api_429", true),
                fault("no credit", print(STARTED, failed("Quota exceeded. Check your plan and billing details.")) + "exit 1",
                        "api_429", true),
                fault("400, of which Codex hands on the body", print(STARTED,
                        "{\"type\":\"turn.failed\",\"error\":{\"message\":\"{\\\"error\\\": {\\\"message\\\": \\\"bad\\\"}}\"}}")
                        + "exit 1", "api_400", false),
                fault("words about a used-up account are none", print(STARTED, SAID.replace("Done it.",
                        "You've hit your usage limit is what the page says"), completed(1)), "", false),
                fault("a failure without a status", print(STARTED, failed("Missing environment variable: `KEY`.")) + "exit 1",
                        "no_result", false),
                fault("work about statuses is no status", print(STARTED, SAID.replace("Done it.", "status 429 is handled"),
                        completed(1)), "", false),
                fault("a denied command shows on stderr only", print(STARTED, SAID, completed(1)) + "echo '2026 ERROR "
                        + "codex_core::tools::router: error=approval policy is Never; reject command' >&2", "permission_denied",
                        false),
                fault("a call that the model got wrong is no denial", print(STARTED, SAID, completed(1))
                        + "echo '2026 ERROR codex_core::tools::router: error=unsupported call: shell' >&2", "", false),
                fault("exit 1 with plain text", "echo 'Error: not a git folder' >&2; exit 1", "exit_1", false),
                fault("garbage and unknown types", print(STARTED, "nonsense {", "{\"type\":\"brand.new\"}", "[1]", SAID,
                        completed(1)), "", false),
                fault("numbers that nobody can hold", print(STARTED, SAID,
                        "{\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":1e9999999,\"output_tokens\":-5}}"), "", false),
                new Fault("a process that lives on after its turn", print(STARTED, SAID, completed(1)) + "sleep 600",
                        new WorkerLimits(Duration.ofSeconds(2), Duration.ofSeconds(120)), "", false),
                new Fault("chatter for ever after its turn", print(STARTED, SAID, completed(1))
                        + "while :; do echo '{\"type\":\"turn.started\"}'; sleep 0.2; done",
                        new WorkerLimits(Duration.ofSeconds(90), Duration.ofSeconds(90)), "", false),
                new Fault("silence for ever", print(STARTED) + "sleep 600",
                        new WorkerLimits(Duration.ofSeconds(1), Duration.ofSeconds(120)), "timeout", false));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void endsInAReport(Fault fault) throws Exception {
        WorkerReport report = work(worker(fault.script(), fault.limits()), Optional.empty());
        assertEquals(fault.expected(), report.error().map(Problem::value).orElse(""),
                () -> report.error().map(Problem::message).orElse("clean"));
        assertEquals(fault.held(), report.error().flatMap(Problem::hold).isPresent());
        assertTrue(report.effort().cost().isEmpty());
        assertEquals(events.stream().filter(RunEvent.ToolStarted.class::isInstance).count(),
                events.stream().filter(RunEvent.ToolEnded.class::isInstance).count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "try again at 10:46 AM.|2026-11-26T10:46:00Z",
        "try again at 5:10 PM.|2026-11-26T17:10:00Z",
        "try again at 1:00 AM.|2026-11-27T01:00:00Z",
        "try again at Nov 29th, 2026 6:13 AM.|2026-11-29T06:13:00Z",
        "try again at Jan 1st, 2027 12:05 PM.|2027-01-01T12:05:00Z",
        "try again later.|"})
    void whenAnAccountIsThereAgainIsRead(String words, String time) {
        ZonedDateTime now = ZonedDateTime.of(2026, 11, 26, 6, 13, 0, 0, ZoneOffset.UTC);
        Hold hold = UsageLimit.in("You've hit your usage limit. Visit https://x or " + words, now).orElseThrow();
        assertEquals(Optional.ofNullable(time).map(Instant::parse), hold.until());
        assertEquals(Optional.empty(), UsageLimit.in("The usage limit page: " + words, now));
    }

    @Test
    void theThreadsSumsAreBookedAsWhatARoundAdded_alsoAfterAResumeOfTheRun() throws Exception {
        Path program = folder.resolve("codex");
        CodexWorker worker = worker(print(STARTED, SAID, completed(200)), PATIENT);
        WorkerReport first = work(worker, Optional.empty());
        assertEquals(new TokenUsage(200, 40, 60, 0, 10), first.effort().usage());
        write(program, print(STARTED, SAID, completed(300)));
        assertEquals(100, work(worker, Optional.of(THREAD)).effort().usage().input());
        CodexWorker later = worker(print(STARTED, SAID, completed(350)), PATIENT);
        later.recall(new RunEvent.WorkerEnded(1, first, Duration.ZERO));
        assertEquals(150, work(later, Optional.of(THREAD)).effort().usage().input());
    }

    @Test
    void theInstructionGoesInOnStandardInputWhichIsClosedAndTheThreadIsResumedById() throws Exception {
        CodexWorker worker = worker("printf '%s\\n' \"$@\" > args; cat > question\n" + print(STARTED, SAID, completed(1)), PATIENT);
        work(worker, Optional.of(THREAD));
        List<String> arguments = Files.readAllLines(folder.resolve("work/args"));
        assertEquals(List.of("resume", THREAD, "-"), arguments.subList(arguments.size() - 3, arguments.size()));
        assertTrue(arguments.contains("analytics.enabled=false") && arguments.contains("workspace-write"));
        assertEquals("do it", Files.readString(folder.resolve("work/question")));
    }

    @Test
    void aThreadThatCodexSilentlyBeganAnewIsSaid() throws Exception {
        work(worker(print(STARTED, SAID, completed(1)), PATIENT), Optional.of("another"));
        assertTrue(events.stream().anyMatch(e -> e instanceof RunEvent.WorkerNotice n && n.text().contains("started another")));
    }

    @Test
    void ofACommandOnlyTheProgramIsShown() throws Exception {
        work(worker(print(STARTED, "{\"type\":\"item.started\",\"item\":{\"id\":\"item_1\",\"type\":\"command_execution\","
                + "\"command\":\"/bin/bash -lc 'TOKEN=canary make test'\",\"status\":\"in_progress\"}}",
                "{\"type\":\"item.completed\",\"item\":{\"id\":\"item_2\",\"type\":\"file_change\",\"changes\":[{\"path\":"
                + "\"src/a.txt\",\"kind\":\"add\"}],\"status\":\"completed\"}}", SAID, completed(1)), PATIENT), Optional.empty());
        List<RunEvent.ToolStarted> tools = events.stream().filter(RunEvent.ToolStarted.class::isInstance)
                .map(RunEvent.ToolStarted.class::cast).toList();
        assertEquals(List.of("command_execution make TOKEN=[redacted] make test RUN", "file_change src/a.txt  EDIT"), tools.stream()
                .map(t -> t.tool() + " " + t.detail() + " " + t.input() + " " + t.action().kind()).toList());
        assertFalse(events.toString().contains("canary"));
    }

    @Test
    void whatIsMissingIsFoundBeforeTheFirstRound() {
        CodexWorker missing = new CodexWorker(CodexOptions.of(new WorkerSetup(folder, Map.of("PATH", "/nonexistent"), PATIENT,
                Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty())));
        Failure failure = assertThrows(Failure.class, missing::selfCheck);
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
        assertTrue(failure.hint().contains("@openai/codex"));
        assertEquals(Optional.of("Codex does not report its cost"), missing.unpriced());
        assertThrows(Failure.class, () -> CodexOptions.of(new WorkerSetup(folder, Map.of(), PATIENT, Optional.empty(),
                Optional.of("yolo"), OptionalInt.empty(), Optional.empty(), Optional.empty())));
    }

    private static Fault fault(String name, String script, String expected, boolean held) {
        return new Fault(name, script, PATIENT, expected, held);
    }

    private static String completed(int input) {
        return "{\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":" + input + ",\"cached_input_tokens\":60,"
                + "\"cache_write_input_tokens\":0,\"output_tokens\":40,\"reasoning_output_tokens\":10}}";
    }

    private static String failed(String message) {
        return "{\"type\":\"error\",\"message\":\"" + message + "\"}\n"
                + "{\"type\":\"turn.failed\",\"error\":{\"message\":\"" + message + "\"}}";
    }

    private static String print(String... lines) {
        return "cat <<'END_OF_LINES'\n" + String.join("\n", lines) + "\nEND_OF_LINES\n";
    }

    private WorkerReport work(CodexWorker worker, Optional<String> conversation) {
        return worker.work(new Instruction("do it", conversation, Optional.empty()), worker.environment(), Bounds.none(),
                events::add);
    }

    private CodexWorker worker(String script, WorkerLimits limits) throws IOException {
        Path program = folder.resolve("codex");
        write(program, script);
        Path directory = Files.createDirectories(folder.resolve("work"));
        return new CodexWorker(CodexOptions.of(new WorkerSetup(directory, Map.of("PATH", System.getenv("PATH")), limits,
                Optional.of(List.of(program.toString())), Optional.of("acceptEdits"), OptionalInt.empty(), Optional.empty(),
                Optional.empty())));
    }

    private static void write(Path program, String script) throws IOException {
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
