package workers;

import agent.Worker;
import java.util.Optional;

/** A kind of worker that {@code --worker} can name. One per package; the command line's registry lists them. */
public interface WorkerKind {
    /** A bounded name, in lower case: the word after {@code --worker}, and a label in telemetry. */
    String name();

    /** A few words for the help. */
    String description();

    /** Makes it. Nothing is started yet. */
    Made create(WorkerSetup setup);

    /**
     * A worker.
     *
     * @param telemetry how it sends spans, metrics and logs of its own; empty when it sends none
     */
    record Made(Worker worker, Optional<OwnTelemetry> telemetry) {}
}
