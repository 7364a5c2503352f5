package functions;

import agent.Bounds;
import functions.tree.Interruptible;
import functions.tree.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import process.CannotStart;
import process.Completed;
import process.ProcessSpec;
import process.Programs;
import process.SafeRun;

/** Runs commands in the working directory for checks: no shell, no secrets in the environment, within all limits. */
final class Commands {
    private final Workspace workspace;
    private final Map<String, String> environment;

    Commands(Workspace workspace, FunctionOptions options) {
        this.workspace = workspace;
        environment = CheckEnvironment.of(options.environment());
    }

    Workspace workspace() {
        return workspace;
    }

    /** The environment for a check. */
    Map<String, String> environment() {
        return environment;
    }

    boolean available(String program) {
        return find(program).isPresent();
    }

    Optional<Path> find(String program) {
        return Programs.find(program, workspace.root(), environment);
    }

    /**
     * Runs a command to its end or to {@code limit}.
     *
     * @throws InterruptedException when the run was interrupted, or its own time ends before the limit
     */
    Completed run(List<String> words, Duration limit, int cap, Bounds bounds) throws CannotStart, InterruptedException {
        Duration time = timeFor(limit, bounds);
        Completed run = Interruptible.call(bounds.interruption(),
                () -> SafeRun.run(ProcessSpec.of(words, workspace.root(), environment), time, cap));
        if (run.timedOut() && time.compareTo(limit) < 0) {
            throw new InterruptedException("the run's time is over");
        }
        return run;
    }

    /** The time for a step: {@code limit}, or less when the run's own time ends earlier. */
    static Duration timeFor(Duration limit, Bounds bounds) throws InterruptedException {
        Duration time = bounds.atMost(limit);
        if (time.isZero()) {
            throw new InterruptedException("the run's time is over");
        }
        return time;
    }
}
