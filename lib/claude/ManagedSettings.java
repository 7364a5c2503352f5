package claude;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import workers.WorkerJson;

/**
 * The settings of this machine's administrator for Claude Code. They win over PA's settings, so their telemetry settings are the
 * ones that count.
 */
final class ManagedSettings {
    /** Linux and WSL, then macOS (Claude Code's documentation, settings files). */
    private static final List<Path> FOLDERS =
            List.of(Path.of("/etc/claude-code"), Path.of("/Library/Application Support/ClaudeCode"));
    private static final long MAX_BYTES = 1 << 20;

    private final Optional<String> notice;

    private ManagedSettings(Optional<String> notice) {
        this.notice = notice;
    }

    static ManagedSettings ofThisMachine() {
        return in(FOLDERS);
    }

    static ManagedSettings in(List<Path> folders) {
        for (Path folder : folders) {
            for (Path file : files(folder)) {
                TreeSet<String> names = telemetry(file);
                if (!names.isEmpty()) {
                    return new ManagedSettings(Optional.of("managed settings (" + file + ") set " + String.join(", ", names)
                            + ": Claude Code's own telemetry follows them, and PA rebuilds the spans of its tools from its output"));
                }
            }
        }
        return new ManagedSettings(Optional.empty());
    }

    /** A message for the user when they set Claude Code's telemetry; otherwise empty. */
    Optional<String> telemetryNotice() {
        return notice;
    }

    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>(List.of(folder.resolve("managed-settings.json")));
        Path more = folder.resolve("managed-settings.d");
        if (Files.isDirectory(more)) {
            try (Stream<Path> all = Files.list(more)) {
                files.addAll(all.filter(f -> f.toString().endsWith(".json")).sorted().toList());
            } catch (IOException e) {
                // This user may not read the file. Its effect shows in the round.
                return files;
            }
        }
        return files;
    }

    private static TreeSet<String> telemetry(Path file) {
        TreeSet<String> names = new TreeSet<>();
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
                JsonNode env = WorkerJson.MAPPER.readTree(Files.readAllBytes(file)).path("env");
                for (Iterator<String> i = env.fieldNames(); i.hasNext();) {
                    String name = i.next();
                    if (ClaudeTelemetry.concerns(name)) {
                        names.add(name);
                    }
                }
            }
        } catch (IOException e) {
            // The same here.
            return names;
        }
        return names;
    }
}
