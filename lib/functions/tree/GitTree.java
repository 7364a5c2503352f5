package functions.tree;

import agent.Changes;
import functions.tree.Git.GitException;
import functions.tree.TreeContents.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The states of the working tree as trees of git, in a repository and an index of our own. Repositories inside the working
 * directory are looked into like any folder, its own linked worktrees are not. Large files count by size and time only.
 */
final class GitTree {
    private static final String EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
    /**
     * For a moment the index has a file of this name in each repository inside the working directory, so that git looks into it. The
     * file is never on disk.
     */
    private static final String PLACEHOLDER = ".agentproxy-placeholder";
    private static final int DEEPEST_NESTING = 20;
    private static final byte[] NO_INPUT = {};
    /** How {@code ls-files -t} marks an entry whose file is not looked at. */
    private static final String UNWATCHED = "S ";

    private final TreeStore store;
    private final Path root;
    private final Git git;
    private final TreeContents contents;
    /** Large files in the index, with mode and mark as they stand there; no mark where it is not known. */
    private final Map<String, String> large = new LinkedHashMap<>();
    private boolean largeKnown;
    private Optional<String> limitation = Optional.empty();

    GitTree(TreeStore store, Path root, Map<String, String> surroundings) {
        this.store = store;
        this.root = root;
        this.git = new Git(store, root, surroundings);
        this.contents = new TreeContents(git);
    }

    /** Makes the repository if it is not there, and writes down what is left out. */
    void open(Duration limit) throws GitException, InterruptedException {
        Path repository = store.repository();
        try {
            if (!Files.exists(repository.resolve("HEAD"))) {
                make(repository, limit);
            }
            Path info = repository.resolve("info");
            OwnerFiles.createFolders(info);
            List<String> ignored = new ArrayList<>(Exclusions.patterns());
            ignored.addAll(SurroundingIgnores.of(root));
            store.omittedIn(root).forEach(ours -> ignored.add("/" + Exclusions.literally(ours) + "/"));
            // Replaced at once, and only when it changes: another session may read it just now.
            OwnerFiles.replace(info.resolve("exclude"), String.join("\n", ignored) + "\n");
            // Files as they are: no conversion of line endings or encodings, no filter, whatever .gitattributes say.
            OwnerFiles.replace(info.resolve("attributes"), "* -text -ident -filter -working-tree-encoding !diff !eol\n");
        } catch (IOException e) {
            throw new GitException("cannot write " + repository + ": " + e.getMessage(), e);
        }
    }

    /** Made beside its place and moved there at once: another session that begins just now finds all of it or nothing. */
    private void make(Path repository, Duration limit) throws GitException, InterruptedException, IOException {
        Path making = Files.createTempDirectory(repository.getParent(), "making");
        git.init(making, limit);
        try {
            Files.move(making, repository, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another session was faster; or files of ours are there already.
            if (!Files.exists(repository.resolve("HEAD"))) {
                git.init(repository, limit);
            }
        }
    }

    /** What could not be observed at the last snapshot, if anything. */
    Optional<String> limitation() {
        return limitation;
    }

    /** The tree's id for the files as they are now. */
    String snapshot(Deadline deadline) throws GitException, InterruptedException {
        try {
            // Only this session uses its index, one command at a time: a lock is what a killed run left.
            Files.deleteIfExists(store.session().resolve("index.lock"));
        } catch (IOException e) {
            throw new GitException("cannot remove " + store.session().resolve("index.lock"), e);
        }
        findLarge(deadline);
        Gathering gathering = new Gathering(root, large.keySet());
        Set<String> paths = new LinkedHashSet<>(candidates(deadline, gathering));
        paths.addAll(large.keySet());
        paths.forEach(gathering::add);
        if (gathering.gone().length > 0) {
            git.run(deadline.left(), gathering.gone(), "update-index", "-z", "--index-info");
        }
        if (gathering.update().length > 0) {
            git.run(deadline.left(), gathering.update(), "update-index", "-z", "--add", "--remove", "--replace",
                    "--stdin");
        }
        addLarge(gathering.large(), deadline);
        limitation = gathering.limitation();
        return git.run(deadline.left(), NO_INPUT, "write-tree").line();
    }

    /** New and modified paths, those in repositories inside the working directory included. */
    private Set<String> candidates(Deadline deadline, Gathering gathering) throws GitException, InterruptedException {
        Set<String> opened = new LinkedHashSet<>();
        LinkedWorktrees worktrees = LinkedWorktrees.below(root);
        Set<String> listed = list(deadline, gathering);
        for (int depth = 0; depth < DEEPEST_NESTING; depth++) {
            ByteArrayOutputStream placeholders = new ByteArrayOutputStream();
            for (String path : listed) {
                if (path.endsWith("/") && opened.add(path) && !worktrees.contains(root.resolve(path))) {
                    NullSeparated.add(placeholders, "100644 " + EMPTY_BLOB + "\t" + path + PLACEHOLDER);
                }
            }
            if (placeholders.size() == 0) {
                break;
            }
            git.run(deadline.left(), placeholders.toByteArray(), "update-index", "-z", "--add", "--index-info");
            listed = list(deadline, gathering);
        }
        return listed;
    }

    private Set<String> list(Deadline deadline, Gathering gathering) throws GitException, InterruptedException {
        Git.Said said = git.run(deadline.left(), NO_INPUT, "ls-files", "-z", "--others", "--modified", "--exclude-standard");
        if (!said.complaints().isEmpty()) {
            gathering.complain(said.complaints());
        }
        return new LinkedHashSet<>(NullSeparated.split(said.output()));
    }

    /** Those that an earlier run of this session has put into the index. */
    private void findLarge(Deadline deadline) throws GitException, InterruptedException {
        if (!largeKnown) {
            for (String line : NullSeparated.split(git.run(deadline.left(), NO_INPUT, "ls-files", "-z", "-t").output())) {
                if (line.startsWith(UNWATCHED)) {
                    large.put(line.substring(UNWATCHED.length()), "");
                }
            }
            largeKnown = true;
        }
    }

    /**
     * Their entries are marked so that git does not look at the files: it would read each of them whole, for an entry that was not
     * made from a file says nothing about its size.
     */
    private void addLarge(Collection<String> paths, Deadline deadline) throws GitException, InterruptedException {
        large.keySet().retainAll(Set.copyOf(paths));
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        ByteArrayOutputStream unwatched = new ByteArrayOutputStream();
        for (String path : paths) {
            Path file = root.resolve(path);
            try {
                // The zero byte makes it binary, so that no lines are counted.
                String mark = "\0a large file: " + Files.size(file) + " bytes, modified " + Files.getLastModifiedTime(file) + "\n";
                String mode = Files.isExecutable(file) ? "100755 " : "100644 ";
                if (!(mode + mark).equals(large.put(path, mode + mark))) {
                    String id = git.run(deadline.left(), mark.getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin").line();
                    NullSeparated.add(entries, mode + id + "\t" + path);
                    NullSeparated.add(unwatched, path);
                }
            } catch (IOException e) {
                throw new GitException("cannot look at " + path + ": " + e.getMessage(), e);
            }
        }
        if (entries.size() > 0) {
            git.run(deadline.left(), entries.toByteArray(), "update-index", "-z", "--add", "--replace", "--index-info");
            git.run(deadline.left(), unwatched.toByteArray(), "update-index", "-z", "--skip-worktree", "--stdin");
        }
    }

    /** What changed between two trees. */
    Changes compare(String before, String after, Duration limit) throws GitException, InterruptedException {
        Git.Said said = git.run(limit, NO_INPUT, "diff-tree", "-r", "-z", "--raw", "--numstat", "--no-renames",
                "--no-ext-diff", "--no-textconv", before, after);
        return TreeDiff.parse(NullSeparated.split(said.output()));
    }

    /** The regular files in a tree, and whether they may be executed. */
    Map<String, Boolean> files(String tree, Duration limit) throws GitException, InterruptedException {
        Map<String, Boolean> files = new LinkedHashMap<>();
        contents.entries(tree, limit).forEach((path, entry) -> {
            if (entry.file()) {
                files.put(path, entry.executable());
            }
        });
        return files;
    }

    /** The content of a file in a tree. */
    byte[] content(String tree, String path, Duration limit) throws GitException, InterruptedException {
        return contents.content(tree, path, limit);
    }

    /** Reads files of a tree at once whose contents will be asked for one by one. */
    void expect(String tree, Collection<String> paths, Duration limit) throws GitException, InterruptedException {
        contents.expect(tree, paths, limit);
    }

    /**
     * A tree that is {@code tree} but for some paths, which are as in another one, or gone where they are not in that.
     *
     * @param index a file for the work, not the one of the snapshots
     */
    String compose(String tree, String other, Collection<String> paths, Path index, Duration limit)
            throws GitException, InterruptedException {
        Git apart = git.withIndex(index);
        apart.run(limit, NO_INPUT, "read-tree", tree);
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        Map<String, Entry> theirs = contents.entries(other, limit);
        for (String path : paths) {
            Entry entry = theirs.get(path);
            NullSeparated.add(entries, entry == null ? "0 " + "0".repeat(40) + "\t" + path
                    : entry.mode() + " " + entry.id() + " 0\t" + path);
        }
        apart.run(limit, entries.toByteArray(), "update-index", "-z", "--add", "--replace", "--index-info");
        return apart.run(limit, NO_INPUT, "write-tree").line();
    }

    /** A tree that is {@code tree} but for the text of one file. */
    String withText(String tree, String path, String text, Path index, Duration limit)
            throws GitException, InterruptedException {
        Git apart = git.withIndex(index);
        apart.run(limit, NO_INPUT, "read-tree", tree);
        String id = apart.run(limit, text.getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin").line();
        String mode = Optional.ofNullable(contents.entries(tree, limit).get(path)).map(Entry::mode).orElse("100644");
        apart.run(limit, (mode + " " + id + "\t" + path + "\0").getBytes(StandardCharsets.UTF_8), "update-index", "-z", "--add",
                "--index-info");
        return apart.run(limit, NO_INPUT, "write-tree").line();
    }

    /** Makes {@code folder} hold the files of {@code tree}, by writing only what differs from the last time. */
    void checkout(String tree, Path folder, Path index, Duration limit) throws GitException, InterruptedException {
        git.withIndex(index).in(folder).run(limit, NO_INPUT, "read-tree", "--reset", "-u", tree);
    }

    /** Files in {@code folder} that are in no tree and that nothing ignores: what a program left behind. */
    Set<String> strangers(Path folder, Path index, Duration limit) throws GitException, InterruptedException {
        return new LinkedHashSet<>(NullSeparated.split(git.withIndex(index).in(folder)
                .run(limit, NO_INPUT, "ls-files", "-z", "--others", "--exclude-standard").output()));
    }

    /** What the working directory holds and no state does; folders end with a slash and stand for all in them. */
    Set<String> ignored(Duration limit) throws GitException, InterruptedException {
        return new LinkedHashSet<>(NullSeparated.split(git.run(limit, NO_INPUT, "ls-files", "-z", "--others", "--ignored",
                "--exclude-standard", "--directory").output()));
    }

    /** The symbolic links in a tree, and where they point. */
    Map<String, String> links(String tree, Duration limit) throws GitException, InterruptedException {
        Map<String, String> links = new LinkedHashMap<>();
        for (Map.Entry<String, Entry> entry : contents.entries(tree, limit).entrySet()) {
            if (entry.getValue().link()) {
                links.put(entry.getKey(), "");
            }
        }
        contents.expect(tree, links.keySet(), limit);
        for (Map.Entry<String, String> link : links.entrySet()) {
            link.setValue(new String(content(tree, link.getKey(), limit), StandardCharsets.UTF_8));
        }
        return links;
    }

    /** Text files of a tree that hold a piece of text. */
    Set<String> mentioning(String tree, String text, Duration limit) throws GitException, InterruptedException {
        try {
            String prefix = tree + ":";
            return NullSeparated.split(git.run(limit, NO_INPUT, "grep", "-z", "-l", "-I", "-F", "-e", text, tree).output()).stream()
                    .map(path -> path.startsWith(prefix) ? path.substring(prefix.length()) : path)
                    .collect(java.util.stream.Collectors.toCollection(LinkedHashSet::new));
        } catch (GitException e) {
            // Exit code 1 says that there is none.
            return Set.of();
        }
    }

    /** The tree of the files of another folder. */
    String snapshotOf(Path folder, Path index, Duration limit) throws GitException, InterruptedException {
        Git apart = git.withIndex(index).in(folder);
        byte[] files = apart.run(limit, NO_INPUT, "ls-files", "-z", "--others", "--exclude-standard").output();
        apart.run(limit, files, "update-index", "-z", "--add", "--stdin");
        return apart.run(limit, NO_INPUT, "write-tree").line();
    }

    /** Where the present commit left its upstream branch; empty when there is none. */
    Optional<String> mergeBase(Path otherGit, Duration limit) throws InterruptedException {
        try {
            return Optional.of(git.of(otherGit).run(limit, NO_INPUT, "merge-base", "HEAD",
                    "HEAD@{upstream}").line());
        } catch (GitException e) {
            return Optional.empty();
        }
    }

    /** The tree of a revision of another repository, without what this one leaves out. Nothing of that one is written. */
    String adopt(Path otherGit, String revision, String prefix, Path index, Duration limit) throws GitException, InterruptedException {
        Git theirs = git.of(otherGit);
        // GIT_WORK_TREE is the working directory itself, which may be a folder of a larger repository.
        String tree = theirs.run(limit, NO_INPUT, "rev-parse", "--verify", "--quiet", "--end-of-options",
                prefix.isEmpty() ? revision + "^{tree}" : revision + ":" + prefix).line();
        try {
            Path objects = root.resolve(theirs.run(limit, NO_INPUT, "rev-parse", "--git-path", "objects").line()).toRealPath();
            Path info = Files.createDirectories(store.repository().resolve("objects/info"));
            Files.writeString(info.resolve("alternates"), objects + "\n");
        } catch (IOException e) {
            throw new GitException("cannot read the objects of " + otherGit + ": " + e.getMessage(), e);
        }
        Git apart = git.withIndex(index);
        apart.run(limit, NO_INPUT, "read-tree", tree);
        byte[] out = apart.run(limit, NO_INPUT, "ls-files", "-z", "--cached", "--ignored", "--exclude-standard").output();
        if (out.length > 0) {
            apart.run(limit, out, "update-index", "-z", "--force-remove", "--stdin");
        }
        return apart.run(limit, NO_INPUT, "write-tree").line();
    }

    /** The paths in a tree. */
    Set<String> paths(String tree, Duration limit) throws GitException, InterruptedException {
        return new LinkedHashSet<>(contents.entries(tree, limit).keySet());
    }

    /** The command that prints the difference as a patch, for who runs it with a cap. */
    process.ProcessSpec patch(String before, String after, List<String> paths) {
        List<String> command = new ArrayList<>(git.command("diff-tree", "-r", "-p", "--stat=100", "--no-renames",
                "--no-ext-diff", "--no-textconv", "--no-color", before, after, "--"));
        command.addAll(paths);
        return process.ProcessSpec.of(command, root, git.environment());
    }
}
