package journal;

import contract.Failure;
import contract.StateFolders;
import contract.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The user's state folder: {@code projects/<name>-<key>/} for each working directory that PA worked in, {@code unsent/} for the
 * runs whose telemetry was not acknowledged. It is not in the working tree: {@code git clean} cannot take it, and a cloned
 * repository cannot bring its own.
 */
public record StateHome(Path folder) {
    static final String PROJECTS = "projects";

    public StateHome {
        folder = folder.toAbsolutePath().normalize();
    }

    /** @throws Failure (self-check) when there is no home folder and none is named */
    public static StateHome of(Map<String, String> environment) {
        return new StateHome(StateFolders.state(environment));
    }

    /** The project of a working directory; it need not have any sessions yet. */
    public Project project(Path workingDirectory) {
        return Project.of(folder.resolve(PROJECTS), workingDirectory);
    }

    /** Every project that has a folder here, in no particular order. */
    public List<Project> projects() {
        Path all = folder.resolve(PROJECTS);
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).map(Project::at).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw Failure.error("the sessions cannot be read: " + e.getMessage(), "fix the permissions of " + all, e);
        }
    }

    public Unsent unsent() {
        return new Unsent(folder);
    }

    /** Says what to do when something cannot be written here. */
    static Failure unwritable(Path file, IOException cause) {
        return new Failure("the state folder cannot be written: " + reason(file, cause),
                "make it writable, or name another with --state-dir DIR or " + Variables.STATE_DIR,
                contract.Status.FAILED_SELF_CHECK.exitCode(), cause);
    }

    /** The JDK's messages are often the path alone. */
    static String reason(Path file, IOException cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof java.nio.file.AccessDeniedException) {
            return message + ": permission denied";
        }
        if (cause instanceof java.nio.file.FileAlreadyExistsException) {
            return message + ": there is a file where a folder must be";
        }
        return message.contains("/") ? message : file + ": " + message;
    }
}
