package functions.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ignore rules for the working directory from files that our own repository does not see: {@code .git/info/exclude} of the user's
 * repository, and the .gitignore files above a working directory inside of a repository. Of the latter, only patterns for any depth
 * are used; patterns with a path belong to another place.
 */
final class SurroundingIgnores {
    private static final long LARGEST = 1 << 20;
    private static final int MOST_LINES = 5000;

    private SurroundingIgnores() {}

    static List<String> of(Path root) {
        List<String> patterns = new ArrayList<>();
        List<Path> above = new ArrayList<>();
        for (Path folder = root; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                for (Path between : above) {
                    patterns.addAll(0, anywhere(lines(between.resolve(".gitignore"))));
                }
                List<String> own = lines(folder.resolve(".git/info/exclude"));
                patterns.addAll(0, folder.equals(root) ? own : anywhere(own));
                return patterns;
            }
            if (folder.getParent() != null) {
                above.add(folder.getParent());
            }
        }
        // Without a repository around it, files above the working directory have no meaning.
        return List.of();
    }

    private static List<String> anywhere(List<String> lines) {
        List<String> kept = new ArrayList<>();
        for (String line : lines) {
            int slash = line.indexOf('/');
            if (slash < 0 || slash == line.length() - 1) {
                kept.add(line);
            }
        }
        return kept;
    }

    private static List<String> lines(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file) || file.toFile().length() > LARGEST) {
            return List.of();
        }
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().limit(MOST_LINES).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
