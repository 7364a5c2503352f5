package process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import process.CannotStart.Reason;

/** Finds the file of a program as {@code execvp} would, but in the child's own PATH, not in this JVM's. */
public final class Programs {
    /** The PATH that POSIX systems use when the variable is missing. */
    private static final String DEFAULT_PATH = "/usr/bin:/bin";

    private Programs() {}

    /**
     * The file of {@code program}.
     *
     * @param program with a slash, a path relative to {@code directory}; without one, a name to search in the PATH
     * @param environment of the child; its PATH is used
     */
    public static Optional<Path> find(String program, Path directory, Map<String, String> environment) {
        try {
            return Optional.of(require(program, directory, environment));
        } catch (CannotStart e) {
            return Optional.empty();
        }
    }

    static Path require(String program, Path directory, Map<String, String> environment) throws CannotStart {
        if (program.isEmpty()) {
            throw new CannotStart(Reason.NOT_FOUND, "the command names no program", "");
        }
        try {
            return program.indexOf('/') >= 0 ? byPath(program, directory) : byName(program, directory, environment);
        } catch (InvalidPathException e) {
            throw new CannotStart(Reason.NOT_FOUND, "no program can have this name: " + e.getMessage(), "", e);
        }
    }

    private static Path byPath(String program, Path directory) throws CannotStart {
        Path file = directory.resolve(program);
        if (!Files.exists(file)) {
            throw new CannotStart(Reason.NOT_FOUND, program + " does not exist (the file would be " + file + ")", "");
        }
        if (!executable(file)) {
            throw notExecutable(file);
        }
        return file;
    }

    private static Path byName(String program, Path directory, Map<String, String> environment) throws CannotStart {
        Path unusable = null;
        for (String folder : environment.getOrDefault("PATH", DEFAULT_PATH).split(":")) {
            // POSIX: an empty entry is the current directory.
            Path file = directory.resolve(folder).resolve(program);
            if (executable(file)) {
                return file;
            }
            if (unusable == null && Files.isRegularFile(file)) {
                unusable = file;
            }
        }
        if (unusable != null) {
            throw notExecutable(unusable);
        }
        throw new CannotStart(Reason.NOT_FOUND, program + " was not found on the PATH",
                "install " + program + ", or name it with its folder");
    }

    private static boolean executable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static CannotStart notExecutable(Path file) {
        if (Files.isDirectory(file)) {
            return new CannotStart(Reason.NOT_EXECUTABLE, file + " is a folder, not a program", "");
        }
        return new CannotStart(Reason.NOT_EXECUTABLE, file + " is not executable", "chmod +x " + file);
    }
}
