package telemetry;

import java.util.Optional;
import java.util.logging.Logger;

/**
 * Keeps what the SDK logs off the terminal: it says in dozens of lines what {@link Delivery} says in one. What nothing else would
 * show (a note of what was acknowledged that cannot be written) is remembered here, and said with the delivery.
 */
final class QuietLoggers {
    /** A strong reference: a logger that is collected forgets its settings. */
    private static final Logger SDK = Logger.getLogger("io.opentelemetry");

    private static Optional<String> first = Optional.empty();

    private QuietLoggers() {}

    static void install() {
        SDK.setUseParentHandlers(false);
    }

    /** Only the first is kept: those that follow come of the same cause. */
    static synchronized void remember(String warning) {
        first = first.or(() -> Optional.of(warning));
    }

    /** The first warning since it was last asked for. */
    static synchronized Optional<String> warning() {
        Optional<String> taken = first;
        first = Optional.empty();
        return taken;
    }
}
