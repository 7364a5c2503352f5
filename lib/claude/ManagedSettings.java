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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workers.WorkerJson;

/**
 * Settings that an administrator of this machine has made for Claude Code. They beat those that PA passes, so that what they
 * say about telemetry holds.
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
                            + ": Claude Code's own telemetry follows them, and its tools are rebuilt from what it says"));
                }
            }
        }
        return new ManagedSettings(Optional.empty());
    }

    /** That they decide about Claude Code's telemetry, for people; empty when they do not. */
    Optional<String> telemetryNotice() {
        return notice;
    }

    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>(List.of(folder.resolve("managed-settings.json")));
        Path more = folder.resolve("managed-settings.d");
        if (Files.isDirectory(more)) {
            try (Stream<Path> all = Files.list(more)) {
                files.addAll(all.filter(f -> f.toString().endsWith(".json")).sorted().collect(Collectors.toList()));
            } catch (IOException e) {
                // Not ours to read: what stands in it shows in the round.
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
            // As above.
            return names;
        }
        return names;
    }
}
