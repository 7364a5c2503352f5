package functions.tree;

import contract.Failure;
import contract.OwnerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The states of a session and the time when each was first seen; on disk, for a resumed session. */
final class StateLog {
    private final Path file;
    private Map<String, Long> times;

    StateLog(Path file) {
        this.file = file;
    }

    /** @param seen the start of the snapshot, in milliseconds since 1970 */
    void add(String state, long seen) {
        if (times().putIfAbsent(state, seen) == null) {
            try {
                // A line break comes first, because a killed run may have left half a line.
                OwnerFiles.write(file, "\n" + state + " " + times.get(state) + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw Failure.error("cannot write " + file + ": " + e.getMessage(), "is the disk full?", e);
            }
        }
    }

    Optional<String> first() {
        return times().keySet().stream().findFirst();
    }

    /** When the state was first seen, in milliseconds since 1970; 0 for an unknown state. */
    long time(String state) {
        return times().getOrDefault(state, 0L);
    }

    private Map<String, Long> times() {
        if (times == null) {
            times = new LinkedHashMap<>();
            if (Files.exists(file)) {
                read();
            }
        }
        return times;
    }

    private void read() {
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ");
                if (parts.length == 2 && parts[1].matches("\\d{1,18}")) {
                    times.putIfAbsent(parts[0], Long.parseLong(parts[1]));
                }
            }
        } catch (IOException e) {
            throw Failure.error("cannot read " + file + ": " + e.getMessage(), "", e);
        }
    }
}
