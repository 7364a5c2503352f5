package functions.tree;

import agent.Changes;
import agent.Interruption;
import agent.WorkingTree;
import checks.FileView;
import contract.Failure;
import contract.OwnerFiles;
import functions.tree.Git.GitException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import process.CannotStart;
import process.Completed;
import process.SafeRun;

/**
 * Observes the working tree with git's plumbing commands on a private repository, also in folders without a repository. It neither reads
 * nor writes the user's own {@code .git}; their configuration, hooks, filters and attributes have no effect. Files named in the project's
 * .gitignore do not count, nor do build output, caches, {@code .env} files and {@code .pa}.
 *
 * <p>If git is missing, fails or takes too long, names, sizes and times of files are compared instead for the rest of the run;
 * {@link #limitation} reports it.
 *
 * <p>States and their order are kept with the session, so that it can be resumed. Sessions that run at the same time may share the
 * repository: each has an index of its own. An object of this class must not be used by several threads at once.
 */
public final class ShadowTree implements WorkingTree {
    /** The longest time for reading the tree with git. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(45);

    private static final Duration COMPARISON_LIMIT = Duration.ofSeconds(30);

    private static final long CLOCK_LAG_MILLIS = 20;

    private final Workspace workspace;
    private final TreeStore store;
    private final GitTree tree;
    private final Listings listings;
    private final StateLog log;
    private final Duration limit;
    private final Interruption interruption;
    private final Map<String, String> environment;
    private boolean opened;
    private Optional<String> withoutGit = Optional.empty();
    private boolean incomplete;

    /**
     * @param store its folders are made if they are missing, readable only by the owner
     * @param environment the source of PATH
     */
    public ShadowTree(Workspace workspace, TreeStore store, Map<String, String> environment, Interruption interruption) {
        this(workspace, store, environment, interruption, DEFAULT_LIMIT);
    }

    /** @param limit for one reading of the tree with git, and for one without */
    public ShadowTree(Workspace workspace, TreeStore store, Map<String, String> environment, Interruption interruption,
            Duration limit) {
        this.workspace = workspace;
        this.store = store;
        this.limit = limit;
        this.interruption = interruption;
        this.environment = environment;
        tree = new GitTree(store, root(), environment);
        listings = new Listings(root(), store.session(), store.omittedIn(root()));
        log = new StateLog(store.session().resolve("states"));
    }

    @Override
    public String state() throws InterruptedException {
        return Interruptible.call(interruption, this::look);
    }

    @Override
    public Changes between(String before, String after) throws InterruptedException {
        if (before.equals(after)) {
            return Changes.NONE;
        }
        return Interruptible.call(interruption, () -> compare(before, after));
    }

    /** The part that is not observed exactly, and why; empty when there is none. For the last {@link #state}. */
    @Override
    public Optional<String> limitation() {
        if (withoutGit.isPresent()) {
            return withoutGit.map(why -> why + ": changes are found by names, sizes and times of files only; lines are not"
                    + " counted" + (incomplete ? ", and not all files could be checked" : ""));
        }
        return tree.limitation();
    }

    /** The states as git trees, for composing new ones and writing them elsewhere; empty without git. */
    public Optional<StateStore> states() throws InterruptedException {
        try {
            open();
            return withoutGit.isPresent() ? Optional.empty() : Optional.of(tree.material(store.session()));
        } catch (GitException e) {
            return Optional.empty();
        }
    }

    /** When a state was first seen, in milliseconds since 1970; 0 for an unknown state. */
    public long seen(String state) {
        return log.time(state);
    }

    /** The state at the session's start, also in a resumed session; empty before the first snapshot. */
    public Optional<String> first() {
        return log.first();
    }

    /** The working directory. */
    public Path root() {
        return workspace.root();
    }

    /** The present files. */
    public FileView liveFiles() {
        return workspace.files();
    }

    /** The files at the session's start; without git, those present files that have not changed since. */
    public FileView filesAtStart() throws InterruptedException {
        Optional<String> first = log.first();
        if (first.isEmpty()) {
            return liveFiles();
        }
        Optional<FileView> kept = files(first.get());
        return kept.isPresent() ? kept.get()
                : new UnchangedFiles(liveFiles(), Set.copyOf(between(first.get(), state()).paths()));
    }

    /** The files of a state; empty for a state without git. */
    public Optional<FileView> files(String state) throws InterruptedException {
        if (FileListing.isName(state)) {
            return Optional.empty();
        }
        try {
            open();
            return Optional.of(new StateFiles(tree.contents().files(state, COMPARISON_LIMIT), path -> content(state, path),
                    paths -> readAhead(state, paths), liveFiles()));
        } catch (GitException e) {
            return Optional.empty();
        }
    }

    private String content(String state, String path) {
        try {
            return new String(tree.contents().content(state, path, COMPARISON_LIMIT), StandardCharsets.UTF_8);
        } catch (GitException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private void readAhead(String state, Collection<String> paths) {
        try {
            tree.contents().expect(state, paths, COMPARISON_LIMIT);
        } catch (GitException e) {
            // Then each file is read by itself, and the error shows there.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The difference as a patch of limited length.
     *
     * @param paths only these, relative; all when empty
     * @return empty when there is no patch, because a state was made without git or git fails now
     */
    public Optional<String> patch(String before, String after, List<String> paths, int cap) throws InterruptedException {
        if (FileListing.isName(before) || FileListing.isName(after)) {
            return Optional.empty();
        }
        try {
            Completed run = Interruptible.call(interruption,
                    () -> SafeRun.run(tree.patch(before, after, paths), COMPARISON_LIMIT, cap));
            return run.succeeded() ? Optional.of(run.output()) : Optional.empty();
        } catch (CannotStart e) {
            return Optional.empty();
        }
    }

    private String look() throws InterruptedException {
        // The clock for file times is some milliseconds late.
        long begun = System.currentTimeMillis() - CLOCK_LAG_MILLIS;
        String state = withoutGit.isEmpty() ? withGit() : byListing();
        log.add(state, begun);
        return state;
    }

    private String withGit() throws InterruptedException {
        try {
            open();
            return tree.snapshot(Deadline.in(limit));
        } catch (GitException e) {
            withoutGit = Optional.of(process.Programs.find("git", root(), environment).isPresent()
                    ? e.getMessage() : "git is not installed");
            return byListing();
        }
    }

    private void open() throws GitException, InterruptedException {
        if (!opened) {
            createStore();
            tree.open(limit);
            opened = true;
        }
    }

    private void createStore() {
        try {
            OwnerFiles.folders(store.repository());
            OwnerFiles.folders(store.session());
        } catch (IOException e) {
            throw Failure.error("cannot make " + store.repository() + ": " + e.getMessage(), "is the disk full, or read-only?", e);
        }
    }

    private String byListing() {
        createStore();
        FileListing listing = listings.look(Deadline.in(limit));
        incomplete = !listing.complete();
        return listing.name();
    }

    private Changes compare(String before, String after) throws InterruptedException {
        try {
            if (FileListing.isName(before) && FileListing.isName(after)) {
                return listings.compare(before, after);
            }
            open();
            if (FileListing.isName(after)) {
                return listings.since(log.time(before), paths(before), after);
            }
            return FileListing.isName(before)
                    ? listings.since(before, log.time(before), paths(after))
                    : tree.compare(before, after, COMPARISON_LIMIT);
        } catch (GitException | IOException e) {
            throw Failure.error("cannot compare the working tree's states: " + e.getMessage(), "", e);
        }
    }

    private Set<String> paths(String state) throws GitException, InterruptedException {
        return tree.contents().entries(state, COMPARISON_LIMIT).keySet();
    }
}
