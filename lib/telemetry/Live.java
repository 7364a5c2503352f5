package telemetry;

import agent.Beginning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import journal.Entry;
import journal.Watermarks;
import telemetry.fold.Fold;
import telemetry.fold.FoldedLog;
import telemetry.fold.FoldedSpan;
import telemetry.fold.Recovery;
import telemetry.fold.Redactor;
import telemetry.fold.RunScope;
import telemetry.fold.Sink;
import telemetry.fold.Text;

/** The fold of a run that goes on, and the ways out of what it makes. Used by one thread, but for what says otherwise. */
final class Live {
    private static final long METRIC_INTERVAL_MILLIS = 5_000;
    /** A page that is looked at while a run goes on should not lag. */
    private static final long DELAY_MILLIS = 1_000;
    private static final int BATCH = 2_048;
    private static final long LOOK_MILLIS = 100;

    private final RunPlace place;
    private final Patience patience;
    private final Redactor redactor;
    private final Runnable wake;
    private final Optional<Watermarks> watermarks;
    private final Marks marks;
    private final Backlog backlog;
    private final OtelVariables variables;
    private final Cleaner cleaner;
    private final Exporters.Outs outs;
    private final Map<Signal, Long> acknowledged = new EnumMap<>(Signal.class);
    private volatile List<Outlet> outlets = List.of();
    private Optional<Fold> fold = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private boolean closing;
    private long deadline;

    private Live(Map<String, String> environment, RunPlace place, Patience patience, Runnable wake) throws IOException {
        this.place = place;
        this.patience = patience;
        this.wake = wake;
        this.redactor = Redactor.of(environment);
        this.variables = OtelVariables.of(environment);
        this.cleaner = new Cleaner(redactor, variables);
        this.outs = new Exporters(variables).outs();
        this.watermarks = Watermarks.hold(place.folder());
        this.marks = new Marks(watermarks, place.number(), place.plan().endpoint().orElse(""));
        this.backlog = new Backlog(environment, place, watermarks);
    }

    /** @throws RuntimeException when it cannot be set up; the message says why */
    static Live build(Map<String, String> environment, RunPlace place, Patience patience, Runnable wake) {
        try {
            return new Live(environment, place, patience, wake);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next entry of the run. One of which nothing can be made is left out and said at the end. */
    void on(Entry entry) {
        try {
            if (fold.isEmpty() && entry.event() instanceof Beginning started) {
                begin(started);
            }
            fold.ifPresent(f -> f.on(entry));
        } catch (RuntimeException | LinkageError e) {
            leftOut(redactor.redact(Text.reason(e)));
        }
    }

    /** Something could not be told; said at the end. */
    void leftOut(String why) {
        trouble = trouble.or(() -> Optional.of("an event was left out (" + why + ")"));
    }

    private void begin(Beginning started) {
        ItemOutlet.Pace spanPace = pace("OTEL_BSP_");
        ItemOutlet.Pace logPace = pace("OTEL_BLRP_");
        List<Outlet> all = new ArrayList<>();
        Optional<ItemOutlet<FoldedSpan>> spans = outs.spans().map(out -> new ItemOutlet<FoldedSpan>(Signal.TRACES, out.wire(),
                batch -> out.export().send(new ArrayList<>(batch)), cleaner::clean, spanPace, wake,
                event -> acknowledged(Signal.TRACES, event)));
        Optional<ItemOutlet<FoldedLog>> logs = outs.logs().map(out -> new ItemOutlet<FoldedLog>(Signal.LOGS, out.wire(),
                batch -> out.export().send(new ArrayList<>(batch)), cleaner::clean, logPace, wake,
                event -> acknowledged(Signal.LOGS, event)));
        Fold made = new Fold(RunScope.of(started, place.number(), place.roundsBefore(), redactor), redactor, true,
                new Sink((event, span) -> spans.ifPresent(outlet -> outlet.add(event, span)),
                        (event, log) -> logs.ifPresent(outlet -> outlet.add(event, log))));
        spans.ifPresent(all::add);
        outs.metrics().ifPresent(out -> all.add(new StateOutlet(out.wire(), out.export(), made,
                variables.millis("OTEL_METRIC_EXPORT_INTERVAL", METRIC_INTERVAL_MILLIS), wake,
                event -> acknowledged(Signal.METRICS, event))));
        logs.ifPresent(all::add);
        fold = Optional.of(made);
        outlets = List.copyOf(all);
    }

    private ItemOutlet.Pace pace(String prefix) {
        return new ItemOutlet.Pace(variables.millis(prefix + "SCHEDULE_DELAY", DELAY_MILLIS),
                variables.number(prefix + "MAX_EXPORT_BATCH_SIZE", BATCH));
    }

    private void acknowledged(Signal signal, long event) {
        acknowledged.merge(signal, event, Math::max);
        marks.advance(signal, event);
        // The receiver takes something: what earlier runs left behind can go too.
        backlog.begin();
    }

    /** Sends what is due. */
    void tick() {
        long now = System.nanoTime();
        outlets.forEach(outlet -> outlet.tick(now, closing));
    }

    /** How long nothing has to be looked at, unless something happens. */
    long nextLookMillis() {
        return closing ? Math.max(1, Math.min(LOOK_MILLIS, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())))
                : LOOK_MILLIS;
    }

    /** The run is over: ends what is open. @param until by {@link System#nanoTime} */
    void close(long until) {
        if (!closing) {
            closing = true;
            deadline = until;
            fold.ifPresent(f -> f.end(Recovery.CLOSED));
            outlets.forEach(Outlet::lastChance);
            backlog.stop(until);
        }
    }

    /** Whether the run is over and nothing more can be done for it. */
    boolean closed() {
        long now = System.nanoTime();
        return closing && (now - deadline >= 0
                || outlets.stream().allMatch(outlet -> outlet.settled(now, patience.silentMillis())) && backlog.settled());
    }

    boolean everythingAcknowledged() {
        return fold.isPresent() && outlets.stream().allMatch(outlet -> outlet.waiting() == 0);
    }

    Delivery delivery(Optional<String> further) {
        Map<Signal, Delivery.Share> shares = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            shares.put(signal, new Delivery.Share(0, 0, 0));
        }
        outlets.forEach(outlet -> shares.put(outlet.signal(), outlet.share()));
        Optional<String> problem = outlets.stream().filter(outlet -> outlet.waiting() > 0 || outlet.share().rejected() > 0)
                .flatMap(outlet -> outlet.problem().stream()).findFirst().map(redactor::redact);
        Optional<String> said = trouble.or(() -> further).or(() -> QuietLoggers.warning().map(redactor::redact));
        return new Delivery(Map.copyOf(shares), problem, said, backlog.sent(), further.isEmpty());
    }

    /** Lets go of the connections, which may take a while. */
    void disconnect() {
        outs.close();
    }

    /** Lets go of the session: another process may send it. */
    void letGo() {
        watermarks.ifPresent(w -> {
            try {
                w.close();
            } catch (IOException e) {
                QuietLoggers.remember("the watermarks cannot be closed: " + e.getMessage());
            }
        });
    }

    /**
     * Whether the receiver answers, as far as can be told within {@code millis}: false when the last request came back without
     * an answer, or the first one still waits; true where nothing is ever sent. From any thread.
     */
    boolean answersWithin(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        if (outs.none()) {
            return true;
        }
        try {
            while (outlets.stream().noneMatch(Outlet::heard) && until - System.nanoTime() > 0) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return outlets.stream().anyMatch(Outlet::heard)
                && outlets.stream().filter(Outlet::heard).allMatch(Outlet::answering);
    }
}
