package functions.tree;

import checks.FileView;
import checks.LiveFiles;
import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The working directory, and the one place that turns a path from a model into a file. Such a path stays inside: {@code ..}, an
 * absolute path and a symbolic link cannot lead out, and {@code .git} and {@code .pa} are not allowed.
 *
 * <p>The answer holds only for the moment. When functions run, the worker and all its processes have ended, so none of them can replace a
 * folder by a link between the check and the opening. A hard link cannot be distinguished from a file.
 */
public final class Workspace {
    private final Path given;
    private final Path root;

    /** @throws Failure (failed self-check) when the directory does not exist */
    public Workspace(Path directory) {
        given = directory.toAbsolutePath().normalize();
        try {
            root = given.toRealPath();
        } catch (IOException e) {
            throw Failure.selfCheck("the working directory " + given + " does not exist", "choose another with -d DIR");
        }
        if (!Files.isDirectory(root)) {
            throw Failure.selfCheck("the working directory " + given + " is not a directory", "choose another with -d DIR");
        }
    }

    /** The working directory itself, absolute and without symbolic links. */
    public Path root() {
        return root;
    }

    /** The files as they are now. */
    public FileView files() {
        return new LiveFiles(root, Exclusions::output);
    }

    /** The existing file or folder of {@code path}, without symbolic links. */
    public Path existing(String path) throws Refused {
        Path inside = inside(path);
        Path real;
        try {
            real = inside.toRealPath();
        } catch (NoSuchFileException e) {
            throw new Refused(path + ": this file does not exist in the working directory", e);
        } catch (IOException e) {
            throw new Refused(path + ": cannot be followed: " + e.getClass().getSimpleName(), e);
        }
        if (!real.startsWith(root)) {
            throw new Refused(path + ": refused, it is a symbolic link out of the working directory");
        }
        checkLimits(path, root.relativize(real));
        return real;
    }

    /** A file's path in the form of users and models: relative to the working directory. */
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
            throw new Refused("refused: this is not a valid file name: " + e.getReason(), e);
        }
        Path plain = asked.normalize();
        Path relative;
        if (plain.startsWith(root)) {
            relative = root.relativize(plain);
        } else if (plain.startsWith(given)) {
            // An absolute path that begins with the user's own name for the directory.
            relative = given.relativize(plain);
        } else {
            throw new Refused(path + ": refused, it is outside of the working directory");
        }
        checkLimits(path, relative);
        // Not the normalized path: after a symbolic link, ".." means the parent of the link's target.
        return asked;
    }

    private static void checkLimits(String path, Path relative) throws Refused {
        if (Exclusions.offLimits(relative)) {
            throw new Refused(path + ": refused, PA does not read .git and .pa");
        }
    }
}
