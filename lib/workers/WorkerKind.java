package workers;

import agent.Worker;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A kind of worker that {@code --worker} can name. One per package; the command line's registry lists them.
 *
 * @param name a bounded one, in lower case: the word after {@code --worker}, and a label in telemetry
 * @param secrets the variables that hold its secrets, which it gets also where a reasoner uses the same ones
 * @param making starts nothing yet
 */
public record WorkerKind(String name, Set<String> secrets, Function<WorkerSetup, Made> making) {
    /** Its name, as the help shows it. By hand: a record's own takes 10 ms at the first use of a process. */
    @Override
    public String toString() {
        return name;
    }

    /**
     * A worker.
     *
     * @param telemetry how its program sends its own spans, metrics and logs; empty when it sends none
     */
    public record Made(Worker worker, Optional<OwnTelemetry> telemetry) {}
}
