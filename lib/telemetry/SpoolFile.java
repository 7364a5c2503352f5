package telemetry;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kept request: everything but its body is in its name, {@code <epoch millis>-<pid>-<number>.<signal>.<items>.otlp}, and
 * while somebody sends it, {@code .claim-<host>-<pid>-<start millis>} after that. Names sort by age.
 */
record SpoolFile(Path path, String name, Instant time, Signal signal, int items, Optional<Owner> claim) {
    private static final Pattern NAME = Pattern.compile(
            "((\\d{13})-\\d+-\\d+\\.(traces|metrics|logs)\\.(\\d{1,9})\\.otlp)(\\.claim-([0-9a-z]+)-(\\d+)-(\\d+))?");

    /** The process that made a claim. */
    record Owner(String host, long pid, long startMillis) {
        private static final String HERE = Integer.toString(Host.name().orElse("").hashCode() & 0x7fffffff, 36);
        private static final Duration FOREIGN_CLAIM = Duration.ofHours(1);
        /** The clock that process start times are computed from may be set meanwhile. */
        private static final long CLOCK_TOLERANCE_MILLIS = 5_000;

        static final Owner SELF = new Owner(HERE, ProcessHandle.current().pid(), startMillis(ProcessHandle.current()));

        /**
         * Whether nobody holds the claim any more: its process is gone, or its number was given to another one. A claim made
         * on another host (a home folder shared by containers) cannot be looked at and counts for an hour.
         */
        boolean gone(Instant claimed) {
            if (!host.equals(HERE)) {
                return claimed.plus(FOREIGN_CLAIM).isBefore(Instant.now());
            }
            return ProcessHandle.of(pid)
                    .map(process -> Math.abs(startMillis(process) - startMillis) > CLOCK_TOLERANCE_MILLIS)
                    .orElse(true);
        }

        private static long startMillis(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        }
    }

    /** The file of this path, or empty when its name is not one of the spool's. */
    static Optional<SpoolFile> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        Optional<Owner> claim = name.group(5) == null ? Optional.empty()
                : Optional.of(new Owner(name.group(6), Long.parseLong(name.group(7)), Long.parseLong(name.group(8))));
        return Optional.of(new SpoolFile(path, name.group(1), Instant.ofEpochMilli(Long.parseLong(name.group(2))),
                Signal.of(name.group(3)).orElseThrow(), Integer.parseInt(name.group(4)), claim));
    }

    static String name(Instant time, long number, Parcel parcel) {
        return String.format(Locale.ROOT, "%013d-%d-%06d.%s.%d.otlp", time.toEpochMilli(),
                ProcessHandle.current().pid(), number, parcel.signal().value(), parcel.items());
    }

    /** Where this file stands when nobody claims it. */
    Path unclaimed() {
        return path.resolveSibling(name);
    }

    /** Where it stands while this process claims it. */
    Path claimedBy(Owner owner) {
        return path.resolveSibling(name + ".claim-" + owner.host() + "-" + owner.pid() + "-" + owner.startMillis());
    }
}
