package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Interruption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runner.Ordinary;

class ShadowTreeTest {
    @TempDir
    Path folder;

    private Project project;
    private ShadowTree tree;

    @BeforeEach
    void project() throws Exception {
        Assumptions.assumeTrue(Project.available("git"), "git is not installed");
        project = new Project(folder);
        tree = project.tree();
    }

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

    private Set<String> treePaths(String state) throws Exception {
        return new GitTree(TreeStore.alone(project.store), project.root, project.options.environment()).paths(state, Project.LONG);
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
    void aPartOfARepositoryKnowsWhatIsIgnoredAbove() throws Exception {
        project.git("init -q");
        project.file(".gitignore", "*.tmp", "dist/", "/part/anchored");
        project.file("part/code", "1");
        Workspace part = new Workspace(project.root.resolve("part"));
        ShadowTree partly = new ShadowTree(part, TreeStore.alone(project.store), project.options.environment(), new Interruption());
        String before = partly.state();
        project.file("part/x.tmp", "1");
        project.file("part/dist/out", "1");
        project.file("elsewhere", "1");
        assertEquals(before, partly.state());
        project.file("part/code", "2");
        assertEquals(List.of("code"), partly.between(before, partly.state()).paths());
    }

    @Test
    void repositoriesInsideAreLookedInto() throws Exception {
        project.git("init -q");
        project.file("code", "1");
        project.file("with/commits", "1");
        project.git("-C with init -q");
        project.git("-C with add -A");
        project.git("-C with commit -qm first");
        project.file("without/commits", "1");
        project.git("-C without init -q");
        project.file("without/deeper/still", "1");
        project.git("-C without/deeper init -q");
        Files.createDirectory(project.root.resolve("empty"));
        project.git("-C empty init -q");
        Map<String, String> git = contents(project.root.resolve("with/.git"));
        String before = tree.state();
        assertEquals(Set.of("code", "with/commits", "without/commits", "without/deeper/still"), treePaths(before));
        project.file("with/commits", "2");
        project.file("without/deeper/new", "1");
        Files.delete(project.root.resolve("without/commits"));
        String after = tree.state();
        assertEquals(new Changes(List.of("with/commits", "without/deeper/new", "without/commits"), 2, 2),
                tree.between(before, after));
        assertEquals(git, contents(project.root.resolve("with/.git")));
        assertEquals(Optional.empty(), tree.limitation());
    }

    /** Agents make them to work in parallel: a whole checkout of another branch is no change of this one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linkedWorktreesBelowAreNoChangeOfTheWorkingDirectory(boolean git) throws Exception {
        if (!git) {
            tree = new ShadowTree(project.workspace(), TreeStore.alone(project.store), Map.of("PATH", "/no/such/folder"),
                    new Interruption());
        }
        project.git("init -q");
        project.file("code", "1");
        project.git("add -A");
        project.git("commit -qm first");
        project.git("worktree add -q before");
        String before = tree.state();
        project.file("before/code", "2");
        project.git("worktree add -q .claude/worktrees/feature");
        project.file(".claude/worktrees/feature/new", "1");
        assertEquals(before, tree.state());
        project.file("code", "3");
        assertEquals(List.of("code"), tree.between(before, tree.state()).paths());
    }

    @Test
    void worktreesOfAnotherRepositoryAreLookedInto_andSoAreThoseOfABareOneAroundThem() throws Exception {
        project.file("elsewhere/code", "1");
        project.git("-C elsewhere init -q");
        project.git("-C elsewhere add -A");
        project.git("-C elsewhere commit -qm first");
        project.git("clone -q --bare elsewhere .bare");
        project.file(".git", "gitdir: ./.bare");
        project.git("--git-dir=.bare worktree add -q main");
        project.git("-C elsewhere worktree add -q ../theirs");
        String before = tree.state();
        project.file("main/code", "2");
        project.file("theirs/code", "2");
        assertEquals(Set.of("main/code", "theirs/code"), Set.copyOf(tree.between(before, tree.state()).paths()));
        // From one of them its neighbours are outside, and one below it is no change of it.
        project.git("-C main worktree add -q below");
        ShadowTree inside = new ShadowTree(new Workspace(project.root.resolve("main")), TreeStore.alone(folder.resolve("inside")),
                Map.of("PATH", System.getenv("PATH")), new Interruption());
        String there = inside.state();
        project.file("main/below/code", "2");
        assertEquals(there, inside.state());
    }

    @Test
    void aFolderThatBecomesARepositoryIsStillLookedInto() throws Exception {
        project.file("lib/a", "1");
        String before = tree.state();
        project.git("-C lib init -q");
        project.file("lib/b", "1");
        assertEquals(List.of("lib/b"), tree.between(before, tree.state()).paths());
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
        assertTrue(tree.limitation().orElseThrow().startsWith("git is not installed: changes are seen by names, sizes"));
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
            Ordinary.again(ShadowTreeTest.class, "filesThatCannotBeReadAreMentioned");
            return;
        }
        Path file = project.file("unreadable", "1");
        project.file("a", "1");
        assertTrue(file.toFile().setReadable(false));
        String before = tree.state();
        assertEquals(Optional.of("changes are not seen in what cannot be read: unreadable"), tree.limitation());
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

    /** Every file with its bytes and its time, and every folder. */
    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> {
                try {
                    contents.put(folder.relativize(file).toString(), Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                            ? "folder " + Files.getLastModifiedTime(file)
                            : Files.getLastModifiedTime(file) + Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return contents;
    }
}
