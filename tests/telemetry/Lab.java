package telemetry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs telemetry as the entry would, in this JVM, with its spool in a folder of the test. */
public final class Lab {
    private final Map<String, String> environment = new TreeMap<>();
    private WorkerTelemetry worker = WorkerTelemetry.NONE;
    /** A busy machine is no reason to find something missing. */
    private Patience patience = new Patience(15_000, 15_000, 15_000);

    /** What a run left behind, and how long its end took. */
    public record Run(ScriptedRun script, Telemetry telemetry, Delivery delivery, Duration closing) {}

    public Lab(Path state, Map<String, String> environment) {
        this.environment.putAll(environment);
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

    /** Waits no longer than a user would have to. */
    public Lab impatient() {
        patience = Patience.DEFAULT;
        return this;
    }

    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public TelemetrySpool.Status spool() {
        return TelemetrySpool.status(environment);
    }

    /** A run from start to end; the script tells the events. */
    public Run run(Consumer<ScriptedRun> script) {
        Telemetry telemetry = Telemetry.start(environment, worker, patience);
        ScriptedRun run = new ScriptedRun(telemetry);
        script.accept(run);
        long begun = System.nanoTime();
        Delivery delivery = telemetry.close();
        return new Run(run, telemetry, delivery, Duration.ofNanos(System.nanoTime() - begun));
    }
}
