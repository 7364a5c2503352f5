package functions.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The places for the states of a working tree.
 *
 * @param repository the private repository, shared by all sessions of the project; made if it is missing
 * @param session the folder of one session: its index, and the list of its states
 * @param omitted PA's own folders, which may be inside the working directory (a home folder) and are no work
 */
public record TreeStore(Path repository, Path session, List<Path> omitted) {
    public TreeStore {
        repository = repository.toAbsolutePath();
        session = session.toAbsolutePath();
        omitted = List.copyOf(omitted);
    }

    /** For a session with a repository of its own. */
    public static TreeStore alone(Path folder) {
        return new TreeStore(folder, folder, List.of());
    }

    /** The omitted folders inside {@code root}, relative to it. */
    List<Path> omittedIn(Path root) {
        List<Path> inside = new ArrayList<>();
        omitted.stream().map(Path::toAbsolutePath).filter(path -> path.startsWith(root) && !path.equals(root))
                .forEach(path -> inside.add(root.relativize(path)));
        return inside;
    }
}
