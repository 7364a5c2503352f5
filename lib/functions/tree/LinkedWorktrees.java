package functions.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds linked worktrees ({@code git worktree add}) of the working directory's own repository below it. They are complete checkouts of
 * another branch, which agents make to work in parallel. A change in one is not a change of the working directory. Other repositories
 * inside it, including submodules, are read like any folder.
 *
 * <p>Reads git's files by gitrepository-layout(5): a linked worktree's {@code .git} is a file with the path of a folder, which
 * contains a file {@code commondir}.
 *
 * @param own the repository that contains the working directory; empty without one
 */
record LinkedWorktrees(Optional<Path> own) {
    private static final String PREFIX = "gitdir:";
    private static final int MAX_BYTES = 64 << 10;
    private static final Pattern BARE = Pattern.compile("(?im)^[ \\t]*+bare[ \\t]*+=[ \\t]*+true[ \\t]*+\\r?$");

    /** @param root the working directory */
    static LinkedWorktrees below(Path root) {
        for (Path folder = root; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                boolean linked = linked(folder);
                // A bare repository with all its worktrees next to each other: there the worktrees are the work.
                return new LinkedWorktrees(gitFolder(folder).flatMap(LinkedWorktrees::common)
                        .filter(common -> linked || !BARE.matcher(text(common.resolve("config")).orElse("")).find()));
            }
        }
        return new LinkedWorktrees(Optional.empty());
    }

    /** Whether a folder is the top of such a worktree. */
    boolean contains(Path folder) {
        return own.isPresent() && linked(folder) && gitFolder(folder).flatMap(LinkedWorktrees::common).equals(own);
    }

    private static boolean linked(Path folder) {
        return Files.isRegularFile(folder.resolve(".git"))
                && gitFolder(folder).filter(git -> Files.isRegularFile(git.resolve("commondir"))).isPresent();
    }

    private static Optional<Path> gitFolder(Path folder) {
        Path git = folder.resolve(".git");
        if (Files.isDirectory(git)) {
            return Optional.of(git);
        }
        return text(git).filter(text -> text.startsWith(PREFIX)).map(text -> text.substring(PREFIX.length()).strip())
                .flatMap(named -> resolve(folder, named));
    }

    /** The repository that a worktree's own folder belongs to, by its real path. */
    private static Optional<Path> common(Path git) {
        Optional<Path> named = text(git.resolve("commondir")).map(String::strip).flatMap(text -> resolve(git, text));
        try {
            return Optional.of(named.orElse(git).toRealPath());
        } catch (IOException e) {
            // The worktree was moved away: the rest is not a worktree any more.
            return Optional.empty();
        }
    }

    private static Optional<Path> resolve(Path folder, String path) {
        try {
            return Optional.of(folder.resolve(path).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
