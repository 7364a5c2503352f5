package agent;

import java.nio.file.Path;
import java.util.Optional;

/** The event with which a trace of its own begins: a run's, or that of a verification without one. */
public interface Beginning {
    /** The id of the session, or of the verification. */
    String session();

    /** The working directory, absolute. */
    Path directory();

    /** What was decided about its telemetry; empty where nobody decided. */
    Optional<TelemetryPlan> telemetry();

    /** Where it goes on. */
    Origin origin();
}
