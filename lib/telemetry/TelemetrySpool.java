package telemetry;

import contract.Failure;
import contract.StateFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What earlier runs could not deliver, for {@code pa telemetry status} and {@code pa telemetry flush}. */
public final class TelemetrySpool {
    private static final String FOLDER = "spool";

    private TelemetrySpool() {}

    /**
     * What is kept. Loads no class of the SDK.
     *
     * @param oldest when the oldest request was kept; empty when there is none
     * @param signals one per signal, in the order of {@link Signal}
     */
    public record Status(Path folder, long files, long bytes, Optional<Instant> oldest, List<Kept> signals) {}

    /** What is kept of one signal. */
    public record Kept(Signal signal, long files, long items, long bytes) {}

    /**
     * What a flush did.
     *
     * @param sent requests that were accepted
     * @param rejected requests that will never be accepted; they are dropped
     * @param remaining requests that are still kept
     * @param problem why something remains or was rejected
     */
    public record Flush(long sent, long rejected, long remaining, Optional<String> problem) {}

    static Spool of(Map<String, String> environment) {
        return new Spool(StateFolders.state(environment).resolve(FOLDER), Spool.LIMIT_BYTES);
    }

    /** @throws Failure when the folder cannot be read */
    public static Status status(Map<String, String> environment) {
        Spool spool = of(environment);
        List<SpoolFile> files = list(spool);
        Map<Signal, Kept> kept = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            kept.put(signal, new Kept(signal, 0, 0, 0));
        }
        for (SpoolFile file : files) {
            kept.computeIfPresent(file.signal(), (signal, sum) -> new Kept(signal, sum.files() + 1,
                    sum.items() + file.items(), sum.bytes() + Spool.size(file.path())));
        }
        return new Status(spool.folder(), files.size(), kept.values().stream().mapToLong(Kept::bytes).sum(),
                files.stream().map(SpoolFile::time).findFirst(), new ArrayList<>(kept.values()));
    }

    /**
     * Sends what is kept to the endpoint that is configured now, whichever it was meant for.
     *
     * @throws Failure when a variable cannot be understood, or the folder cannot be read
     */
    public static Flush flush(Map<String, String> environment, Duration limit) {
        QuietLoggers.install();
        Spool spool = of(environment);
        if (list(spool).isEmpty()) {
            return new Flush(0, 0, 0, Optional.empty());
        }
        Outbox outbox = new Outbox(spool, new Ledger());
        Redactor redactor = Redactor.of(environment);
        Sdk sdk = build(environment, outbox, redactor);
        sdk.courier().sendKept(System.nanoTime() + limit.toNanos());
        sdk.shutdown();
        sdk.courier().finish(System.nanoTime());
        Delivery delivery = outbox.delivery(Optional.empty(), Optional.empty());
        long rejected = delivery.shares().values().stream().mapToLong(Delivery.Share::rejected).sum();
        long remaining = list(spool).size();
        Optional<String> why = delivery.problem().map(redactor::redact)
                .or(() -> remaining == 0 ? Optional.empty() : Optional.of("nothing is configured to send it"));
        return new Flush(delivery.sentEarlier(), rejected, remaining, why);
    }

    private static Sdk build(Map<String, String> environment, Outbox outbox, Redactor redactor) {
        try {
            return Sdk.build(environment, outbox, redactor, Patience.DEFAULT);
        } catch (RuntimeException e) {
            throw Failure.error("telemetry cannot be set up: " + redactor.redact(Text.reason(e)),
                    "mend the OTEL_* variables", e);
        }
    }

    private static List<SpoolFile> list(Spool spool) {
        try {
            return spool.list();
        } catch (IOException e) {
            throw Failure.error("the spool in " + spool.folder() + " cannot be read: " + e.getMessage(),
                    "look at the folder's permissions", e);
        }
    }
}
