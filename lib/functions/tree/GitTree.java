package functions.tree;

import agent.Changes;
import contract.OwnerFiles;
import functions.tree.Git.GitException;
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
 * The states of the working tree as git trees, in a repository and an index of our own. Repositories inside the working directory are
 * read like any folder; its own linked worktrees are not. Large files are compared by size and time only.
 */
final class GitTree {
    private static final String EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
    /**
     * For a moment, the index contains a file of this name in each repository inside the working directory, so that git reads those
     * folders too. The file is never on disk.
     */
    private static final String PLACEHOLDER = ".agentproxy-placeholder";
    private static final int DEEPEST_NESTING = 20;
    /** The mark in {@code ls-files -t} of an entry that git does not compare with its file. */
    private static final String UNWATCHED = "S ";

    private final TreeStore store;
    private final Path root;
    private final Git git;
    private final TreeContents contents;
    /** The large files in the index, with their mode and mark there; without a mark where it is unknown. */
    private final Map<String, String> large = new LinkedHashMap<>();
    private boolean largeKnown;
    private Optional<String> limitation = Optional.empty();

    GitTree(TreeStore store, Path root, Map<String, String> surroundings) {
        this.store = store;
        this.root = root;
        this.git = Git.of(store, root, surroundings);
        this.contents = new TreeContents(git);
    }

    /** Makes the repository if it is missing, and writes its exclude rules. */
    void open(Duration limit) throws GitException, InterruptedException {
        Path repository = store.repository();
        try {
            if (!Files.exists(repository.resolve("HEAD"))) {
                make(repository, limit);
            }
            Path info = repository.resolve("info");
            OwnerFiles.folders(info);
            List<String> ignored = new ArrayList<>(Exclusions.patterns());
            ignored.addAll(SurroundingIgnores.of(root));
            store.omittedIn(root).forEach(ours -> ignored.add("/" + Exclusions.literally(ours) + "/"));
            // Replaced in one step, and only if it changes: another session may read it at the same time.
            OwnerFiles.replaceOther(info.resolve("exclude"), String.join("\n", ignored) + "\n");
            // Files are stored unchanged: no conversion of line endings or encodings and no filters, whatever .gitattributes says.
            OwnerFiles.replaceOther(info.resolve("attributes"), "* -text -ident -filter -working-tree-encoding !diff !eol\n");
        } catch (IOException e) {
            throw new GitException("cannot write " + repository + ": " + e.getMessage(), e);
        }
    }

    /** Made in another place and then moved, so that another session that starts now finds a complete repository or none. */
    private void make(Path repository, Duration limit) throws GitException, InterruptedException, IOException {
        Path making = Files.createTempDirectory(repository.getParent(), "making");
        git.init(making, limit);
        try {
            Files.move(making, repository, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another session was faster, or our files exist already.
            if (!Files.exists(repository.resolve("HEAD"))) {
                git.init(repository, limit);
            }
        }
    }

    /** The part that the last snapshot could not observe, if any. */
    Optional<String> limitation() {
        return limitation;
    }

    /** The tree's id for the files as they are now. */
    String snapshot(Deadline deadline) throws GitException, InterruptedException {
        try {
            // Only this session uses its index, one command at a time: a lock is left from a killed run.
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
        return git.run(deadline.left(), "write-tree").line();
    }

    /** New and modified paths, including those in repositories inside the working directory. */
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
        Git.Said said = git.run(deadline.left(), "ls-files", "-z", "--others", "--modified", "--exclude-standard");
        if (!said.complaints().isEmpty()) {
            gathering.complain(said.complaints());
        }
        return said.paths();
    }

    /** The large files that an earlier run of this session has put into the index. */
    private void findLarge(Deadline deadline) throws GitException, InterruptedException {
        if (!largeKnown) {
            for (String line : NullSeparated.split(git.run(deadline.left(), "ls-files", "-z", "-t").output())) {
                if (line.startsWith(UNWATCHED)) {
                    large.put(line.substring(UNWATCHED.length()), "");
                }
            }
            largeKnown = true;
        }
    }

    /**
     * Marks their entries so that git does not compare them with the files. Otherwise git would read each file completely, because an entry
     * that was not made from a file has no size.
     */
    private void addLarge(Collection<String> paths, Deadline deadline) throws GitException, InterruptedException {
        large.keySet().retainAll(Set.copyOf(paths));
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        ByteArrayOutputStream unwatched = new ByteArrayOutputStream();
        for (String path : paths) {
            Path file = root.resolve(path);
            try {
                // The zero byte makes it binary, so that git counts no lines.
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
        Git.Said said = git.run(limit, "diff-tree", "-r", "-z", "--raw", "--numstat", "--no-renames",
                "--no-ext-diff", "--no-textconv", before, after);
        return TreeDiff.parse(NullSeparated.split(said.output()));
    }

    /** What the trees hold. */
    TreeContents contents() {
        return contents;
    }

    /** The states for composing; {@code folder} is for temporary files. */
    StateStore material(Path folder) {
        return new StateStore(git, contents, folder);
    }

    /** The command that prints the difference as a patch. The caller runs it and limits its output. */
    process.ProcessSpec patch(String before, String after, List<String> paths) {
        List<String> command = new ArrayList<>(git.command("diff-tree", "-r", "-p", "--stat=100", "--no-renames",
                "--no-ext-diff", "--no-textconv", "--no-color", before, after, "--"));
        command.addAll(paths);
        return process.ProcessSpec.of(command, root, git.environment());
    }
}
