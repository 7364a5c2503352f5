package journal;

import contract.Failure;
import contract.OwnerFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Lets a session go on in another directory than the one that it began in: a project that was moved comes along with all its
 * sessions, from one that is still there only the session itself is taken.
 */
public record Takeover(StateHome home) {
    /**
     * Moves what belongs to the session to the project of {@code directory}.
     *
     * @return what was done, for a person
     * @throws Failure when a session that has to be moved is in use, or the state folder cannot be written
     */
    public String take(SessionSummary session, Path directory) {
        Project old = Project.at(session.folder().getParent().getParent());
        Project target = home.project(directory);
        String from = session.directory().map(Path::toString).orElse("a directory that is not known any more");
        try {
            boolean moved = old.directory().filter(Files::exists).isEmpty();
            if (moved && Files.notExists(target.folder(), LinkOption.NOFOLLOW_LINKS)) {
                return whole(old, target, from, directory);
            }
            return single(old, target, session.id(), from, directory);
        } catch (IOException e) {
            throw StateHome.unwritable(target.folder(), e);
        }
    }

    private String whole(Project old, Project target, String from, Path directory) throws IOException {
        List<String> ids = old.ids();
        for (String id : ids) {
            refuseHeld(old, id);
        }
        Files.move(old.folder(), target.folder(), StandardCopyOption.ATOMIC_MOVE);
        target.make();
        for (String id : ids) {
            mark(old.session(id), target.session(id));
        }
        return "the project of " + from + " was taken over by " + directory
                + (ids.size() > 1 ? ", with all its " + ids.size() + " sessions" : "");
    }

    private String single(Project old, Project target, String id, String from, Path directory) throws IOException {
        refuseHeld(old, id);
        if (Files.exists(target.session(id), LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.error("there is a session " + id + " of " + directory + " already", "", null);
        }
        target.make();
        if (Files.isDirectory(old.tree())) {
            copy(old.tree(), target.tree());
        }
        Files.move(old.session(id), target.session(id), StandardCopyOption.ATOMIC_MOVE);
        mark(old.session(id), target.session(id));
        return "session " + id + " of " + from + " was taken over by " + directory;
    }

    /** Files of a git store never change; those that are there already are the same. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                OwnerFiles.folders(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(file));
                if (Files.notExists(copy)) {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** What was not acknowledged yet is found at its new place. */
    private void mark(Path before, Path now) throws IOException {
        Unsent unsent = home.unsent();
        for (Unsent.Run run : unsent.all()) {
            if (run.session().equals(before)) {
                unsent.add(new Unsent.Run(now, run.first(), run.endpoint(), run.started()));
                unsent.remove(run);
            }
        }
    }

    private static void refuseHeld(Project project, String id) {
        if (SessionFolder.held(project.session(id))) {
            throw SessionFolder.inUse(id);
        }
    }
}
