package services;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs the stack: with containers, or in one JVM. Every method finds the present state by itself; none needs an earlier
 * call.
 */
public interface Engine {
    /** {@code docker} or {@code embedded}. */
    String name();

    /** What it runs on, in a line for a person: {@code Docker Engine 20.10.24, API 1.41, unix:///var/run/docker.sock}. */
    default String description() {
        return name();
    }

    /**
     * Brings everything to the desired state and returns when all of it is ready. On a stack that is as it should be it
     * changes nothing.
     *
     * @throws contract.Failure with what was wrong and its exit code; nothing half-made is left unless {@code retain}
     */
    List<ServiceStatus> up(StackOptions options, Progress progress) throws InterruptedException;

    /** Stops it in order and removes what runs; the data only when {@code removeData}. Nothing to stop is no error. */
    void down(boolean removeData, Progress progress) throws InterruptedException;

    /** What is there now, one entry per service, also for those that are not. */
    List<ServiceStatus> status();

    /** Gives the last {@code tail} lines of each service and, when {@code follow}, goes on until interrupted. */
    void logs(List<String> services, int tail, boolean follow, Consumer<LogLine> lines) throws InterruptedException;

    /** Takes changed files in and starts these services again; all of them when the list is empty. */
    List<ServiceStatus> restart(List<String> services, StackOptions options, Progress progress) throws InterruptedException;

    /**
     * Where a trace of this stack can be looked at, with {@link contract.TraceLink#PLACE} for its id; empty when it is not
     * up.
     */
    default Optional<String> traceAddress() {
        return Optional.empty();
    }

    /** What {@code down -v} would delete, for the question before it. */
    List<String> data();

    /** A line of a service's log. */
    record LogLine(String service, String text) {}
}
