package codex;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import workers.WorkerProgram;

/** The real Codex, where there is one: on the PATH, or put there by install-codex.sh. */
public final class InstalledCodex {
    private InstalledCodex() {}

    /** Its file; aborts the test, with the reason, when there is none. */
    public static Path require() {
        Optional<Path> found = WorkerProgram.find("codex", System.getenv()).or(InstalledCodex::ofTestSetUp);
        Assumptions.assumeTrue(found.isPresent(), "Codex is not installed: tests/install-codex.sh installs it by npm (400 MB)");
        return found.get().toAbsolutePath();
    }

    private static Optional<Path> ofTestSetUp() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("build/codex/node_modules/.bin/codex");
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
