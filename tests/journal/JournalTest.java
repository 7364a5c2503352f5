package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Events;
import agent.Instruction;
import agent.Limits;
import agent.ModelCall;
import agent.Origin;
import agent.Outcome;
import agent.Problem;
import agent.Reasoning;
import agent.RunEvent;
import agent.TelemetryPlan;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.decision.Verification;
import agent.loop.Fakes;
import contract.ErrorType;
import contract.Failure;
import contract.Status;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class JournalTest {
    @TempDir Path directory;

    /** One of each kind of event, each decision among them, with every optional part given once. */
    public static List<RunEvent> everyEvent() {
        ModelCall call = new ModelCall("gemini", "m", 0.2, 4096, "localhost", 80);
        List<RunEvent> events = new ArrayList<>(List.of(
                new RunEvent.RunStarted(Fakes.task(), Limits.defaults(), "gemini", "claude", true, true, Optional.of("and then"),
                        List.of("--max-cost=1"), Optional.of(new TelemetryPlan(true, false, Optional.of("http://localhost:4317"),
                                Optional.of("grpc"), Map.of("service.name", "x"), Map.of("TRACEPARENT", "00-a-b-01"), true,
                                "SPAN_ONLY", List.of("gen_ai"))), new Origin("host", "boot", 42)),
                new RunEvent.VerifyStarted("v", Path.of("/tmp"), Optional.of("gemini"), Optional.of(TelemetryPlan.off(false)),
                        new Origin("host", "boot", 42)),
                new RunEvent.VerifyEnded(new Outcome(Status.UNPROVEN, 10, "r", ""), new Totals(1, 0, TokenUsage.NONE, Usd.ZERO, false,
                        Duration.ofSeconds(3))),
                new RunEvent.Traced("0af7651916cd43dd8448eb211c80319c"),
                new RunEvent.SelfCheckStarted(),
                new RunEvent.SelfCheckEnded(Optional.of(Problem.fatal(ErrorType.OTHER, "y"))),
                new RunEvent.WorkerStarted(1, new Instruction("é\n\"", Optional.of("c"), Optional.of(Usd.of("1.5"))), true),
                new RunEvent.WorkerSpawned("claude", 42),
                new RunEvent.ConversationKnown("c-1"),
                new RunEvent.WorkerSaid("hello"),
                Events.toolStarted("t1", "Bash", "ls"),
                new RunEvent.ToolEnded("t1", "Bash", true, false, Duration.ofMillis(1234)),
                Events.toolStarted("t2", "Bash", "make", "make -s\ntest"),
                new RunEvent.ToolEnded("t2", "Bash", false, false, Duration.ofMillis(1), "exit 2: no"),
                new RunEvent.WorkerNotice("api_retry", "{}"),
                new RunEvent.WorkerUsed(new TokenUsage(5, 4, 3, 2, 1)),
                new RunEvent.WorkerEnded(1, Fakes.failed(Problem.passing(ErrorType.EXIT, 1, "no")), Duration.ofSeconds(2)),
                new RunEvent.TreeObserved("abc", new agent.Changes(List.of("a b"), 1, 2)),
                new RunEvent.ReasoningStarted(1),
                Events.modelCallStarted(call),
                new RunEvent.AttemptFailed(call, new ModelCall.Attempt(1, OptionalInt.of(503), ErrorType.HTTP, "busy", 100)),
                new RunEvent.ModelCallEnded(call, new ModelCall.Answer(Optional.of("m"), Optional.of("r"), List.of("STOP"),
                        new TokenUsage(1, 2, 3, 4, 5), Optional.of(Usd.of("0.000001")), 2, Optional.empty()), Duration.ofNanos(1)),
                new RunEvent.StallDetected(agent.StallPattern.NO_CHANGE, "m", false),
                new RunEvent.TodoChanged(List.of(new TodoItem("1", "d", "claude", 0, "pending", ""))),
                new RunEvent.Notice("n"),
                new RunEvent.CheckStarted(agent.CheckPlace.BASE, "the old files", "make test"),
                new RunEvent.CheckEnded(agent.CheckPlace.PROOF, "the files as they are", new Verification(
                        Verification.Type.TESTS, Verification.Verdict.PASS, "make test"),
                        Optional.of(new agent.TestCounts(2, 0, 1)), Duration.ofMillis(7)),
                new RunEvent.Judged(new agent.Evidence("abc", contract.EvidenceLevel.OWN_TESTS, "so", List.of("flaky"),
                        List.of(new agent.Suspicion("process-exit", true, "ends", "a.py", 3).lifted("user")), List.of("t.py"),
                        List.of("t.py::a"), 4, false, Optional.of("m")))));
        for (Decision decision : decisions()) {
            events.add(new RunEvent.ReasoningEnded(1, Optional.of(new Reasoning(decision, Optional.of("id"), "why",
                    OptionalDouble.of(0.5), "{\"echo\":1}")), Optional.empty(), Duration.ofMillis(3)));
            events.add(new RunEvent.FunctionStarted(1, decision, Optional.of("id"), false));
            events.add(new RunEvent.FunctionEnded(1, decision, FunctionResult.verified(new Verification(
                    Verification.Type.CODE, Verification.Verdict.SKIPPED, "s"), "out"), true, Duration.ofMillis(3)));
        }
        events.add(new RunEvent.RunEnded(Outcome.of(Status.COMPLETED, "done", ""),
                new Totals(1, 1, TokenUsage.NONE, Usd.of("0.1"), true, Duration.ofSeconds(3))));
        return events;
    }

    private static List<Decision> decisions() {
        return List.of(new Decision.SendToWorker("i", Optional.of("c")), new Decision.VerifyCode(List.of("a")),
                new Decision.RunTests(Optional.empty()), new Decision.CheckServer("u"), new Decision.ReadFile("f"),
                new Decision.ReviewChanges(List.of(), Optional.empty()),
                new Decision.VerifyProduct(Optional.of("api"), Optional.empty(), OptionalInt.of(80), List.of("/"), List.of()),
                new Decision.CreateTask("d", Optional.empty(), OptionalInt.empty()),
                new Decision.UpdateTask("1", "blocked", Optional.of("n")), new Decision.CompleteTask("1", Optional.empty()),
                new Decision.MarkDone("s", List.of("v")), new Decision.SaveSession("r", Optional.empty(), OptionalInt.of(503)),
                new Decision.NoOp("r"));
    }

    private StateHome state() {
        return new StateHome(directory.resolve("state"));
    }

    private Project project() {
        return state().project(directory);
    }

    private Path write(List<RunEvent> events) {
        try (SessionFolder folder = SessionFolder.hold(project(), "s1"); Journal journal = Journal.open(folder, Clock.systemUTC())) {
            events.forEach(journal::on);
            return folder.journal();
        }
    }

    @Test
    void everyEventReadsBackAsItWasWritten() {
        List<RunEvent> events = everyEvent();
        assertEquals(Set.of(RunEvent.class.getPermittedSubclasses()).size(),
                events.stream().map(Object::getClass).distinct().count(), "an event is missing from this test");
        JournalReader.Contents contents = JournalReader.read(write(events));
        assertEquals(List.of(), contents.unreadable());
        assertEquals(events, contents.entries().stream().map(Entry::event).collect(Collectors.toList()));
        assertEquals(events.size(), contents.lastSequence());
    }

    @Test
    void onlyItsOwnerCanReadIt() throws IOException {
        Path journal = write(everyEvent());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(journal)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(journal.getParent())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state().folder())));
    }

    @Test
    void aHalfWrittenLastLineIsCutOffAndTheSessionGoesOn() throws IOException {
        Path journal = write(everyEvent());
        long whole = JournalReader.read(journal).lastSequence();
        Files.writeString(journal, "{\"seq\":99,\"at\":\"2026-", StandardOpenOption.APPEND);
        assertEquals(whole, JournalReader.read(journal).lastSequence());
        write(List.of(new RunEvent.Notice("on we go")));
        JournalReader.Contents after = JournalReader.read(journal);
        assertEquals(whole + 1, after.lastSequence());
        assertEquals(List.of(), after.unreadable());
    }

    @Test
    void aDamagedLineAndAnEventFromTheFutureDoNotHideTheRest() throws IOException {
        Path journal = write(List.of(new RunEvent.Notice("a")));
        Files.writeString(journal, "garbage\n{\"seq\":3,\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"NewThing\",\"event\":{}}\n",
                StandardOpenOption.APPEND);
        JournalReader.Contents contents = JournalReader.read(journal);
        assertEquals(List.of(2), contents.unreadable());
        assertEquals(1, contents.entries().size());
    }

    @Test
    void aSessionHasOneWriter() {
        try (SessionFolder held = SessionFolder.hold(project(), "s1")) {
            Failure failure = assertThrows(Failure.class, () -> SessionFolder.hold(project(), "s1"));
            assertTrue(failure.getMessage().contains("in use by another pa"), failure.getMessage());
            assertTrue(Files.isDirectory(held.path()));
        }
        SessionFolder.hold(project(), "s1").close();
    }

    @Test
    void aFullDiskEndsTheRunWithAClearMessageOnce() throws IOException {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "no /dev/full here");
        try (SessionFolder folder = SessionFolder.hold(project(), "s1")) {
            Journal journal = Journal.over(folder, FileChannel.open(full, StandardOpenOption.WRITE), 0, Clock.systemUTC());
            Failure failure = assertThrows(Failure.class, () -> journal.on(new RunEvent.Notice("a")));
            assertTrue(failure.getMessage().contains("No space left"), failure.getMessage());
            journal.on(new RunEvent.Notice("the end of the run is still told to the other listeners"));
        }
    }

    @Test
    void listenersSeeExactlyWhatALaterReadingSees() {
        List<Entry> told = new ArrayList<>();
        List<Entry> asked = new ArrayList<>();
        Path file;
        try (SessionFolder folder = SessionFolder.hold(project(), "s1"); Journal journal = Journal.open(folder, Clock.systemUTC())) {
            journal.tell(entry -> {
                asked.add(entry);
                throw new IllegalStateException("a listener with a defect");
            });
            journal.tell(told::add);
            everyEvent().forEach(journal::on);
            assertEquals(told.size(), journal.sequence());
            file = folder.journal();
        }
        assertEquals(1, asked.size(), "one with a defect is not asked again");
        assertEquals(JournalReader.read(file).entries(), told);
    }
}
