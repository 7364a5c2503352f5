package verdict;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The user's repository around a working directory, found without asking git.
 *
 * @param folder the repository's own, {@code .git} or where its file points to
 * @param prefix the working directory's path in it; empty for its top
 */
record UserGit(Path folder, String prefix) {
    /** Of a file that names a folder. */
    private static final int LONGEST = 64 << 10;

    static Optional<UserGit> around(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            Path git = at.resolve(".git");
            if (Files.isDirectory(git) && Files.exists(git.resolve("HEAD"))) {
                return Optional.of(new UserGit(git, at.relativize(directory).toString()));
            }
            if (Files.isRegularFile(git) && git.toFile().length() <= LONGEST) {
                Path top = at;
                return pointed(git).map(folder -> new UserGit(folder, top.relativize(directory).toString()));
            }
        }
        return Optional.empty();
    }

    /** A work tree of its own, or a submodule: {@code gitdir: PATH}. */
    private static Optional<Path> pointed(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
            return text.startsWith("gitdir:") ? Optional.of(file.getParent().resolve(text.substring("gitdir:".length()).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
