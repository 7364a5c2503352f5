package agent;

import java.util.Map;
import java.util.Optional;

/** The coding agent under supervision. */
public interface Worker {
    /** A bounded name in lower case, a label in telemetry: {@code claude}, {@code command} or the word after {@code --worker}. */
    String name();

    /** Told of what happened in the earlier runs of a resumed session, oldest first, before the first round of this one. */
    default void recall(RunEvent earlier) {}

    /** @throws contract.Failure with the exit code of a failed self-check when it cannot run at all */
    void selfCheck();

    /** Why a limit of money cannot bind what it costs, for people; empty where it tells what it costs. */
    default Optional<String> unpriced() {
        return Optional.empty();
    }

    /**
     * What a child of this worker would get as its environment by itself. The loop has it completed by the run's
     * {@link RoundEnvironment} and gives it back to {@link #work}.
     */
    Map<String, String> environment();

    /**
     * One round: gives the instruction, reports what happens through {@code listener} on the calling thread, and returns
     * when the worker and everything it started has ended. Whatever goes wrong with the worker is in the report.
     *
     * @param environment of the child, complete
     */
    WorkerReport work(Instruction instruction, Map<String, String> environment, Bounds bounds, RunListener listener);
}
