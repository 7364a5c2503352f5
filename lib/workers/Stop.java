package workers;

import agent.Problem;
import contract.ErrorType;
import java.time.Duration;

/** Why PA stopped a worker. */
public enum Stop {
    /** The run was interrupted. */
    INTERRUPTED,
    /** The run's time is over. */
    DEADLINE,
    /** The worker wrote nothing for too long. */
    IDLE,
    /** The round took too long. */
    TOTAL;

    public Problem problem(String who, WorkerLimits limits) {
        return switch (this) {
            case INTERRUPTED -> Problem.passing(ErrorType.INTERRUPTED, who + " was interrupted");
            case DEADLINE -> Problem.passing(ErrorType.TIMEOUT, who + " was stopped because the run's time is over");
            case IDLE -> Problem.passing(ErrorType.TIMEOUT, who + " wrote nothing for " + text(limits.idle())
                    + " and was stopped (idle limit)");
            case TOTAL -> Problem.passing(ErrorType.TIMEOUT, who + " was stopped after " + text(limits.total())
                    + " (limit of a round)");
        };
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
