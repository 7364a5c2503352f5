package telemetry;

import agent.RoundEnvironment;
import agent.RunEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import journal.Entry;
import journal.EntryListener;
import journal.Unsent;
import telemetry.fold.Redactor;
import telemetry.fold.Text;

/**
 * Telemetry of one run while it goes on: a reading of its journal that keeps up with it. Give it to the journal, and
 * {@link #close} it when the run is over, however it ended. It never throws, never prints and never changes what the run
 * does; the run's thread only puts entries into a queue, and waits for nothing but the end, which is bounded.
 */
public final class Telemetry implements EntryListener {
    /** Beyond the time that the delivery itself may take, for a machine that is busy. */
    private static final long GRACE_MILLIS = 150;

    private final RunPlace place;
    private final Patience patience;
    private final Redactor redactor;
    private final ChildEnvironment child;
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    private volatile Optional<Live> live = Optional.empty();

    private Telemetry(Map<String, String> environment, RunPlace place, WorkerTelemetry worker, Patience patience) {
        this.place = place;
        this.patience = patience;
        this.redactor = Redactor.of(environment);
        this.child = new ChildEnvironment(environment, place, worker, () -> live, patience.lookMillis());
    }

    /**
     * Notes that the run's telemetry is not sent yet, and begins to set it up in the background.
     *
     * @param environment of this program: {@code OTEL_*}, and the secrets that must not leave
     * @param worker what the worker needs to send telemetry of its own
     */
    public static Telemetry start(Map<String, String> environment, RunPlace place, WorkerTelemetry worker) {
        return start(environment, place, worker, Patience.DEFAULT);
    }

    static Telemetry start(Map<String, String> environment, RunPlace place, WorkerTelemetry worker, Patience patience) {
        return start(environment, place, worker, patience, wake -> Live.build(environment, place, patience, wake));
    }

    /** @param setUp makes what sends, given what to call when an answer came */
    static Telemetry start(Map<String, String> environment, RunPlace place, WorkerTelemetry worker, Patience patience,
            Function<Runnable, Live> setUp) {
        Telemetry telemetry = new Telemetry(Map.copyOf(environment), place, worker, patience);
        Unsent.Run unsent = new Unsent.Run(place.folder(), place.firstEvent(), place.plan().endpoint().orElse(""), Instant.now());
        Optional<String> trouble = Optional.empty();
        try {
            new Unsent(place.state()).add(unsent);
        } catch (IOException e) {
            trouble = Optional.of("what is not delivered cannot be remembered: " + Text.reason(e));
        }
        Optional<String> said = trouble;
        Background.run("run", () -> telemetry.work(setUp, unsent, said));
        return telemetry;
    }

    @Override
    public void on(Entry entry) {
        if (entry.event() instanceof RunEvent.WorkerStarted) {
            child.roundBegan(entry.sequence());
        }
        work.add(() -> live.ifPresent(l -> l.on(entry)));
    }

    /** For the loop: what a round's process finds in its environment. */
    public RoundEnvironment surroundings() {
        return new RoundEnvironment() {
            @Override
            public boolean ownSpans(Map<String, String> round) {
                return asked(() -> child.ownSpans(round), false);
            }

            @Override
            public Map<String, String> around(Map<String, String> round) {
                return asked(() -> child.around(round), round);
            }
        };
    }

    /** A defect here costs the round its telemetry and not the run. */
    private <T> T asked(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError e) {
            String why = redactor.redact(Text.reason(e));
            work.add(() -> live.ifPresent(l -> l.leftOut(why)));
            return otherwise;
        }
    }

    /** The run's trace, for a link; empty when it is not sampled. */
    public Optional<String> traceId() {
        return Optional.of(child.traceId()).filter(id -> place.plan().sampled());
    }

    /**
     * Ends what is open, delivers what can be delivered in time, and tells what became of everything. Takes as long as the
     * receiver needs to answer, and at most 1.5 s. Closing again gives the same answer.
     */
    public Delivery close() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience.closeMillis());
        work.add(() -> live.ifPresent(l -> l.close(deadline)));
        // A run that was interrupted still has its telemetry to deliver.
        boolean interrupted = Thread.interrupted();
        try {
            return delivery.get(patience.closeMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return live.isPresent() ? Delivery.unfinished("it did not end in time") : Delivery.off("it was not set up in time");
        } catch (ExecutionException e) {
            return Delivery.off(redactor.redact(Text.reason(e)));
        } catch (InterruptedException e) {
            interrupted = true;
            return Delivery.off("interrupted");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As if the process were killed: for tests. */
    void kill() {
        work.add(() -> {
            live.ifPresent(Live::letGo);
            throw new IllegalStateException("killed");
        });
        delivery.handle((done, problem) -> done).join();
    }

    /** All of the work, on a thread of its own. Whoever waits for the end must be answered whatever is thrown here. */
    private void work(Function<Runnable, Live> setUp, Unsent.Run unsent, Optional<String> trouble) {
        try {
            QuietLoggers.install();
            Live made = setUp.apply(() -> work.add(() -> {}));
            live = Optional.of(made);
            while (!made.closed()) {
                Runnable next = work.poll(made.nextLookMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                }
                made.tick();
            }
            Delivery ended = made.delivery(trouble);
            if (made.everythingAcknowledged()) {
                new Unsent(place.state()).remove(unsent);
            }
            made.letGo();
            delivery.complete(ended);
            made.disconnect();
        } catch (Throwable e) { // An error of a broken provider on the class path too.
            delivery.completeExceptionally(e);
        }
    }
}
