package cli.run;

import contract.Failure;
import contract.StateFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The default folder of a rehearsal: a new one in the user's state folder, kept for a week. */
final class RehearsalFolder {
    private static final Duration KEPT = Duration.ofDays(7);

    private RehearsalFolder() {}

    /** @throws Failure (self-check) when the folder cannot be made */
    static Path make(String session, Map<String, String> environment) {
        Path all = StateFolders.state(environment).resolve("rehearsals");
        try {
            Files.createDirectories(all);
            removeOld(all);
            return Files.createDirectory(all.resolve(session));
        } catch (IOException e) {
            throw Failure.selfCheck("a folder for the rehearsal cannot be made in " + all + ": " + e.getMessage(),
                    "make that folder writable, or name another with -d DIR");
        }
    }

    private static void removeOld(Path all) throws IOException {
        Instant limit = Instant.now().minus(KEPT);
        List<Path> old;
        try (Stream<Path> folders = Files.list(all)) {
            old = folders.filter(folder -> before(folder, limit)).toList();
        }
        for (Path folder : old) {
            try {
                StateFolders.remove(folder);
            } catch (IOException e) {
                // A folder that cannot be removed stays; the next rehearsal tries again.
                continue;
            }
        }
    }

    private static boolean before(Path folder, Instant limit) {
        try {
            return Files.getLastModifiedTime(folder).toInstant().isBefore(limit);
        } catch (IOException e) {
            // Another rehearsal has just removed it.
            return false;
        }
    }
}
