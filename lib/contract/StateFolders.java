package contract;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where what outlives a run is kept, by the XDG Base Directory Specification. */
public final class StateFolders {
    private static final String NAME = "agentproxy";
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private StateFolders() {}

    /**
     * {@code $AGENTPROXY_STATE_DIR}, else {@code $XDG_STATE_HOME/agentproxy}, by default {@code ~/.local/state/agentproxy}:
     * sessions, what could not be delivered, logs.
     *
     * @throws Failure (self-check) when none of them can be told
     */
    public static Path state(Map<String, String> environment) {
        String configured = environment.getOrDefault(Variables.STATE_DIR, "");
        return configured.isEmpty() ? folder(environment, "XDG_STATE_HOME", ".local/state")
                : Path.of(configured).toAbsolutePath().normalize();
    }

    /** {@code $XDG_DATA_HOME/agentproxy}, by default {@code ~/.local/share/agentproxy}: the embedded engine's store. */
    public static Path data(Map<String, String> environment) {
        return folder(environment, "XDG_DATA_HOME", ".local/share");
    }

    /** {@code $XDG_CONFIG_HOME/agentproxy}, by default {@code ~/.config/agentproxy}: prices and the like. */
    public static Path config(Map<String, String> environment) {
        return folder(environment, "XDG_CONFIG_HOME", ".config");
    }

    /** Removes a folder with all in it, also what was made read-only; never what a link points to. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                if (!Files.isWritable(each) || !Files.isExecutable(each)) {
                    Files.setPosixFilePermissions(each, OWNER);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException e) throws IOException {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(each, OWNER);
                    remove(each);
                } else {
                    Files.delete(each);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, IOException e) throws IOException {
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Path folder(Map<String, String> environment, String variable, String fallback) {
        String configured = environment.getOrDefault(variable, "");
        // The specification: "All paths set in these environment variables must be absolute", others are ignored.
        Path base = configured.startsWith("/") ? Path.of(configured) : home(environment, variable).resolve(fallback);
        return base.resolve(NAME);
    }

    /** Without HOME, what the system's list of users says; in a container a user may be in no list. */
    private static Path home(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get("HOME")).filter(home -> home.startsWith("/"))
                .or(() -> Optional.of(System.getProperty("user.home")).filter(home -> home.startsWith("/")))
                .map(Path::of)
                .orElseThrow(() -> Failure.selfCheck("no home folder is known: HOME is not set, and this user has none",
                        "set HOME or " + variable + ", or name a folder for pa's state with --state-dir DIR or "
                                + Variables.STATE_DIR));
    }
}
