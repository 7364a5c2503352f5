package functions.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the states of a working tree are kept.
 *
 * @param repository the private repository, shared by all sessions of the project; made if it is not there
 * @param session what belongs to one session alone: its index, and which states it went through
 * @param omitted folders of PA's own, which may lie inside the working directory (a home folder) and are no work
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

    /** What is omitted inside {@code root}, relative to it. */
    List<Path> omittedIn(Path root) {
        List<Path> inside = new ArrayList<>();
        omitted.stream().map(Path::toAbsolutePath).filter(path -> path.startsWith(root) && !path.equals(root))
                .forEach(path -> inside.add(root.relativize(path)));
        return inside;
    }
}
