package journal;

import contract.OwnerFiles;
import contract.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What PA keeps of one working directory: its sessions, and one git repository for the states of its files, which they share.
 * The folder's name is the directory's last part and a key made from its real path, so that two checkouts of one project are
 * two projects.
 *
 * @param folder what PA keeps is in it
 * @param directory the working directory; empty when the file that says so is damaged
 */
public record Project(Path folder, Optional<Path> directory) {
    static final String SESSIONS = "sessions";
    private static final int KEY_DIGITS = 12;
    private static final int LONGEST_NAME = 40;
    private static final String DIRECTORY = "directory";

    /** @param workingDirectory one that is there; links in its path make no difference */
    static Project of(Path projects, Path workingDirectory) {
        Path real = real(workingDirectory);
        Path last = real.getFileName();
        String name = (last == null ? "root" : last.toString()).replaceAll("[^A-Za-z0-9._-]", "_");
        String shortName = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return new Project(projects.resolve(shortName + "-" + key(real)), Optional.of(real));
    }

    /** A project that has a folder. */
    static Project at(Path folder) {
        return new Project(folder, SmallFile.read(folder.resolve(DIRECTORY)).map(String::strip)
                .filter(path -> path.startsWith("/")).flatMap(Project::path));
    }

    /** The git repository that its sessions share; it need not be there yet. */
    public Path tree() {
        return folder.resolve("tree");
    }

    Path session(String id) {
        return folder.resolve(SESSIONS).resolve(id);
    }

    /** Makes the folder, and notes which directory it belongs to. */
    void make() throws IOException {
        OwnerFiles.folders(folder.resolve(SESSIONS));
        if (directory.isPresent() && !at(folder).directory.equals(directory)) {
            OwnerFiles.replace(folder.resolve(DIRECTORY), directory.get() + "\n");
        }
    }

    /** The ids of its sessions: folders with a journal. */
    List<String> ids() throws IOException {
        if (!Files.isDirectory(folder.resolve(SESSIONS), LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder.resolve(SESSIONS))) {
            return all.filter(path -> Files.isRegularFile(path.resolve(SessionFolder.JOURNAL), LinkOption.NOFOLLOW_LINKS))
                    .map(path -> path.getFileName().toString()).filter(Sessions::isId).toList();
        }
    }

    /**
     * The folder that an earlier version kept in the working directory, the first time that this is asked and it is there. It is
     * left alone: a cloned repository may have brought it.
     */
    public Optional<Path> earlierFolder() {
        Optional<Path> earlier = directory.map(path -> path.resolve(".pa"))
                .filter(path -> Files.isDirectory(path.resolve("sessions"), LinkOption.NOFOLLOW_LINKS));
        Path told = folder.resolve("earlier-folder-told");
        if (earlier.isEmpty() || Files.exists(told)) {
            return Optional.empty();
        }
        try {
            OwnerFiles.replace(told, "");
        } catch (IOException e) {
            return earlier;
        }
        return earlier;
    }

    private static Path real(Path workingDirectory) {
        try {
            return workingDirectory.toRealPath();
        } catch (IOException e) {
            return workingDirectory.toAbsolutePath().normalize();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (java.nio.file.InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String key(Path real) {
        return Sha256.hex(real.toString()).substring(0, KEY_DIGITS);
    }
}
