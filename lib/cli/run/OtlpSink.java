package cli.run;

import agent.RoundEnvironment;
import contract.FallenEngine;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import journal.Journal;
import telemetry.RunPlace;
import telemetry.Telemetry;
import telemetry.WorkerTelemetry;

/** Sends a run's signals over OTLP. The only class of the wiring that uses OpenTelemetry's classes. */
final class OtlpSink implements TelemetrySink {
    private final Telemetry telemetry;
    /** The reason why the endpoint does not answer, if an embedded engine has crashed. */
    private final Supplier<Optional<String>> fallen;

    private OtlpSink(Telemetry telemetry, Supplier<Optional<String>> fallen) {
        this.telemetry = telemetry;
        this.fallen = fallen;
    }

    /** @param journal to read while it is written */
    static OtlpSink start(Map<String, String> environment, RunPlace place, WorkerTelemetry worker, Journal journal) {
        Telemetry telemetry = Telemetry.start(environment, place, worker);
        journal.tell(telemetry);
        return new OtlpSink(telemetry, () -> place.plan().endpoint().flatMap(endpoint -> FallenEngine.at(endpoint, environment)));
    }

    @Override
    public RoundEnvironment surroundings() {
        return telemetry.surroundings();
    }

    @Override
    public Optional<String> traceId() {
        return telemetry.traceId();
    }

    @Override
    public Optional<String> close() {
        return telemetry.close().line().map(line -> line + fallen.get().map(why -> "; " + why).orElse(""));
    }
}
