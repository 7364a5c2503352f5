package telemetry;

import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps what the SDK logs off the terminal: it says in dozens of lines what {@link Delivery} says in one. The first warning
 * is remembered, for a misconfiguration that nothing else would show.
 */
final class QuietLoggers {
    /** Strong references: a logger that is collected forgets its settings. */
    private static final Logger SDK = Logger.getLogger("io.opentelemetry");
    private static final Memory MEMORY = new Memory();

    private QuietLoggers() {}

    static synchronized void install() {
        if (SDK.getUseParentHandlers()) {
            SDK.setUseParentHandlers(false);
            SDK.addHandler(MEMORY);
        }
    }

    /** As if the SDK had warned of it. */
    static void remember(String warning) {
        MEMORY.remember(warning);
    }

    /** The first warning since it was last asked for. */
    static Optional<String> warning() {
        return MEMORY.take();
    }

    private static final class Memory extends Handler {
        private Optional<String> first = Optional.empty();

        @Override
        public synchronized void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                remember(Text.line(String.valueOf(record.getMessage()), 300));
            }
        }

        synchronized void remember(String warning) {
            first = first.or(() -> Optional.of(warning));
        }

        synchronized Optional<String> take() {
            Optional<String> taken = first;
            first = Optional.empty();
            return taken;
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
