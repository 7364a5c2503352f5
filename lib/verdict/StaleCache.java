package verdict;

import agent.CheckPlace;
import agent.RunEvent;
import agent.decision.Verification;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import process.CannotStart;
import process.CommandWords;
import process.Completed;
import process.ProcessSpec;
import process.SafeRun;

/**
 * Compiled Python that stands beside the sources is run in their place, and git ignores it: a check that passes in the working
 * directory and not in the copy may pass by that alone. It is run in the working directory once more, with its cache elsewhere.
 */
final class StaleCache {
    private static final int DEEPEST = 6;
    private static final int OUTPUT = 16 * 1024;

    private StaleCache() {}

    /** Whether the check fails in the working directory too, when nothing compiled before is used. */
    static boolean decides(Examination about, List<String> words, Copy copy) throws InterruptedException {
        Path root = about.tree().root();
        if (!cached(root)) {
            return false;
        }
        String subject = CommandWords.join(words);
        about.listener().on(new RunEvent.CheckStarted(CheckPlace.TREE, "the working directory, without Python's cache", subject));
        Verification.Verdict verdict = Verification.Verdict.SKIPPED;
        Duration time = Duration.ZERO;
        try {
            Map<String, String> variables = new TreeMap<>(about.environment());
            variables.put("PYTHONPYCACHEPREFIX", copy.scratch().toString());
            Completed run = SafeRun.run(ProcessSpec.of(words, root, variables), about.bounds().atMost(about.limit()), OUTPUT);
            time = run.duration();
            verdict = run.succeeded() ? Verification.Verdict.PASS : Verification.Verdict.FAIL;
            return !run.succeeded() && !run.timedOut();
        } catch (IOException | CannotStart e) {
            return false;
        } finally {
            about.listener().on(new RunEvent.CheckEnded(CheckPlace.TREE, "the working directory, without Python's cache",
                    new Verification(Verification.Type.TESTS, verdict, subject), Optional.empty(), time));
        }
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
