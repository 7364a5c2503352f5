package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The copy by itself: what it holds after each switch, and what it refuses. */
class CopyTest extends VerdictLab {
    private Scene scene;

    private Copy copy(String... states) throws Exception {
        return Copy.make(scene.beside().states().orElseThrow(), scene.root, scene.copies, List.of(states), System.currentTimeMillis(),
                scene.environment);
    }

    private void show(Copy copy, String state) throws Exception {
        copy.show(state, Set.copyOf(scene.beside().files(state).orElseThrow().paths()));
    }

    private static String text(Copy copy, String path) throws IOException {
        return Files.readString(copy.root().resolve(path)).strip();
    }

    @Test
    void itHoldsOneStateAfterTheOther() throws Exception {
        scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("new.txt", "new");
        String now = scene.now();
        try (Copy copy = copy(scene.before(), now)) {
            show(copy, scene.before());
            assertEquals("bad", text(copy, "a.txt"));
            assertFalse(Files.exists(copy.root().resolve("new.txt")));
            Files.writeString(copy.root().resolve("stranger.txt"), "left by a check");
            show(copy, now);
            assertEquals("good", text(copy, "a.txt"));
            assertEquals("new", text(copy, "new.txt"));
            assertFalse(Files.exists(copy.root().resolve("stranger.txt")));
            show(copy, scene.before());
            assertFalse(Files.exists(copy.root().resolve("new.txt")));
        }
        assertEquals(0, entries(scene.copies));
    }

    @Test
    void otherTextsAreThereUntilTheStateIsShownAnew() throws Exception {
        scene = fixable();
        Path secret = Files.writeString(scene.outside.resolve("secret.txt"), "outside\n");
        Files.createSymbolicLink(scene.root.resolve("link.txt"), secret);
        Files.createDirectories(scene.outside.resolve("folder"));
        Files.writeString(scene.outside.resolve("folder/b.txt"), "outside\n");
        Files.createSymbolicLink(scene.root.resolve("folder"), scene.outside.resolve("folder"));
        scene.begin();
        try (Copy copy = copy()) {
            show(copy, scene.before());
            copy.put(Map.of("a.txt", "other", "link.txt", "other", "folder/b.txt", "other", "not-there.txt", "other"));
            assertEquals("other", text(copy, "a.txt"));
            assertEquals("outside\n", Files.readString(secret), "never through a link");
            assertEquals("outside\n", Files.readString(scene.outside.resolve("folder/b.txt")), "nor through one of a folder");
            assertFalse(Files.exists(copy.root().resolve("not-there.txt")));
            show(copy, scene.before());
            assertEquals("bad", text(copy, "a.txt"));
        }
    }

    @Test
    void aCopyThatIsGoneCannotBeSwitched() throws Exception {
        scene = fixable();
        scene.begin();
        Copy copy = copy(scene.before());
        show(copy, scene.before());
        copy.close();
        Unfit unfit = assertThrows(Unfit.class, () -> show(copy, scene.before()));
        assertTrue(unfit.getMessage().startsWith("the copy cannot be switched: "), unfit.getMessage());
    }

    @Test
    void aStateThatNobodyKnewOfIsLookedThroughOnlyWhereTheCopyStandsBeside() throws Exception {
        scene = fixable();
        scene.begin();
        String clean = scene.now();
        scene.file("paths.txt", "see " + scene.root + "/a.txt");
        String leading = scene.now();
        only(scene, "sh", "git", "grep", "cp", "mkdir", "test", "cat");
        try (Copy copy = copy(scene.before())) {
            copy.admit(clean);
            assertEquals("paths.txt names the working directory by its absolute path, and this system does not let the copy stand in its "
                    + "place", assertThrows(Unfit.class, () -> copy.admit(leading)).getMessage());
            Unfit lost = assertThrows(Unfit.class, () -> copy.admit("0".repeat(40)));
            assertTrue(lost.getMessage().startsWith("the state cannot be looked through: "), lost.getMessage());
            assertEquals(copy.root(), copy.directory());
            assertEquals(List.of("a", "b"), copy.command(List.of("a", "b")));
        }
        assertThrows(Unfit.class, () -> copy(scene.before(), leading));
        assertEquals(0, entries(scene.copies), "the disk is given back");
    }

    @Test
    void whereItStandsBesideWholePathsInVariablesNameTheCopy() throws Exception {
        scene = fixable();
        scene.begin();
        only(scene, "sh", "git", "grep", "cp", "mkdir", "test", "cat");
        String root = scene.root.toString();
        try (Copy copy = copy(scene.before())) {
            String there = copy.root().toString();
            Map<String, String> were = new TreeMap<>(Map.of("A", root, "B", "x=" + root + "/bin:" + root, "C", root + "2", "D", "/y" + root,
                    "E", "$1"));
            assertEquals(Map.of("A", there, "B", "x=" + there + "/bin:" + there, "C", root + "2", "D", "/y" + root, "E", "$1"),
                    copy.environment(were));
        }
    }

    @Test
    void reportsLieBesideTheSources() throws Exception {
        scene = fixable();
        scene.begin();
        try (Copy copy = copy(scene.before())) {
            Path one = copy.scratch();
            assertTrue(Files.isDirectory(one));
            assertFalse(one.startsWith(copy.root()));
            assertFalse(one.equals(copy.scratch()), "each has its own");
        }
    }

    /** A file may look like the mark of a large one, and be none. */
    @Test
    void aLargeFileIsToldByItsMarkAndOtherFilesAreNot() throws Exception {
        scene = fixable();
        scene.file("marked.txt", "a large file: of words");
        String longMark = "\0a large file: " + "x".repeat(200);
        Files.writeString(scene.root.resolve("long.bin"), longMark);
        scene.begin();
        try (Copy copy = copy(scene.before())) {
            show(copy, scene.before());
            assertEquals("a large file: of words", text(copy, "marked.txt"));
            assertEquals(longMark, Files.readString(copy.root().resolve("long.bin")));
        }
    }

    @Test
    void whatABuildMadeIsRemovedWithASourceAndNotWhatTheStateHolds() throws Exception {
        scene = fixable();
        scene.file(".gitignore", "build/\ntarget/\nnode_modules/");
        scene.file("node_modules/pkg/dist/index.js", "installed");
        scene.file("gone.txt", "x");
        scene.begin();
        Files.delete(scene.root.resolve("gone.txt"));
        String now = scene.now();
        try (Copy copy = copy(scene.before(), now)) {
            show(copy, scene.before());
            Path made = Files.createDirectories(copy.root().resolve("a/b/c/d/build/deep")).resolve("x.class");
            Files.writeString(made, "x");
            show(copy, scene.before());
            assertTrue(Files.exists(made), "no source is gone");
            show(copy, now);
            assertFalse(Files.exists(copy.root().resolve("a/b/c/d/build")));
            assertEquals("installed", text(copy, "node_modules/pkg/dist/index.js"));
        }
    }

    private Path hollow(String name, long bytes) throws IOException {
        Path large = scene.root.resolve(name);
        try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(bytes);
        }
        return large;
    }

    @Test
    void aLargeFileIsTakenFromTheWorkingDirectoryWhileItIsTheSame() throws Exception {
        scene = fixable();
        Path large = hollow("large.bin", 5 << 20);
        scene.begin();
        try (Copy copy = copy(scene.before())) {
            show(copy, scene.before());
            assertEquals(5 << 20, Files.size(copy.root().resolve("large.bin")));
            assertEquals(Files.getLastModifiedTime(large).toMillis(),
                    Files.getLastModifiedTime(copy.root().resolve("large.bin")).toMillis());
            Files.writeString(large, "x".repeat(300));
            assertEquals("the large file large.bin changed, and its earlier content was not kept",
                    assertThrows(Unfit.class, () -> show(copy, scene.before())).getMessage());
            Files.delete(large);
            assertThrows(Unfit.class, () -> show(copy, scene.before()));
        }
    }

    @Test
    void largeFilesOfMoreThanTwoGibibytesAreNotCopied() throws Exception {
        scene = fixable();
        hollow("large.bin", (2L << 30) + 1);
        scene.begin();
        try (Copy copy = copy(scene.before())) {
            assertEquals("the large file large.bin is too large to be copied",
                    assertThrows(Unfit.class, () -> show(copy, scene.before())).getMessage());
        }
    }
}
