package cli.run;

import agent.RoundEnvironment;
import java.util.Map;
import java.util.Optional;
import journal.Journal;
import telemetry.RunPlace;
import telemetry.WorkerTelemetry;

/**
 * Where a run's signals go: nowhere, or out over OTLP. An interface of the wiring's own, so that a run without telemetry
 * loads no class of OpenTelemetry's.
 */
public interface TelemetrySink {
    /** What a round's process finds in its environment. */
    RoundEnvironment surroundings();

    /** The run's trace, once it has begun. */
    Optional<String> traceId();

    /** Sends what is left, within its bound; a line for the person when something was not delivered. */
    Optional<String> close();

    /** @param environment the user's own: their secrets are to be known, a rehearsal's key is none */
    static TelemetrySink of(Map<String, String> environment, RunPlace place, WorkerTelemetry worker, Journal journal) {
        return place.plan().on() ? OtlpSink.start(environment, place, worker, journal) : new Nowhere();
    }

    /** Telemetry is off. */
    final class Nowhere implements TelemetrySink {
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
