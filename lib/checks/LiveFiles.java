package checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The files of a folder in their present state, read again for each question: the worker may just have changed them. */
public final class LiveFiles implements FileView {
    private static final int DEEPEST = 6;
    private static final int MOST_FILES = 20_000;
    private static final long LARGEST_TEXT = 4L << 20;

    private final Path root;
    private final Predicate<String> output;

    /** @param output decides by a folder's name whether it is build output, a cache or similar */
    public LiveFiles(Path root, Predicate<String> output) {
        this.root = root;
        this.output = output;
    }

    @Override
    public boolean exists(String path) {
        try {
            return Files.isRegularFile(root.resolve(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public boolean executable(String path) {
        return exists(path) && Files.isExecutable(root.resolve(path));
    }

    @Override
    public String text(String path) {
        try {
            Path file = root.resolve(path);
            return small(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            // A file that cannot be read tells nothing about the project's tests.
            return "";
        }
    }

    /** Whether it is a regular file that is small enough to be read whole. */
    static boolean small(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST_TEXT;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public List<String> paths() {
        return named(Pattern.compile(".*"));
    }

    @Override
    public List<String> named(Pattern name) {
        List<String> found = new ArrayList<>();
        int[] seen = {0};
        try {
            Files.walkFileTree(root, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String own = folder.getFileName() == null ? "" : folder.getFileName().toString();
                    boolean skip = !folder.equals(root) && (own.startsWith(".") || output.test(own));
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && name.matcher(file.getFileName().toString()).matches()) {
                        found.add(root.relativize(file).toString());
                    }
                    return ++seen[0] > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return found;
        }
        return found;
    }
}
