package functions.tree;

import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The working directory, and the one place where a path that a model gave becomes a file. Such a path stays inside: not out
 * by {@code ..}, not by an absolute path, not through a symbolic link, and not into {@code .git} or {@code .pa}.
 *
 * <p>The answer holds for the moment of asking. The worker and all that it started have ended when functions run, so nobody
 * is there to exchange a folder for a link between asking and opening. A hard link cannot be told from a file.
 */
public final class Workspace {
    private final Path given;
    private final Path root;

    /** @throws Failure (failed self-check) when there is no such directory */
    public Workspace(Path directory) {
        given = directory.toAbsolutePath().normalize();
        try {
            root = given.toRealPath();
        } catch (IOException e) {
            throw Failure.selfCheck("the working directory " + given + " is not there", "choose another with -d DIR");
        }
        if (!Files.isDirectory(root)) {
            throw Failure.selfCheck("the working directory " + given + " is no directory", "choose another with -d DIR");
        }
    }

    /** The working directory itself, absolute and without symbolic links. */
    public Path root() {
        return root;
    }

    /** The existing file or folder that {@code path} names, without symbolic links. */
    public Path existing(String path) throws Refused {
        Path inside = inside(path);
        Path real;
        try {
            real = inside.toRealPath();
        } catch (NoSuchFileException e) {
            throw new Refused(path + ": there is no such file in the working directory", e);
        } catch (IOException e) {
            throw new Refused(path + ": cannot be followed: " + e.getClass().getSimpleName(), e);
        }
        if (!real.startsWith(root)) {
            throw new Refused(path + ": refused, it is a symbolic link out of the working directory");
        }
        checkLimits(path, root.relativize(real));
        return real;
    }

    /** A file's path as people and models write it: relative to the working directory. */
    public String relative(Path file) {
        return root.relativize(file).toString();
    }

    private Path inside(String path) throws Refused {
        if (path.isBlank()) {
            throw new Refused("refused: no path was given");
        }
        Path asked;
        try {
            asked = root.resolve(path);
        } catch (InvalidPathException e) {
            throw new Refused("refused: no file can have this name: " + e.getReason(), e);
        }
        Path plain = asked.normalize();
        Path relative;
        if (plain.startsWith(root)) {
            relative = root.relativize(plain);
        } else if (plain.startsWith(given)) {
            // An absolute path by the name that the user called the directory by.
            relative = given.relativize(plain);
        } else {
            throw new Refused(path + ": refused, it is outside the working directory");
        }
        checkLimits(path, relative);
        // Not the normalised one: with a symbolic link before it, ".." means the link's target's parent.
        return asked;
    }

    private static void checkLimits(String path, Path relative) throws Refused {
        if (Exclusions.offLimits(relative)) {
            throw new Refused(path + ": refused, .git and .pa are off limits");
        }
    }
}
