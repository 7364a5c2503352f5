package contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many files a process may have open. Below what the program needs for its libraries alone, Java ends somewhere in the
 * middle with a class that it cannot find; it is better said at the start.
 */
public final class OpenFiles {
    /** Libraries, sockets and files of a run, or of the embedded engine with some clients; tried with 128. */
    static final int NEEDED = 128;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LIMIT = Pattern.compile("Max open files\\s+(\\d{1,9})\\s.*");

    private OpenFiles() {}

    /** What to tell when they are too few; empty when they suffice, and where the system does not tell. */
    public static Optional<Failure> lacking() {
        try {
            return lacking(Files.readAllLines(LIMITS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Failure> lacking(List<String> limits) {
        return limits.stream().map(LIMIT::matcher).filter(Matcher::matches).map(found -> Integer.parseInt(found.group(1)))
                .filter(limit -> limit < NEEDED).findFirst().map(limit -> new Failure("this process may have " + limit
                        + " files open, and needs " + NEEDED, "raise the limit: ulimit -n 1024", ExitCode.ERROR));
    }
}
