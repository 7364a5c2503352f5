package functions.tree;

import contract.OwnerFiles;
import contract.Sha256;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of a directory by name, size and time of change, for use without git. No file is read, so line counts and .gitignore are
 * unknown.
 *
 * @param files relative path → size and time
 * @param complete whether all files were listed in time
 */
record FileListing(Map<String, Mark> files, boolean complete) {
    private static final String PREFIX = "files-";

    /** @param modified milliseconds since 1970 */
    record Mark(long size, long modified) {}

    static FileListing of(Path root, List<Path> omitted, Deadline deadline) throws IOException {
        Map<String, Mark> files = new TreeMap<>();
        boolean[] complete = {true};
        LinkedWorktrees worktrees = LinkedWorktrees.below(root);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                Path relative = root.relativize(folder);
                boolean skip = !folder.equals(root)
                        && (Exclusions.offLimits(relative) || Exclusions.output(folder.getFileName().toString())
                                || omitted.contains(relative) || worktrees.contains(folder));
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path relative = root.relativize(file);
                if (!Exclusions.offLimits(relative) && !Exclusions.holdsSecrets(relative)) {
                    files.put(relative.toString(), new Mark(attributes.size(), attributes.lastModifiedTime().toMillis()));
                }
                if (deadline.over()) {
                    complete[0] = false;
                    return FileVisitResult.TERMINATE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                complete[0] = false;
                return FileVisitResult.CONTINUE;
            }
        });
        return new FileListing(files, complete[0]);
    }

    static boolean isName(String state) {
        return state.startsWith(PREFIX);
    }

    /** Equal listings have equal names. */
    String name() {
        return PREFIX + Sha256.hex(text()).substring(0, 40);
    }

    void save(Path file) throws IOException {
        OwnerFiles.write(file, text(), StandardOpenOption.TRUNCATE_EXISTING);
    }

    static FileListing load(Path file) throws IOException {
        Map<String, Mark> files = new TreeMap<>();
        for (String entry : Files.readString(file).split("\0")) {
            if (!entry.isEmpty()) {
                String[] parts = entry.split(" ", 3);
                files.put(parts[2], new Mark(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
            }
        }
        return new FileListing(files, true);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        files.forEach((path, mark) -> text.append(mark.size()).append(' ').append(mark.modified()).append(' ').append(path)
                .append('\0'));
        return text.toString();
    }
}
