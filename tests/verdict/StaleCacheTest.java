package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.CheckPlace;
import agent.RunEvent;
import agent.decision.Verification.Verdict;
import functions.tree.ShadowTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check in the working directory without what Python compiled before. The checks here are shell scripts that look at the variable. */
class StaleCacheTest extends VerdictLab {
    private static final String WHAT = "the working directory, without Python's cache";

    private Scene scene;
    private ShadowTree tree;
    private Copy copy;
    private Duration limit = Duration.ofMinutes(2);

    @BeforeEach
    void aCopy() throws Exception {
        scene = fixable();
        scene.begin();
        tree = scene.beside();
        copy = Copy.make(tree.states().orElseThrow(), scene.root, scene.copies, List.of(scene.before()),
                System.currentTimeMillis(), scene.environment);
    }

    @AfterEach
    void noCopy() {
        copy.close();
    }

    private boolean decides(String... words) throws InterruptedException {
        return StaleCache.decides(new Examination(tree, scene.copies,
                new Examination.Commands(List.of(CHECK), List.of(), false),
                new CheckRunner(scene.environment, limit, scene.bounds, scene.events::add), true, true, Set.of(), Optional.empty()),
                List.of(words), copy);
    }

    private void cache(String path) throws Exception {
        Files.createDirectories(scene.root.resolve(path));
    }

    private Verdict told() {
        assertEquals(2, scene.events.size(), scene.events.toString());
        RunEvent.CheckStarted started = (RunEvent.CheckStarted) scene.events.get(0);
        RunEvent.CheckEnded ended = (RunEvent.CheckEnded) scene.events.get(1);
        assertEquals(List.of(CheckPlace.TREE, WHAT), List.of(started.place(), started.what()));
        assertEquals(List.of(CheckPlace.TREE, WHAT), List.of(ended.place(), ended.what()));
        assertEquals(started.command(), ended.verification().subject());
        return ended.verification().verdict();
    }

    @Test
    void theCacheDecidesWhereTheCheckFailsWithoutItAndThatIsTold() throws Exception {
        cache("__pycache__");
        assertTrue(decides("sh", "-c", "test -z \"$PYTHONPYCACHEPREFIX\""));
        assertEquals(Verdict.FAIL, told());
        assertTrue(((RunEvent.CheckEnded) scene.events.get(1)).duration().compareTo(Duration.ZERO) > 0);
    }

    @Test
    void theCacheDoesNotDecideWhereTheCheckPassesWithoutIt() throws Exception {
        cache("__pycache__");
        assertFalse(decides("sh", "-c", "test -d \"$PYTHONPYCACHEPREFIX\" && grep -q bad a.txt && test -n \"$HOME\""));
        assertEquals(Verdict.PASS, told());
    }

    @ParameterizedTest
    @CsvSource({"__pycache__, true", "a/b/c/d/e/__pycache__, true", "a/b/c/d/e/f/__pycache__, false", "pycache, false"})
    void onlyAFolderOfPythonsThatIsNotTooDeepIsACache(String path, boolean asked) throws Exception {
        cache(path);
        assertEquals(asked, decides("sh", "-c", "exit 1"));
        assertEquals(asked ? 2 : 0, scene.events.size());
    }

    @Test
    void aFileOfThatNameIsNoCache() throws Exception {
        Files.createFile(scene.root.resolve("__pycache__"));
        assertFalse(decides("sh", "-c", "exit 1"));
        assertEquals(List.of(), scene.events);
    }

    @Test
    void aCheckThatIsNotOverInTimeSaysNothing() throws Exception {
        cache("__pycache__");
        limit = Duration.ofMillis(100);
        assertFalse(decides("sleep", "600"));
        assertEquals(Verdict.FAIL, told());
    }

    @Test
    void aCheckThatCannotBeStartedSaysNothingAndItsEndIsTold() throws Exception {
        cache("__pycache__");
        assertFalse(decides("no-such-program-here"));
        assertEquals(Verdict.SKIPPED, told());
        assertEquals(Duration.ZERO, ((RunEvent.CheckEnded) scene.events.get(1)).duration());
    }

    @Test
    void aWorkingDirectoryThatIsGoneHasNoCache() throws Exception {
        for (Path file : List.of(scene.root.resolve("a.txt"), scene.root.resolve("check.sh"))) {
            Files.delete(file);
        }
        Files.delete(scene.root);
        assertFalse(decides("sh", "-c", "exit 1"));
        assertEquals(List.of(), scene.events);
    }
}
