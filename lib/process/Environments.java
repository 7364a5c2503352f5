package process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Looks into the environments of running processes, where the system shows them: Linux, for processes of the same user. */
final class Environments {
    private static final Path PROC = Path.of("/proc");
    /** More than this is not looked at; the cookie is a variable like others, and environments are rarely over some KB. */
    private static final int LIMIT = 1 << 20;

    private Environments() {}

    /** The processes in whose environment at their start {@code text} stood; none where that cannot be seen. */
    static Set<ProcessHandle> holding(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        Set<ProcessHandle> found = new HashSet<>();
        if (!Files.exists(PROC.resolve("self/environ"))) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (contains(process.resolve("environ"), wanted)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot list " + PROC, e);
        }
        return found;
    }

    private static boolean contains(Path file, byte[] wanted) {
        byte[] environment;
        try (InputStream in = Files.newInputStream(file)) {
            environment = in.readNBytes(LIMIT);
        } catch (IOException e) {
            // Another user's, or gone in the meantime: none of ours.
            return false;
        }
        outer:
        for (int i = 0; i <= environment.length - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (environment[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
