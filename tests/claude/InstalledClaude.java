package claude;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The real Claude Code, where there is one: named by CLAUDE_BIN, on the PATH, or put there by install-claude.sh. */
public final class InstalledClaude {
    private InstalledClaude() {}

    /** Its file; aborts the test, with the reason, when there is none. */
    public static Path require() {
        Optional<Path> found = ClaudeProgram.find(System.getenv()).or(InstalledClaude::ofTestSetUp);
        Assumptions.assumeTrue(found.isPresent(),
                "Claude Code is not installed: tests/install-claude.sh installs it by npm");
        return found.get().toAbsolutePath();
    }

    private static Optional<Path> ofTestSetUp() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("build/claude/node_modules/.bin/claude");
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
