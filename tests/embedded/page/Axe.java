package embedded.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Deque's axe-core, which finds what keeps people out; taken from npm's registry by npm itself, once. */
final class Axe {
    private static final String VERSION = "4.14.1";
    private static final Path FOLDER = Path.of("build/axe-" + VERSION);

    private Axe() {}

    /** Its text; a test without npm, or without a way to its registry, is skipped and says so. */
    static String script() throws IOException, InterruptedException {
        Path script = FOLDER.resolve("node_modules/axe-core/axe.min.js");
        if (!Files.exists(script)) {
            assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder,
                    "npm"))), "no npm on the PATH to fetch axe-core with (Debian package npm)");
            Files.createDirectories(FOLDER);
            Process npm = new ProcessBuilder("npm", "install", "--silent", "--no-save", "--ignore-scripts", "--prefix",
                    FOLDER.toString(), "axe-core@" + VERSION).redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("npm.log").toFile()).start();
            assumeTrue(npm.waitFor(2, TimeUnit.MINUTES) && npm.exitValue() == 0, "npm cannot fetch axe-core: "
                    + Files.readString(FOLDER.resolve("npm.log")));
        }
        return Files.readString(script);
    }
}
