package functions.tree;

import functions.tree.Git.GitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * States of the working tree as material: composed of each other, written into another folder. The working directory and the
 * user's repository are only read. All that goes wrong is an {@link Unavailable} with the reason.
 */
public final class StateStore {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final GitTree tree;
    private final Path folder;
    private Set<String> ignored;

    /** Git could not do it; the message says why. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T of(Path index) throws GitException, InterruptedException;
    }

    StateStore(GitTree tree, Path folder) {
        this.tree = tree;
        this.folder = folder;
    }

    /** The state that is {@code state} but for some paths, which are as in {@code other}, or gone where they are not in that. */
    public String compose(String state, String other, Collection<String> paths) throws Unavailable, InterruptedException {
        return apart(index -> tree.compose(state, other, paths, index, LIMIT));
    }

    /** The state that is {@code state} but for the text of one file. */
    public String withText(String state, String path, String text) throws Unavailable, InterruptedException {
        return apart(index -> tree.withText(state, path, text, index, LIMIT));
    }

    /** Makes {@code into} hold the files of {@code state}. */
    public void write(String state, Path into, Path index) throws Unavailable, InterruptedException {
        unwrapped(() -> {
            tree.checkout(state, into, index, LIMIT);
            return true;
        });
    }

    /** Files in a folder written by {@link #write} that came there since, and that nothing ignores. */
    public Set<String> strangers(Path into, Path index) throws Unavailable, InterruptedException {
        return unwrapped(() -> tree.strangers(into, index, LIMIT));
    }

    /** What the working directory holds and no state does, as of the first time; folders end with a slash and stand for all in them. */
    public Set<String> ignored() throws Unavailable, InterruptedException {
        if (ignored == null) {
            ignored = unwrapped(() -> tree.ignored(LIMIT));
        }
        return ignored;
    }

    /** The symbolic links of a state, and where they point. */
    public Map<String, String> links(String state) throws Unavailable, InterruptedException {
        return unwrapped(() -> tree.links(state, LIMIT));
    }

    /** Text files of a state that hold a piece of text. */
    public Set<String> mentioning(String state, String text) throws Unavailable, InterruptedException {
        return unwrapped(() -> tree.mentioning(state, text, LIMIT));
    }

    /**
     * The state of a revision of the user's repository.
     *
     * @param git the repository's own folder
     * @param prefix the working directory's path in it; empty for its top
     */
    public String adopt(Path git, String revision, String prefix) throws Unavailable, InterruptedException {
        return apart(index -> tree.adopt(git, revision, prefix, index, LIMIT));
    }

    /** Where the present commit left its upstream branch; empty when there is none. */
    public Optional<String> mergeBase(Path git) throws InterruptedException {
        return tree.mergeBase(git, LIMIT);
    }

    /** The state of the files of another folder. */
    public String adopt(Path folder) throws Unavailable, InterruptedException {
        return apart(index -> tree.snapshotOf(folder, index, LIMIT));
    }

    private <T> T apart(Work<T> work) throws Unavailable, InterruptedException {
        Path index = folder.resolve("index-apart");
        // Also before: one that failed or was killed may have left its index behind.
        remove(index);
        T result = unwrapped(() -> work.of(index));
        remove(index);
        return result;
    }

    private void remove(Path index) throws Unavailable {
        try {
            Files.deleteIfExists(index);
            Files.deleteIfExists(folder.resolve("index-apart.lock"));
        } catch (IOException e) {
            throw new Unavailable("cannot remove " + index + ": " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface GitWork<T> {
        T run() throws GitException, InterruptedException;
    }

    private static <T> T unwrapped(GitWork<T> work) throws Unavailable, InterruptedException {
        try {
            return work.run();
        } catch (GitException e) {
            throw new Unavailable(e.getMessage(), e);
        }
    }
}
