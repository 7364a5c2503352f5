package workers;

import agent.Bounds;
import agent.RunEvent;
import agent.RunListener;
import agent.WorkerReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import process.CannotStart;
import process.ChildProcess;
import process.ProcessSpec;

/**
 * One process of a worker from start to end, with its limits. Its output is passed on line by line on the calling thread. When
 * this returns, the process and all processes that it started have ended.
 *
 * <p>A process that must end gets SIGINT first, so that Claude Code can end its turn and report its cost; then SIGTERM, then
 * SIGKILL, for the whole process tree.
 */
public final class WorkerRun<T> {
    /** Between SIGINT and SIGTERM. Claude Code needs up to 1.6 s to end a tool properly. */
    public static final Duration AFTER_INTERRUPT = Duration.ofSeconds(3);
    /** Between SIGTERM and SIGKILL. */
    private static final Duration AFTER_TERMINATE = Duration.ofSeconds(2);
    /** How long lines are still read after the program has ended, when the run must end. */
    private static final Duration AFTER_EXIT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final long STDERR_WAIT_MILLIS = 500;

    private final ProcessSpec spec;
    private final WorkerLimits limits;
    private final Bounds bounds;
    private final long start = System.nanoTime();
    private Optional<Stop> stop = Optional.empty();
    private long stopped;
    private boolean ending;
    private boolean livedOn;
    private boolean forced;
    private boolean threadInterrupted;

    public WorkerRun(ProcessSpec spec, WorkerLimits limits, Bounds bounds) {
        this.spec = spec;
        this.limits = limits;
        this.bounds = bounds;
    }

    /**
     * The end of the process.
     *
     * @param stop empty when the process ended by itself
     * @param livedOn whether the process had to be ended although its work was done; the exit code means nothing then
     * @param exitCode absent when more than SIGINT was needed
     * @param stderr the last part of its standard error
     */
    public record End(Optional<Stop> stop, boolean livedOn, OptionalInt exitCode, String stderr) {
        /** As a report tells it, without an agent's own word. */
        public WorkerReport.Ending ending() {
            return new WorkerReport.Ending(exitCode, stderr, Optional.empty());
        }
    }

    /** For people: {@code Codex ended with exit code 1}. */
    public static String ended(String who, int exitCode) {
        return exitCode > 128 ? who + " was ended by signal " + (exitCode - 128) : who + " ended with exit code " + exitCode;
    }

    /** Runs to the end. @throws CannotStart when nothing of it ran */
    public End run(LineParser<T> parser, RunListener listener, Reading<T> reading) throws CannotStart {
        try (ChildProcess child = ChildProcess.start(spec)) {
            listener.on(new RunEvent.WorkerSpawned(executable(), child.pid()));
            OutputTail stderr = new OutputTail(child.stderr());
            try (LinePump<T> pump = new LinePump<>(child.stdout(), parser)) {
                while (!(pump.ended() && child.exitCode().isPresent()) && !givenUp(child)) {
                    next(child, pump).ifPresent(reading::take);
                    supervise(child, reading, pump.lastLine(), stderr.lastOutput());
                }
            }
            if (stop.isEmpty() && !livedOn && bounds.interruption().requested()) {
                // A terminal's Ctrl-C reaches the worker too; it may be gone before PA stops it.
                stop = Optional.of(Stop.INTERRUPTED);
            }
            return new End(stop, livedOn, forced ? OptionalInt.empty() : child.exitCode(), stderr.text(STDERR_WAIT_MILLIS));
        } finally {
            if (threadInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<LinePump.Arrival<T>> next(ChildProcess child, LinePump<T> pump) {
        try {
            if (pump.ended()) {
                child.waitFor(LOOK);
                return Optional.empty();
            }
            return pump.poll(LOOK);
        } catch (InterruptedException e) {
            threadInterrupted = true;
            return Optional.empty();
        }
    }

    /**
     * Whether to stop waiting for the remaining lines: the program has ended, and the run must end too. A reader that does not
     * finish must not hold up the run.
     */
    private boolean givenUp(ChildProcess child) {
        return stop.isPresent() && child.exitCode().isPresent() && since(stopped).compareTo(AFTER_EXIT) > 0;
    }

    private void supervise(ChildProcess child, Reading<T> reading, long lastLine, long lastError) {
        if (!ending) {
            OptionalLong over = reading.overAt(lastLine);
            stop = reason(Math.max(lastLine, lastError));
            boolean limit = stop.isPresent() && (stop.get() == Stop.IDLE || stop.get() == Stop.TOTAL);
            if (over.isPresent() && (limit || stop.isEmpty() && System.nanoTime() - over.getAsLong() > 0)) {
                // The result is there: a process that does not end makes the work no worse.
                stop = Optional.empty();
                livedOn = child.exitCode().isEmpty();
            }
            ending = stop.isPresent() || livedOn;
            if (ending) {
                stopped = System.nanoTime();
                child.interrupt();
            }
        } else if (!forced && child.exitCode().isEmpty() && since(stopped).compareTo(AFTER_INTERRUPT) > 0) {
            forced = true;
            child.end(AFTER_TERMINATE);
        }
    }

    private Optional<Stop> reason(long lastOutput) {
        if (threadInterrupted || bounds.interruption().requested()) {
            return Optional.of(Stop.INTERRUPTED);
        }
        if (bounds.expired()) {
            return Optional.of(Stop.DEADLINE);
        }
        if (since(start).compareTo(limits.total()) > 0) {
            return Optional.of(Stop.TOTAL);
        }
        return since(lastOutput).compareTo(limits.idle()) > 0 ? Optional.of(Stop.IDLE) : Optional.empty();
    }

    private String executable() {
        return Path.of(spec.command().get(0)).getFileName().toString();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
