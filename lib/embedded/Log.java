package embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The background JVM's log: one line per event, a file of bounded size with older ones beside it, readable by its owner. */
public final class Log {
    private static final int FILE_BYTES = 1 << 20;
    private static final int FILES = 3;
    // A strong reference: java.util.logging keeps only weak ones.
    private static final Logger LOGGER = Logger.getLogger("agentproxy.embedded");
    private static final Logger ROOT = Logger.getLogger("");

    private Log() {}

    /** The newest file is {@code folder/embedded.0.log}. */
    public static Path file(Path folder) {
        return folder.resolve("embedded.0.log");
    }

    /** Sends everything, the libraries' messages too, to files in this folder. */
    public static void openIn(Path folder) throws IOException {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        FileHandler file = new FileHandler(folder.resolve("embedded.%g.log").toString(), FILE_BYTES, FILES, true);
        Files.setPosixFilePermissions(file(folder), PosixFilePermissions.fromString("rw-------"));
        file.setFormatter(new Line());
        file.setEncoding("UTF-8");
        ROOT.addHandler(file);
        ROOT.setLevel(Level.INFO);
    }

    public static void info(String text) {
        LOGGER.log(Level.INFO, "{0}", text);
    }

    public static void warn(String text) {
        LOGGER.log(Level.WARNING, "{0}", text);
    }

    public static void warn(String text, Throwable cause) {
        LOGGER.log(Level.WARNING, text, cause);
    }

    public static void fine(String text) {
        LOGGER.log(Level.FINE, "{0}", text);
    }

    private static final class Line extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
        private static final int MAX_FRAMES = 12;

        @Override
        public String format(LogRecord log) {
            StringBuilder line = new StringBuilder(TIME.format(Instant.ofEpochMilli(log.getMillis())))
                    .append(' ').append(log.getLevel().getName()).append(' ').append(oneLine(formatMessage(log)));
            if (log.getThrown() != null) {
                line.append(": ").append(oneLine(log.getThrown().toString()));
                StackTraceElement[] frames = log.getThrown().getStackTrace();
                for (int i = 0; i < Math.min(MAX_FRAMES, frames.length); i++) {
                    line.append(System.lineSeparator()).append("    at ").append(frames[i]);
                }
            }
            return line.append(System.lineSeparator()).toString();
        }

        /** What a client sent must not be able to write lines of its own. */
        private static String oneLine(String text) {
            return text == null ? "" : text.replace("\r", "\\r").replace("\n", "\\n");
        }
    }
}
