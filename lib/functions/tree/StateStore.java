package functions.tree;

import functions.tree.Git.GitException;
import functions.tree.TreeContents.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Composes states of the working tree from each other, and writes them into another folder. The working directory and the user's
 * repository are only read. Every problem becomes an {@link Unavailable} with the reason.
 */
public final class StateStore {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Git git;
    private final TreeContents contents;
    private final Path folder;
    private Set<String> ignored;

    /** Git failed; the message has the reason. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Makes a tree with an index of its own. */
    @FunctionalInterface
    private interface Composing {
        void with(Git apart) throws GitException, InterruptedException;
    }

    /** @param folder for the index in which states are composed; not the index of the snapshots */
    StateStore(Git git, TreeContents contents, Path folder) {
        this.git = git;
        this.contents = contents;
        this.folder = folder;
    }

    /** The state {@code state}, but with some paths as in {@code other}; a path that {@code other} does not have is removed. */
    public String compose(String state, String other, Collection<String> paths) throws Unavailable, InterruptedException {
        return composed(apart -> {
            apart.run(LIMIT, "read-tree", state);
            ByteArrayOutputStream entries = new ByteArrayOutputStream();
            Map<String, Entry> theirs = contents.entries(other, LIMIT);
            for (String path : paths) {
                Entry entry = theirs.get(path);
                NullSeparated.add(entries, entry == null ? "0 " + "0".repeat(40) + "\t" + path
                        : entry.mode() + " " + entry.id() + " 0\t" + path);
            }
            apart.run(LIMIT, entries.toByteArray(), "update-index", "-z", "--add", "--replace", "--index-info");
        });
    }

    /** The state {@code state}, but with another text in one file. */
    public String withText(String state, String path, String text) throws Unavailable, InterruptedException {
        return composed(apart -> {
            apart.run(LIMIT, "read-tree", state);
            String id = apart.run(LIMIT, text.getBytes(StandardCharsets.UTF_8), "hash-object", "-w", "--stdin").line();
            String mode = Optional.ofNullable(contents.entries(state, LIMIT).get(path)).map(Entry::mode).orElse("100644");
            apart.run(LIMIT, (mode + " " + id + "\t" + path + "\0").getBytes(StandardCharsets.UTF_8), "update-index", "-z",
                    "--add", "--index-info");
        });
    }

    /** Writes the files of {@code state} into {@code into}; files that are equal since the last time are not written again. */
    public void write(String state, Path into, Path index) throws Unavailable, InterruptedException {
        unwrapped(() -> git.withIndex(index).in(into).run(LIMIT, "read-tree", "--reset", "-u", state));
    }

    /** Files that were added to a folder after {@link #write}, and that nothing ignores. */
    public Set<String> strangers(Path into, Path index) throws Unavailable, InterruptedException {
        return unwrapped(() -> git.withIndex(index).in(into)
                .run(LIMIT, "ls-files", "-z", "--others", "--exclude-standard").paths());
    }

    /** Paths in the working directory that no state contains, found once; a folder ends with a slash and stands for all its files. */
    public Set<String> ignored() throws Unavailable, InterruptedException {
        if (ignored == null) {
            ignored = unwrapped(() -> git.run(LIMIT, "ls-files", "-z", "--others", "--ignored", "--exclude-standard",
                    "--directory").paths());
        }
        return ignored;
    }

    /** The symbolic links of a state and their targets. */
    public Map<String, String> links(String state) throws Unavailable, InterruptedException {
        return unwrapped(() -> {
            Map<String, String> links = new LinkedHashMap<>();
            contents.entries(state, LIMIT).forEach((path, entry) -> {
                if (entry.link()) {
                    links.put(path, "");
                }
            });
            contents.expect(state, links.keySet(), LIMIT);
            for (Map.Entry<String, String> link : links.entrySet()) {
                link.setValue(new String(contents.content(state, link.getKey(), LIMIT), StandardCharsets.UTF_8));
            }
            return links;
        });
    }

    /** Text files of a state that contain a text. */
    public Set<String> mentioning(String state, String text) throws InterruptedException {
        try {
            String prefix = state + ":";
            return git.run(LIMIT, "grep", "-z", "-l", "-I", "-F", "-e", text, state).paths().stream()
                    .map(path -> path.startsWith(prefix) ? path.substring(prefix.length()) : path)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (GitException e) {
            // Exit code 1 means that there is none.
            return Set.of();
        }
    }

    /**
     * The state of a revision of the user's repository, without the files that are excluded here. That repository is not written to.
     *
     * @param other the repository's own folder
     * @param prefix the working directory's path in it; empty for its top
     */
    public String adopt(Path other, String revision, String prefix) throws Unavailable, InterruptedException {
        return composed(apart -> {
            Git theirs = git.of(other);
            // GIT_WORK_TREE is the working directory itself, which may be a folder of a larger repository.
            String tree = theirs.run(LIMIT, "rev-parse", "--verify", "--quiet", "--end-of-options",
                    prefix.isEmpty() ? revision + "^{tree}" : revision + ":" + prefix).line();
            try {
                Path objects = git.workTree().resolve(theirs.run(LIMIT, "rev-parse", "--git-path", "objects").line()).toRealPath();
                Path info = Files.createDirectories(git.repository().resolve("objects/info"));
                Files.writeString(info.resolve("alternates"), objects + "\n");
            } catch (IOException e) {
                throw new GitException("cannot read the objects of " + other + ": " + e.getMessage(), e);
            }
            apart.run(LIMIT, "read-tree", tree);
            byte[] out = apart.run(LIMIT, "ls-files", "-z", "--cached", "--ignored", "--exclude-standard").output();
            if (out.length > 0) {
                apart.run(LIMIT, out, "update-index", "-z", "--force-remove", "--stdin");
            }
        });
    }

    /** The commit where the present branch left its upstream branch; empty when there is none. */
    public Optional<String> mergeBase(Path other) throws InterruptedException {
        try {
            return Optional.of(git.of(other).run(LIMIT, "merge-base", "HEAD", "HEAD@{upstream}").line());
        } catch (GitException e) {
            return Optional.empty();
        }
    }

    /** The state of the files of another folder. */
    public String adopt(Path other) throws Unavailable, InterruptedException {
        return composed(apart -> {
            Git there = apart.in(other);
            byte[] files = there.run(LIMIT, "ls-files", "-z", "--others", "--exclude-standard").output();
            there.run(LIMIT, files, "update-index", "-z", "--add", "--stdin");
        });
    }

    private String composed(Composing composing) throws Unavailable, InterruptedException {
        Path index = folder.resolve("index-apart");
        // Also before: an earlier command that failed or was killed may have left its index behind.
        remove(index);
        String tree = unwrapped(() -> {
            Git apart = git.withIndex(index);
            composing.with(apart);
            return apart.run(LIMIT, "write-tree").line();
        });
        remove(index);
        return tree;
    }

    private void remove(Path index) throws Unavailable {
        try {
            Files.deleteIfExists(index);
            Files.deleteIfExists(folder.resolve("index-apart.lock"));
        } catch (IOException e) {
            throw new Unavailable("cannot remove " + index + ": " + e.getMessage(), e);
        }
    }

    private static <T> T unwrapped(Interruptible.Work<T, GitException> work) throws Unavailable, InterruptedException {
        try {
            return work.run();
        } catch (GitException e) {
            throw new Unavailable(e.getMessage(), e);
        }
    }
}
