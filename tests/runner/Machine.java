package runner;

import java.lang.management.ManagementFactory;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What figures were measured on, and how busy it was: without that they say little. */
public final class Machine {
    private Machine() {}

    /** @param when in words, for instance {@code before} */
    public static void rows(Figures figures, String when) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        figures.row(when, ZonedDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT))
                + " UTC, " + system.getAvailableProcessors() + " processors, load "
                + String.format(Locale.ROOT, "%.1f", system.getSystemLoadAverage()) + ", " + system.getName() + ", Java "
                + System.getProperty("java.version"), "");
    }
}
