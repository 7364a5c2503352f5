package embedded.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which process listens on a port, where Linux' {@code /proc} tells. */
final class PortOwner {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    /** Columns of those tables: the local address as {@code hex:hex}, the state, the socket's inode. */
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTENING = "0A";

    private PortOwner() {}

    /** For instance {@code grafana (pid 4711)}; empty when it cannot be found out, as for other users' processes. */
    static Optional<String> find(int port) {
        Set<String> sockets = new HashSet<>();
        for (Path table : TABLES) {
            sockets.addAll(listening(table, port));
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    return Optional.of(name(process) + " (pid " + process.getFileName() + ")");
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Set<String> listening(Path table, int port) {
        Set<String> sockets = new HashSet<>();
        try {
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > INODE && columns[STATE].equals(LISTENING)
                        && columns[LOCAL].endsWith(String.format(":%04X", port))) {
                    sockets.add("socket:[" + columns[INODE] + "]");
                }
            }
        } catch (IOException e) {
            return Set.of(); // no such table: not Linux, or no IPv6
        }
        return sockets;
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return false; // ended meanwhile, or of another user
        }
        return false;
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm"), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "a process";
        }
    }
}
