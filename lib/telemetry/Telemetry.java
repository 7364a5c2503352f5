package telemetry;

import agent.RoundEnvironment;
import agent.RunEvent;
import agent.RunListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Telemetry of one run: give {@link #listener} to the loop, and {@link #close} it when the run is over, however it ended.
 * Never throws, never prints, and never changes what the run does; what goes wrong is in the {@link Delivery}.
 */
public final class Telemetry {
    /** Of the time to close, what is left for the disk when handing over took too long. */
    private static final long RESERVE_MILLIS = 300;

    private final Map<String, String> environment;
    private final Patience patience;
    private final CompletableFuture<Pipeline> building = new CompletableFuture<>();
    /** What happened while telemetry was still being set up. */
    private final List<Past> waiting = new ArrayList<>();
    private Optional<String> trouble = Optional.empty();
    /** It was not set up when it was needed: the run goes on without it. */
    private boolean tooLate;
    private Optional<Delivery> delivery = Optional.empty();
    private volatile Optional<String> traceId = Optional.empty();

    /** An event that telemetry learns of late. */
    private record Past(RunEvent event, Instant time) {}

    private Telemetry(Map<String, String> environment, Patience patience) {
        this.environment = environment;
        this.patience = patience;
    }

    /**
     * Begins to set telemetry up, in the background; what happens meanwhile is told to it afterwards, with its time.
     *
     * @param environment of this program: {@code OTEL_*}, {@code AGENTPROXY_*}, the caller's {@code TRACEPARENT}, and the
     *     secrets that must not leave
     * @param worker what the worker needs to send telemetry of its own
     */
    public static Telemetry start(Map<String, String> environment, WorkerTelemetry worker) {
        return start(environment, worker, Patience.DEFAULT);
    }

    static Telemetry start(Map<String, String> environment, WorkerTelemetry worker, Patience patience) {
        return start(environment, patience, () -> Pipeline.build(environment, worker, patience));
    }

    static Telemetry start(Map<String, String> environment, Patience patience, Supplier<Pipeline> setUp) {
        Telemetry telemetry = new Telemetry(Map.copyOf(environment), patience);
        Background.run("start", () -> telemetry.build(setUp));
        return telemetry;
    }

    private void build(Supplier<Pipeline> setUp) {
        try {
            QuietLoggers.install();
            building.complete(setUp.get());
        } catch (Throwable e) { // Whoever waits for this must be answered, whatever a provider on the class path throws.
            building.completeExceptionally(e);
        }
        synchronized (this) {
            tell(List.of());
        }
    }

    /** For the loop. An event of which nothing can be made is left out and said at the end; it never ends the run. */
    public RunListener listener() {
        return this::on;
    }

    private synchronized void on(RunEvent event) {
        if (delivery.isPresent() || tooLate) {
            return;
        }
        // Whoever shows the end wants the trace: it cannot wait.
        boolean now = event instanceof RunEvent.RunEnded;
        if (!now && !building.isDone()) {
            waiting.add(new Past(event, Instant.now()));
            return;
        }
        tell(List.of(event));
    }

    /** For the loop: what a round's process finds in its environment. Waits until telemetry is set up. */
    public RoundEnvironment surroundings() {
        return new RoundEnvironment() {
            @Override
            public boolean ownSpans(Map<String, String> environment) {
                return asked(round -> round.ownSpans(environment)).orElse(false);
            }

            @Override
            public Map<String, String> around(Map<String, String> environment) {
                return asked(round -> round.around(environment)).orElse(environment);
            }
        };
    }

    /** Empty when telemetry cannot be set up, or cannot answer. Whoever closes this is told why. */
    private synchronized <T> Optional<T> asked(Function<RoundEnvironment, T> question) {
        tell(List.of());
        AtomicReference<T> answer = new AtomicReference<>();
        if (building.isDone() && !building.isCompletedExceptionally()) {
            Pipeline pipeline = building.join();
            safely(pipeline, () -> answer.set(question.apply(pipeline.surroundings())));
        }
        return Optional.ofNullable(answer.get());
    }

    /** Tells what waited, and then these; an event that cannot be told is left out. */
    private void tell(List<RunEvent> events) {
        Pipeline pipeline;
        try {
            pipeline = building.get(patience.setUpMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp();
            return;
        } catch (TimeoutException e) {
            giveUp();
            return;
        } catch (ExecutionException e) {
            waiting.clear();
            return; // Whoever closes this is told why.
        }
        waiting.forEach(past -> safely(pipeline, () -> pipeline.on(past.event(), past.time())));
        waiting.clear();
        events.forEach(event -> safely(pipeline, () -> pipeline.on(event)));
    }

    private void giveUp() {
        tooLate = true;
        waiting.clear();
    }

    private void safely(Pipeline pipeline, Runnable telling) {
        try {
            telling.run();
            traceId = traceId.or(pipeline::traceId);
        } catch (RuntimeException | Error e) {
            trouble = trouble.or(() -> Optional.of(explain(e)));
        }
    }

    /**
     * The run's trace, for a link; empty until telemetry is set up, which it is at the latest when the first worker starts,
     * and when the trace is not sampled.
     */
    public Optional<String> traceId() {
        return traceId;
    }

    /**
     * Ends what is open, delivers or keeps everything, and tells what became of it. Takes as long as the receiver needs to
     * answer, and at most 1.3 s. Closing again gives the same answer.
     */
    public synchronized Delivery close() {
        if (delivery.isEmpty()) {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience.closeMillis());
            // A run that was interrupted still has its telemetry to deliver.
            boolean interrupted = Thread.interrupted();
            delivery = Optional.of(deliver(deadline));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return delivery.get();
    }

    private Delivery deliver(long deadline) {
        if (tooLate) {
            return off("it was not set up in time");
        }
        try {
            Pipeline pipeline = building.get(millisUntil(deadline), TimeUnit.MILLISECONDS);
            tell(List.of());
            pipeline.end();
            Thread flush = Background.run("flush", pipeline::flush);
            flush.join(Math.max(1, millisUntil(deadline) - RESERVE_MILLIS));
            if (flush.isAlive()) {
                pipeline.outbox().ledger().lost(Signal.TRACES, 0, "there was no time to hand everything over");
            }
            pipeline.courier().finish(deadline);
            return pipeline.outbox().delivery(trouble, QuietLoggers.warning().map(pipeline.redactor()::redact));
        } catch (TimeoutException e) {
            return off("it was not set up in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return off("interrupted");
        } catch (ExecutionException | RuntimeException | Error e) {
            return off(explain(e));
        }
    }

    private Delivery off(String why) {
        return Delivery.off(TelemetrySpool.of(environment).folder(), why);
    }

    private String explain(Throwable problem) {
        return Redactor.of(environment).redact(Text.reason(problem));
    }

    private static long millisUntil(long deadline) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }
}
