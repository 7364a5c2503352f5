package verdict;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compiled Python that stands beside the sources is run in their place, and git ignores it: a check that passes in the working
 * directory and not in the copy may pass by that alone. It is run in the working directory once more, with its cache elsewhere.
 */
final class StaleCache {
    private static final int DEEPEST = 6;

    private StaleCache() {}

    /** Whether the check fails in the working directory too, when nothing compiled before is used. */
    static boolean decides(Examination about, List<String> words, Copy copy) throws InterruptedException {
        Path root = about.tree().root();
        if (!cached(root)) {
            return false;
        }
        CheckRunner runner = about.runner();
        Map<String, String> variables = new TreeMap<>(runner.environment());
        try {
            variables.put("PYTHONPYCACHEPREFIX", copy.scratch().toString());
        } catch (IOException e) {
            return false;
        }
        return new CheckRunner(variables, runner.limit(), runner.bounds(), runner.listener())
                .inTree(root, words, "the working directory, without Python's cache")
                .filter(run -> !run.succeeded() && !run.timedOut()).isPresent();
    }

    private static boolean cached(Path root) {
        try (Stream<Path> all = Files.find(root, DEEPEST, (path, attributes) -> attributes.isDirectory()
                && path.endsWith("__pycache__"), new FileVisitOption[0])) {
            return all.findAny().isPresent();
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }
}
