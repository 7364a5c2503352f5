package telemetry;

import agent.RunEvent;
import agent.TelemetryPlan;
import contract.StateFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import journal.Entry;
import journal.Journal;
import journal.JournalReader;
import journal.SessionFolder;
import journal.StateHome;

/** Runs telemetry as the entry would, in this JVM, over a journal in a folder of the test. */
public final class Lab {
    private final Map<String, String> environment = new TreeMap<>();
    private final Path project;
    private WorkerTelemetry worker = WorkerTelemetry.NONE;
    private Optional<Boolean> option = Optional.of(true);
    private String session = ScriptedRun.SESSION;
    /** A busy machine is no reason to find something missing. */
    private Patience patience = new Patience(15_000, 15_000, 15_000);

    /** What a run left behind, and how long its end took. */
    public record Run(ScriptedRun script, Telemetry telemetry, Delivery delivery, Duration closing, Path folder,
            List<String> warnings) {
        /** The session's journal as it is on disk. */
        List<Entry> journal() {
            return JournalReader.read(folder.resolve("journal.jsonl")).entries();
        }
    }

    public Lab(Path state, Map<String, String> environment) {
        this.environment.putAll(environment);
        this.project = state.resolve("project");
        with("XDG_STATE_HOME", state.toString()).with("HOME", state.toString()).with("USER", "tester");
    }

    public Lab with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Lab worker(WorkerTelemetry telemetry) {
        worker = telemetry;
        return this;
    }

    /** {@code --no-telemetry}; the journal is written all the same. */
    public Lab off() {
        option = Optional.of(false);
        return this;
    }

    /** Neither option nor variable: off, and not refused. */
    public Lab unsaid() {
        option = Optional.empty();
        return with("AGENTPROXY_ENABLE_TELEMETRY", "");
    }

    public Lab session(String id) {
        session = id;
        return this;
    }

    /** Waits no longer than a user would have to. */
    public Lab impatient() {
        patience = Patience.DEFAULT;
        return this;
    }

    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public List<PastTelemetry.Waiting> waiting() {
        return PastTelemetry.waiting(environment);
    }

    /** Sends what waits. */
    public List<PastTelemetry.Result> send() {
        return PastTelemetry.send(environment, PastTelemetry.waitingJobs(environment),
                new PastTelemetry.Options(false, false), Duration.ofSeconds(30), result -> {});
    }

    /** A run from start to end; the script tells the events. */
    public Run run(Consumer<ScriptedRun> script) {
        try (Open open = open()) {
            script.accept(open.script());
            return open.end();
        }
    }

    /** A run that a test ends itself. */
    public Open open() {
        try {
            Files.createDirectories(project);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SessionFolder folder = SessionFolder.hold(StateHome.of(environment).project(project), session);
        List<Entry> earlier = JournalReader.read(folder.path().resolve("journal.jsonl")).entries();
        int number = 1 + (int) earlier.stream().filter(e -> e.event() instanceof RunEvent.RunStarted).count();
        int rounds = (int) earlier.stream().filter(e -> e.event() instanceof RunEvent.WorkerStarted).count();
        Plans.Decided decided = Plans.of(environment, option, session, number);
        TelemetryPlan plan = decided.plan();
        Journal journal = Journal.open(folder, Clock.systemUTC());
        Optional<Telemetry> telemetry = plan.on() ? Optional.of(Telemetry.start(environment, new RunPlace(session,
                folder.path(), StateFolders.state(environment), number, rounds, journal.sequence() + 1, plan), worker,
                patience)) : Optional.empty();
        telemetry.ifPresent(journal::tell);
        ScriptedRun script = new ScriptedRun(journal, telemetry.map(Telemetry::surroundings), session, plan);
        return new Open(folder, journal, telemetry, script, decided.warnings());
    }

    /** A run that goes on. */
    public record Open(SessionFolder folder, Journal journal, Optional<Telemetry> telemetry, ScriptedRun script,
            List<String> warnings) implements AutoCloseable {
        Run end() {
            long begun = System.nanoTime();
            Delivery delivery = telemetry.map(Telemetry::close).orElse(Delivery.off("nobody wanted it"));
            Duration closing = Duration.ofNanos(System.nanoTime() - begun);
            return new Run(script, telemetry.orElse(null), delivery, closing, folder.path(), warnings);
        }

        /** As after a kill: nothing is told any more, and nobody holds the session. */
        @Override
        public void close() {
            journal.close();
            folder.close();
        }
    }
}
