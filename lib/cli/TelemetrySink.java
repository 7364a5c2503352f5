package cli;

import agent.RoundEnvironment;
import agent.RunListener;
import java.util.Map;
import java.util.Optional;
import telemetry.TelemetrySwitch;

/**
 * Where a run's signals go: nowhere, or out over OTLP. An interface of the wiring's own, so that a run without telemetry
 * loads no class of OpenTelemetry's.
 */
interface TelemetrySink {
    RunListener listener();

    /** What a round's process finds in its environment. */
    RoundEnvironment surroundings();

    /** The run's trace, once it has begun. */
    Optional<String> traceId();

    /** Sends what is left, within its bound; a line for the person when something was not delivered. */
    Optional<String> close();

    static TelemetrySink of(RunRequest request, Map<String, String> environment, RunWorker worker) {
        return TelemetrySwitch.on(environment, request.options().telemetry) ? OtlpSink.start(request, environment, worker) : new Nowhere();
    }

    /** Telemetry is off. */
    final class Nowhere implements TelemetrySink {
        @Override
        public RunListener listener() {
            return RunListener.NONE;
        }

        @Override
        public RoundEnvironment surroundings() {
            return RoundEnvironment.NONE;
        }

        @Override
        public Optional<String> traceId() {
            return Optional.empty();
        }

        @Override
        public Optional<String> close() {
            return Optional.empty();
        }
    }
}
