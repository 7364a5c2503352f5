package agent.loop;

import agent.Bounds;
import agent.Interruption;
import agent.Problem;
import agent.RunEvent;
import agent.RunListener;
import agent.WorkerReport;
import agent.loop.StallDetector.Stall;
import contract.ErrorType;
import java.util.Optional;

/**
 * Looks on while a round of the worker goes on: tells of a stall as it happens and, where that was asked for, ends the round.
 * The run goes on.
 */
final class RoundWatch implements RunListener, AutoCloseable {
    private static final int SIGINT = 2;

    private final RunListener listener;
    private final boolean ends;
    private final LiveStalls stalls = new LiveStalls();
    private final Interruption round = new Interruption();
    private final Interruption.Registration registration;
    private final Bounds bounds;
    private Optional<Stall> ended = Optional.empty();

    /** @param ends whether a stall ends the round */
    RoundWatch(RunListener listener, boolean ends, Bounds run) {
        this.listener = listener;
        this.ends = ends;
        this.bounds = new Bounds(round, run.deadline());
        this.registration = run.interruption().onRequest(() -> round.request(run.interruption().signal().orElse(SIGINT)));
    }

    /** For the round alone: the run's, and the end by a stall. */
    Bounds bounds() {
        return bounds;
    }

    @Override
    public void on(RunEvent event) {
        listener.on(event);
        if (event instanceof RunEvent.ToolStarted tool) {
            stalls.started(tool).ifPresent(this::noticed);
        } else if (event instanceof RunEvent.ToolEnded tool) {
            stalls.ended(tool);
        }
    }

    private void noticed(Stall stall) {
        listener.on(new RunEvent.StallDetected(stall.pattern(), stall.message(), ends));
        if (ends && ended.isEmpty() && !round.requested()) {
            ended = Optional.of(stall);
            round.request(SIGINT);
        }
    }

    /** The report of a round that was ended by a stall says so. */
    WorkerReport explained(WorkerReport report) {
        return ended.map(stall -> report.with(Problem.passing(ErrorType.INTERRUPTED, "the round was ended because it stalled: "
                + stall.message()))).orElse(report);
    }

    @Override
    public void close() {
        registration.close();
    }
}
