package cli;

import agent.RoundEnvironment;
import java.util.Map;
import java.util.Optional;
import journal.Journal;
import telemetry.RunPlace;
import telemetry.Telemetry;
import telemetry.WorkerTelemetry;

/** A run's signals go out over OTLP. The only class of the wiring that touches OpenTelemetry's. */
final class OtlpSink implements TelemetrySink {
    private final Telemetry telemetry;

    private OtlpSink(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** @param journal is read while it is written */
    static OtlpSink start(Map<String, String> environment, RunPlace place, WorkerTelemetry worker, Journal journal) {
        Telemetry telemetry = Telemetry.start(environment, place, worker);
        journal.tell(telemetry);
        return new OtlpSink(telemetry);
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
        return telemetry.close().line();
    }
}
