package workers;

import agent.Worker;
import java.util.Optional;
import java.util.Set;

/** A kind of worker that {@code --worker} can name. One per package; the command line's registry lists them. */
public interface WorkerKind {
    /** A bounded name, in lower case: the word after {@code --worker}, and a label in telemetry. */
    String name();

    /** The variables with its secrets. The worker gets them even where a reasoner uses the same ones. */
    default Set<String> secrets() {
        return Set.of();
    }

    /** Makes the worker. Nothing is started yet. */
    Made create(WorkerSetup setup);

    /**
     * A worker.
     *
     * @param telemetry how its program sends its own spans, metrics and logs; empty when it sends none
     */
    record Made(Worker worker, Optional<OwnTelemetry> telemetry) {}
}
