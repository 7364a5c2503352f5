package functions.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Interruption;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a change, and that the user's own git state stays theirs. */
class ShadowTreeTest extends ShadowTreeLab {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changesAreExactInGitFoldersAndOthers(boolean git) throws Exception {
        if (git) {
            project.git("init -q");
        }
        project.file("changed", "one", "two", "three");
        project.file("deleted", "x", "y");
        project.file("same", "z");
        if (git) {
            project.git("add -A");
            project.git("commit -qm first");
        }
        String before = tree.state();
        assertEquals(before, tree.state());
        assertEquals(Changes.NONE, tree.between(before, before));
        project.file("changed", "one", "2", "three", "four");
        project.file("new/file with ü and space", "1", "2");
        Files.delete(project.root.resolve("deleted"));
        String after = tree.state();
        assertNotEquals(before, after);
        assertEquals(new Changes(List.of("changed", "new/file with ü and space", "deleted"), 4, 3),
                tree.between(before, after));
        assertEquals(new Changes(List.of("changed", "deleted", "new/file with ü and space"), 3, 4),
                tree.between(after, before));
        assertEquals(Optional.empty(), tree.limitation());
    }

    @Test
    void aStateThatComesBackHasTheSameName() throws Exception {
        project.file("a", "1");
        String first = tree.state();
        project.file("a", "2");
        String second = tree.state();
        project.file("a", "1");
        Files.setLastModifiedTime(project.root.resolve("a"), FileTime.from(Instant.now().plusSeconds(100)));
        assertEquals(first, tree.state());
        assertNotEquals(first, second);
    }

    @Test
    void aChangeOfTheSameSizeInTheSameMomentIsSeen() throws Exception {
        Path file = project.file("a", "1");
        FileTime time = Files.getLastModifiedTime(file);
        String before = tree.state();
        project.file("a", "2");
        Files.setLastModifiedTime(file, time);
        assertEquals(List.of("a"), tree.between(before, tree.state()).paths());
    }

    @Test
    void defect15_theUsersGitStateIsNotTouched() throws Exception {
        project.git("init -q");
        project.file("committed", "1");
        project.file("staged", "1");
        project.git("add -A");
        project.git("commit -qm first");
        project.file("staged", "2");
        project.git("add staged");
        project.file("untracked", "1");
        project.file(".env", "KEY=CANARY");
        project.git("status");
        Map<String, String> before = contents(project.root.resolve(".git"));
        String first = tree.state();
        project.file("committed", "2");
        project.file("untracked", "2");
        String second = tree.state();
        assertEquals(List.of("committed", "untracked"), tree.between(first, second).paths());
        tree.patch(first, second, List.of(), 10_000);
        assertEquals(before, contents(project.root.resolve(".git")));
        assertFalse(Files.exists(project.root.resolve(".pa")), "nothing is left in the working directory");
    }

    @Test
    void defect15_noSecretIsCommittedAnywhereAndTheStoreIsForTheOwnerOnly() throws Exception {
        project.file(".env", "KEY=CANARY");
        project.file("sub/.env.local", "KEY=CANARY");
        project.file(".gitignore", "!.env", "!.env.local");
        project.file("code", "x = 1");
        String state = tree.state();
        project.file(".env", "KEY=CANARY2");
        assertEquals(state, tree.state(), ".env does not count, whatever .gitignore says");
        assertEquals(List.of(".gitignore", "code"), List.copyOf(treePaths(state)));
        try (Stream<Path> files = Files.walk(project.store)) {
            for (Path file : files.toList()) {
                String content = Files.isDirectory(file) ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains("CANARY"), file.toString());
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                boolean inside = file.startsWith(project.store.resolve("objects")) && Files.isDirectory(file)
                        || file.endsWith("refs") || file.startsWith(project.store.resolve("refs"))
                        || file.startsWith(project.store.resolve("info")) || file.endsWith("branches");
                assertTrue(inside || permissions.stream().allMatch(p -> p.name().startsWith("OWNER")),
                        file + " " + permissions);
            }
        }
        assertEquals(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE), Files.getPosixFilePermissions(project.store));
    }

    @Test
    void whatIsIgnoredAndWhatToolsFillDoesNotCount() throws Exception {
        project.git("init -q");
        Files.writeString(project.root.resolve(".git/info/exclude"), "/only-mine\n");
        project.file(".gitignore", "*.log", "!kept.log", "/anchored", "!/build/");
        project.file("code", "1");
        String before = tree.state();
        for (String path : List.of("a.log", "sub/b.log", "anchored", "only-mine", "node_modules/x/index.js",
                "target/a.class", ".venv/bin/python", "sub/__pycache__/a.pyc", ".pa/sessions/1/journal.jsonl", ".env", "x.pyc")) {
            project.file(path, "x");
        }
        assertEquals(before, tree.state());
        for (String path : List.of("build/brought-back", "kept.log", "sub/anchored", ".env.example", "target.txt")) {
            project.file(path, "x");
        }
        assertEquals(List.of(".env.example", "build/brought-back", "kept.log", "sub/anchored", "target.txt"),
                tree.between(before, tree.state()).paths());
    }

    @Test
    void filesFoldersLinksAndPipesMayTakeEachOthersPlace() throws Exception {
        project.file("one", "1");
        project.file("two/file", "1");
        project.file("three", "1");
        project.file("four", "1");
        Files.createSymbolicLink(project.root.resolve("link"), Path.of("one"));
        String before = tree.state();
        Files.delete(project.root.resolve("one"));
        project.file("one/now/a/folder", "1");
        Files.delete(project.root.resolve("two/file"));
        Files.delete(project.root.resolve("two"));
        project.file("two", "1");
        Files.delete(project.root.resolve("three"));
        assertEquals(0, new ProcessBuilder("mkfifo", project.root.resolve("three").toString()).start().waitFor());
        Files.delete(project.root.resolve("four"));
        Files.createDirectory(project.root.resolve("four"));
        Files.delete(project.root.resolve("link"));
        Files.createSymbolicLink(project.root.resolve("link"), Path.of("two"));
        String after = tree.state();
        assertEquals(List.of("link", "one/now/a/folder", "two", "four", "one", "three", "two/file"),
                tree.between(before, after).paths());
        assertEquals(after, tree.state());
    }

    @Test
    void nothingThatTheProjectNamesIsExecuted() throws Exception {
        Path canary = folder.resolve("executed");
        String run = "touch " + canary;
        project.git("init -q");
        for (String setting : List.of("filter.evil.clean", "filter.evil.smudge", "diff.evil.command", "diff.evil.textconv",
                "core.fsmonitor", "diff.external", "core.pager", "core.sshCommand")) {
            project.git("config " + setting + " '" + run + "'");
        }
        Path home = Files.createDirectories(folder.resolve("config/git"));
        Files.writeString(home.resolve("config"),
                "[filter \"evil\"]\n clean = " + run + "\n[core]\n fsmonitor = " + run + "\n");
        Files.writeString(folder.resolve(".gitconfig"), "[filter \"evil\"]\n clean = " + run + "\n");
        project.file(".gitattributes", "* filter=evil diff=evil text=auto eol=crlf ident");
        Files.createDirectories(project.root.resolve(".git/hooks"));
        for (String hook : List.of("pre-commit", "post-index-change", "post-checkout", "reference-transaction")) {
            project.program(".git/hooks/" + hook, "#!/bin/sh", run);
        }
        project.file("a", "1", "$Id$");
        String before = tree.state();
        project.file("a", "2", "$Id$");
        String after = tree.state();
        assertTrue(tree.patch(before, after, List.of(), 10_000).orElseThrow().contains("-1\n+2\n"));
        assertFalse(Files.exists(canary));
    }

    @Test
    void lineEndingsAreAChange() throws Exception {
        project.file(".gitattributes", "* text=auto");
        Files.writeString(project.root.resolve("a"), "1\n2\n");
        String before = tree.state();
        Files.writeString(project.root.resolve("a"), "1\r\n2\r\n");
        assertEquals(new Changes(List.of("a"), 2, 2), tree.between(before, tree.state()));
    }

    @Test
    void aLargeFileIsNotReadAndWhatBecomesOfItIsSeen() throws Exception {
        Path large = project.root.resolve("large");
        // Git takes a size of 2^40 for none and would read all of it, for hours.
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        String before = tree.state();
        assertEquals(before, tree.state());
        assertEquals(Optional.empty(), tree.limitation(), "git answered in time");
        ShadowTree resumed = project.tree();
        assertEquals(before, resumed.state());
        Files.writeString(large, "small\n");
        String small = resumed.state();
        assertEquals(List.of("large"), resumed.between(before, small).paths());
        Files.writeString(large, "other\n");
        assertEquals(List.of("large"), resumed.between(small, resumed.state()).paths());
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(Gathering.LARGE + 1);
        }
        String again = resumed.state();
        Files.delete(large);
        assertEquals(List.of("large"), resumed.between(again, resumed.state()).paths());
    }

    @Test
    void binaryAndLargeFilesCountWithoutLines() throws Exception {
        Files.write(project.root.resolve("binary"), new byte[] {0, 1, 2});
        Files.write(project.root.resolve("large"), new byte[(int) Gathering.LARGE + 1]);
        String before = tree.state();
        assertEquals(before, tree.state());
        Files.write(project.root.resolve("binary"), new byte[] {0, 1, 3});
        Files.write(project.root.resolve("large"), new byte[(int) Gathering.LARGE + 2]);
        assertEquals(new Changes(List.of("binary", "large"), 0, 0), tree.between(before, tree.state()));
        Files.delete(project.root.resolve("large"));
        assertEquals(List.of("binary", "large"), tree.between(before, tree.state()).paths());
        try (Stream<Path> files = Files.walk(project.store)) {
            assertTrue(files.mapToLong(file -> file.toFile().length()).sum() < Gathering.LARGE, "no copy of the large file");
        }
    }

    @Test
    void theUsersEnvironmentOfGitIsNotPassedOn() throws Exception {
        Map<String, String> environment = new TreeMap<>(project.options.environment());
        environment.put("GIT_DIR", folder.resolve("elsewhere").toString());
        environment.put("GIT_INDEX_FILE", folder.resolve("elsewhere").toString());
        environment.put("GIT_EXTERNAL_DIFF", "touch " + folder.resolve("executed"));
        tree = new ShadowTree(project.workspace(), TreeStore.alone(project.store), environment, new Interruption());
        project.file("a", "1");
        String before = tree.state();
        project.file("a", "2");
        assertTrue(tree.patch(before, tree.state(), List.of(), 10_000).orElseThrow().contains("+2"));
        assertEquals(Optional.empty(), tree.limitation());
        assertFalse(Files.exists(folder.resolve("executed")) || Files.exists(folder.resolve("elsewhere")));
    }
}
