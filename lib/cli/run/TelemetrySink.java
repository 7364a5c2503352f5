package cli.run;

import agent.RoundEnvironment;
import java.util.Map;
import java.util.Optional;
import journal.Journal;
import telemetry.RunPlace;
import telemetry.WorkerTelemetry;

/**
 * The receiver of a run's signals: none, or OTLP. This interface has no types of OpenTelemetry, so that a run without telemetry loads
 * none of its classes.
 */
public interface TelemetrySink {
    /** The variables for a round's process. */
    RoundEnvironment surroundings();

    /** The run's trace, after it has begun. */
    Optional<String> traceId();

    /** Sends the rest within the time limit; returns a line for the user when something was not delivered. */
    Optional<String> close();

    /** @param environment the user's own: its secrets must be known, while a rehearsal's key is no secret */
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
