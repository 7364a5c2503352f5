package embedded.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who else has a file open, where {@code /proc} tells. */
final class FileHolders {
    private static final Path PROC = Path.of("/proc");

    private FileHolders() {}

    /** For instance {@code the process 4711 (sqlite3)}; empty when it cannot be found out. */
    static Optional<String> of(Path file) {
        long own = ProcessHandle.current().pid();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String pid = process.getFileName().toString();
                if (!pid.equals(Long.toString(own)) && holds(process, file)) {
                    return Optional.of("the process " + pid + " (" + name(process) + ")");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Path file) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (Files.readSymbolicLink(descriptor).equals(file.toRealPath())) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return false; // of another user, or ended meanwhile
        }
        return false;
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm"), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "ended";
        }
    }
}
