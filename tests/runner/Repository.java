package runner;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the checkout is, from wherever the tests were started in it. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            if (Files.exists(folder.resolve("jbang-catalog.json")) && Files.exists(folder.resolve("pa.java"))) {
                return folder;
            }
            folder = folder.getParent();
        }
        throw new IllegalStateException("the tests must be started inside the checkout");
    }
}
