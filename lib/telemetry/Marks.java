package telemetry;

import contract.Sha256;
import java.io.IOException;
import java.util.Optional;
import journal.Watermarks;

/**
 * How far one run was acknowledged by one endpoint: a number of an event for each signal, in the session's watermarks. Runs
 * and endpoints have numbers of their own, because one run may be delivered while an earlier one still waits.
 */
final class Marks {
    private static final int DIGITS = 8;

    private final Optional<Watermarks> watermarks;
    private final String suffix;

    /** @param watermarks empty where nothing can be remembered: then everything is sent again */
    Marks(Optional<Watermarks> watermarks, int run, String endpoint) {
        this.watermarks = watermarks;
        this.suffix = "/" + run + "/" + Sha256.hex(endpoint).substring(0, DIGITS);
    }

    long of(Signal signal) {
        return watermarks.map(w -> w.of(signal.value() + suffix)).orElse(0L);
    }

    /** What cannot be written is sent again: nothing is lost by it. */
    void advance(Signal signal, long event) {
        watermarks.ifPresent(w -> {
            try {
                w.advance(signal.value() + suffix, event);
            } catch (IOException e) {
                QuietLoggers.remember("it could not be noted what was acknowledged: " + e.getMessage());
            }
        });
    }
}
