package functions.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Interruption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runner.Ordinary;

/** No git, too many files, files that cannot be read, a damaged store: it falls back and says so. */
class ShadowTreeTroubleTest extends ShadowTreeLab {
    @Test
    void aSessionThatIsResumedGoesOnWithItsStates() throws Exception {
        project.file("a", "1");
        String first = tree.state();
        project.file("a", "2");
        String second = tree.state();
        // What a killed run may leave: a lock, and half a line.
        Files.createFile(project.store.resolve("index.lock"));
        Files.writeString(project.store.resolve("states"), "0123", java.nio.file.StandardOpenOption.APPEND);
        ShadowTree resumed = project.tree();
        assertEquals(Optional.of(first), resumed.first());
        assertEquals(List.of("a"), resumed.between(first, second).paths());
        assertEquals(second, resumed.state());
        project.file("a", "3");
        String third = resumed.state();
        assertEquals(Optional.of(first), project.tree().first());
        assertEquals(List.of("a"), project.tree().between(second, third).paths());
    }

    @Test
    void withoutGitNamesSizesAndTimesAreComparedAndItSaysSo() throws Exception {
        tree = new ShadowTree(project.workspace(), TreeStore.alone(project.store), Map.of("PATH", "/no/such/folder"), new Interruption());
        project.file("a", "1");
        project.file("b", "1");
        project.file(".env", "KEY=CANARY");
        project.file("node_modules/x", "1");
        project.file(".pa/x", "1");
        String before = tree.state();
        assertEquals(before, tree.state());
        project.file("a", "longer");
        Files.delete(project.root.resolve("b"));
        project.file("c", "1");
        Thread.sleep(100);
        String after = tree.state();
        assertEquals(new Changes(List.of("a", "c", "b"), 0, 0), tree.between(before, after));
        assertEquals(Optional.empty(), tree.patch(before, after, List.of(), 1000));
        assertTrue(tree.limitation().orElseThrow().startsWith("git is not installed: changes are found by names, sizes"));
        // The same session with git again, and the other way round.
        ShadowTree withGit = project.tree();
        project.file("d", "1");
        String third = withGit.state();
        assertEquals(List.of("d"), withGit.between(after, third).paths());
        tree = new ShadowTree(project.workspace(), TreeStore.alone(project.store), Map.of("PATH", "/no/such/folder"), new Interruption());
        Files.setLastModifiedTime(project.root.resolve("d"), FileTime.from(Instant.now().plusSeconds(5)));
        Files.delete(project.root.resolve("c"));
        String fourth = tree.state();
        assertTrue(fourth.startsWith("files-"));
        // Paths of git's trees can only be had with git.
        assertTrue(withGit.between(third, fourth).paths().containsAll(List.of("d", "c")));
    }

    /** Without a look at them git waits until its limit, 45 s. */
    @ParameterizedTest
    @ValueSource(strings = {".gitignore", ".gitattributes", "some/where/.gitignore", "some/.gitattributes", "nested/.git/HEAD"})
    void aPipeInThePlaceOfAFileOfGitsIsNamedAndNotWaitedFor(String place) throws Exception {
        project.file("some/where/a", "1");
        project.file("nested/a", "1");
        Path pipe = project.root.resolve(place);
        Files.createDirectories(pipe.getParent());
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        String before = tree.state();
        if (before.startsWith("files-")) {
            assertTrue(tree.limitation().orElseThrow().startsWith("git would wait for " + pipe + ", which is a pipe"),
                    tree.limitation().toString());
        } else {
            assertEquals("nested/.git/HEAD", place, "git itself takes no notice of it");
        }
        project.file("some/where/a", "another");
        assertEquals(List.of("some/where/a"), tree.between(before, tree.state()).paths());
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "HEAD", "info/exclude", "packed-refs", "objects/info/alternates"})
    void aPipeInTheUsersRepositoryIsNamedAndNotWaitedFor(String place) throws Exception {
        Path other = Files.createDirectories(project.root.resolve(".git/info")).getParent();
        assertEquals(0, new ProcessBuilder("git", "init", "-q", project.root.toString()).start().waitFor());
        Files.createDirectories(other.resolve("objects/info"));
        Files.deleteIfExists(other.resolve(place));
        assertEquals(0, new ProcessBuilder("mkfifo", other.resolve(place).toString()).start().waitFor());
        StateStore states = tree.states().orElseThrow();
        StateStore.Unavailable refused = assertThrows(StateStore.Unavailable.class, () -> states.adopt(other, "HEAD", ""));
        assertTrue(refused.getMessage().contains("git would wait for " + other.resolve(place)), refused.getMessage());
    }

    @Test
    void aTreeThatTakesTooLongIsComparedByTimesAndItSaysSo() throws Exception {
        project.file("a", "1");
        tree = new ShadowTree(project.workspace(), TreeStore.alone(project.store), project.options.environment(), new Interruption(),
                Duration.ofNanos(1));
        String before = tree.state();
        assertTrue(before.startsWith("files-"));
        assertTrue(tree.limitation().orElseThrow().contains("git took longer than"), tree.limitation().toString());
    }

    @Test
    void filesThatCannotBeReadAreMentioned() throws Exception {
        if (Ordinary.root()) {
            Ordinary.again(ShadowTreeTroubleTest.class, "filesThatCannotBeReadAreMentioned");
            return;
        }
        Path file = project.file("unreadable", "1");
        project.file("a", "1");
        assertTrue(file.toFile().setReadable(false));
        String before = tree.state();
        assertEquals(Optional.of("changes are not seen in files that cannot be read: unreadable"), tree.limitation());
        project.file("a", "2");
        assertEquals(List.of("a"), tree.between(before, tree.state()).paths());
    }

    @Test
    void aDamagedStoreFallsBackAndSaysSo() throws Exception {
        project.file("a", "1");
        tree.state();
        Files.writeString(project.store.resolve("index"), "garbage");
        assertTrue(tree.state().startsWith("files-"));
        assertTrue(tree.limitation().orElseThrow().contains("git failed with exit code"), tree.limitation().toString());
    }

    @Test
    void manyFilesAreNoTrouble() throws Exception {
        for (int i = 0; i < 3000; i++) {
            project.file("d" + i % 30 + "/f" + i, "x" + i);
        }
        String before = tree.state();
        project.file("d3/f3", "y");
        long start = System.nanoTime();
        String after = tree.state();
        assertEquals(List.of("d3/f3"), tree.between(before, after).paths());
        assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(20)) < 0);
    }
}
