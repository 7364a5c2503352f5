package cli;

import agent.RoundEnvironment;
import agent.RunListener;
import java.util.Map;
import java.util.Optional;
import telemetry.Telemetry;

/** A run's signals go out over OTLP. The only class of the wiring that touches OpenTelemetry's. */
final class OtlpSink implements TelemetrySink {
    private final Telemetry telemetry;

    private OtlpSink(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    static OtlpSink start(RunRequest request, Map<String, String> environment, RunWorker worker) {
        return new OtlpSink(Telemetry.start(environment, worker.telemetry()));
    }

    @Override
    public RunListener listener() {
        return telemetry.listener();
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
