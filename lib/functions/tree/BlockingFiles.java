package functions.tree;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds files that would make git wait for ever. Git opens its own files without checking their type, and opening a pipe waits until a
 * program writes into it.
 */
final class BlockingFiles {
    /** In any folder of the working directory. */
    private static final Set<String> OF_FOLDERS = Set.of(".gitignore", ".gitattributes");
    /** In a repository, the user's. */
    private static final List<String> OF_REPOSITORIES = List.of("HEAD", "config", "config.worktree", "commondir", "packed-refs", "shallow",
            "index", "info/exclude", "info/attributes", "info/grafts", "objects/info/alternates");
    private static final String GIT = ".git";
    /** Folders with content only, which are many files; git reads them by names that are hashes. */
    private static final String OBJECTS = "objects";

    private BlockingFiles() {}

    /** Checks a few places, which takes no time: the top of the working directory, and the repository. */
    static Optional<Path> atTheTop(Path workTree, Path repository) {
        for (String name : OF_FOLDERS) {
            if (blocks(workTree.resolve(name))) {
                return Optional.of(workTree.resolve(name));
            }
        }
        return OF_REPOSITORIES.stream().map(repository::resolve).filter(BlockingFiles::blocks).findFirst();
    }

    /** Searches all folders until the time is over; later folders are not checked. */
    static Optional<Path> anywhere(Path workTree, Path repository, Deadline deadline) {
        Search search = new Search(deadline);
        for (Path folder : List.of(workTree, repository)) {
            try {
                search.inRepository = folder.equals(repository);
                Files.walkFileTree(folder, search);
            } catch (IOException e) {
                continue; // git cannot read this folder either
            }
        }
        return Optional.ofNullable(search.found);
    }

    private static boolean blocks(Path file) {
        try {
            return blocks(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (IOException e) {
            return false; // it does not exist
        }
    }

    private static boolean blocks(BasicFileAttributes attributes) {
        return attributes.isOther();
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final Deadline deadline;
        private boolean inRepository;
        private Path found;

        Search(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return deadline.over() ? FileVisitResult.TERMINATE
                    : folder.endsWith(OBJECTS) && isOfGit(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean read = OF_FOLDERS.contains(String.valueOf(file.getFileName())) || isOfGit(file);
            if (read && (blocks(attributes) || attributes.isSymbolicLink() && Files.exists(file) && blocks(file))) {
                found = file;
                return FileVisitResult.TERMINATE;
            }
            return deadline.over() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private boolean isOfGit(Path file) {
            if (inRepository || file.endsWith(GIT)) {
                return true;
            }
            Path folder = file.getParent();
            while (folder != null && !folder.endsWith(GIT)) {
                folder = folder.getParent();
            }
            return folder != null && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
