package telemetry;

import contract.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import journal.Unsent;
import journal.Watermarks;

/**
 * What earlier runs left behind for the same endpoint: read from their journals and sent while this run goes on, once the
 * receiver has shown that it takes something. Runs with telemetry off never get here.
 */
final class Backlog {
    private static final long RUN_SECONDS = 30;

    private final Map<String, String> environment;
    private final RunPlace place;
    private final Optional<Watermarks> own;
    private Thread thread;
    private boolean stopped;
    private long until = Long.MAX_VALUE;
    private long sent;

    /** @param own of this run's session, which it holds */
    Backlog(Map<String, String> environment, RunPlace place, Optional<Watermarks> own) {
        this.environment = environment;
        this.place = place;
        this.own = own;
    }

    /** Begins, the first time that it is called. */
    synchronized void begin() {
        if (thread == null && !stopped) {
            thread = Background.run("unsent", this::work);
        }
    }

    /** Begins nothing new; what is under way may go on until then. */
    synchronized void stop(long deadline) {
        stopped = true;
        until = deadline;
    }

    synchronized boolean settled() {
        return thread == null || !thread.isAlive();
    }

    /** Runs that are acknowledged now. */
    synchronized long sent() {
        return sent;
    }

    private synchronized boolean goesOn() {
        return !stopped;
    }

    private synchronized long deadline() {
        return Math.min(until, System.nanoTime() + TimeUnit.SECONDS.toNanos(RUN_SECONDS));
    }

    private void work() {
        Unsent unsent = new Unsent(place.state());
        List<Unsent.Run> runs = unsent.list().stream().filter(this::isEarlier).toList();
        if (runs.isEmpty()) {
            return;
        }
        try (PastSender sender = new PastSender(environment)) {
            for (Unsent.Run run : runs) {
                if (!goesOn() || !send(run, unsent, sender)) {
                    return;
                }
            }
        }
    }

    private boolean isEarlier(Unsent.Run run) {
        boolean ours = run.session().equals(place.folder()) && run.first() == place.firstEvent();
        return !ours && run.endpoint().equals(place.plan().endpoint().orElse(""));
    }

    /** Whether to go on with the next one. */
    private boolean send(Unsent.Run run, Unsent unsent, PastSender sender) {
        try {
            List<PastRun> all = PastRun.of(run.session());
            Optional<PastRun> found = all.stream().filter(r -> r.firstEvent() == run.first()).findFirst();
            if (found.isEmpty()) {
                // Killed before its first line, or its journal is damaged: there is nothing to read.
                if (!heldByAnother(run.session())) {
                    unsent.remove(run);
                }
                return true;
            }
            PastRun past = found.get();
            PastRun.State state = past.state(past == all.get(all.size() - 1), environment);
            if (state == PastRun.State.RUNNING || state == PastRun.State.ELSEWHERE) {
                return true;
            }
            boolean ownSession = run.session().equals(place.folder());
            Optional<Watermarks> held = ownSession ? own : Watermarks.hold(run.session());
            if (held.isEmpty()) {
                return true; // Another process sends it just now.
            }
            try {
                return send(past, state, run, unsent, sender, held);
            } finally {
                if (!ownSession) {
                    held.get().close();
                }
            }
        } catch (IOException | Failure e) {
            QuietLoggers.remember("the session " + run.id() + " cannot be read: " + e.getMessage());
            return true;
        }
    }

    private boolean send(PastRun past, PastRun.State state, Unsent.Run run, Unsent unsent, PastSender sender,
            Optional<Watermarks> held) throws IOException {
        PastSender.Sent result = sender.send(past, new Marks(held, past.number(), run.endpoint()),
                new PastTelemetry.Options(false, false), state == PastRun.State.ENDED, deadline());
        if (!result.complete()) {
            return false;
        }
        unsent.remove(run);
        synchronized (this) {
            sent++;
        }
        return true;
    }

    private static boolean heldByAnother(Path session) {
        try (Watermarks held = Watermarks.hold(session).orElse(null)) {
            return held == null;
        } catch (IOException e) {
            return false;
        }
    }
}
