package functions.tree;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sorts the new and modified paths of git's list by the way they are put into its index. */
final class Gathering {
    /** A larger file is not copied into the repository, because it would take its space twice. */
    static final long LARGE = 4L << 20;

    private static final String NO_ID = "0".repeat(40);

    private final Path root;
    private final Set<String> unwatched;
    private final ByteArrayOutputStream gone = new ByteArrayOutputStream();
    private final ByteArrayOutputStream update = new ByteArrayOutputStream();
    private final List<String> large = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();
    private Optional<String> complaint = Optional.empty();

    /** @param unwatched paths in the index that git does not check */
    Gathering(Path root, Set<String> unwatched) {
        this.root = root;
        this.unwatched = Set.copyOf(unwatched);
    }

    /** For {@code update-index --index-info}: the paths to remove. */
    byte[] gone() {
        return gone.toByteArray();
    }

    /** For {@code update-index --stdin}. */
    byte[] update() {
        return update.toByteArray();
    }

    List<String> large() {
        return large;
    }

    /** Git wrote a complaint to its standard error while it made the list. */
    void complain(String said) {
        complaint = said.lines().findFirst().or(() -> complaint);
    }

    void add(String path) {
        Path file;
        try {
            file = root.resolve(path);
        } catch (InvalidPathException e) {
            unseen.add(path);
            return;
        }
        Path relative = root.relativize(file);
        if (path.endsWith("/") || Exclusions.offLimits(relative) || Exclusions.holdsSecrets(relative)) {
            return;
        }
        if (path.indexOf('\ufffd') >= 0) {
            // Not UTF-8: git would get another name than the one it listed.
            unseen.add(path);
            return;
        }
        try {
            add(path, file, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            // Either the file is gone, and git removes it. Or its folder cannot be read, and git complains and keeps the old entry.
            update(path);
        }
    }

    private void add(String path, Path file, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            update(path);
        } else if (!attributes.isRegularFile()) {
            // The file has become a folder or a pipe; git itself would not remove it.
            takeOut(path);
        } else if (!Files.isReadable(file)) {
            unseen.add(path);
        } else if (attributes.size() > LARGE) {
            large.add(path);
        } else {
            update(path);
        }
    }

    private void update(String path) {
        if (unwatched.contains(path)) {
            // Git would not change it.
            takeOut(path);
        }
        NullSeparated.add(update, path);
    }

    private void takeOut(String path) {
        NullSeparated.add(gone, "0 " + NO_ID + "\t" + path);
    }

    /** The paths that could not be observed. */
    Optional<String> limitation() {
        if (!unseen.isEmpty()) {
            return Optional.of("changes are not seen in files that cannot be read: " + unseen.get(0)
                    + (unseen.size() > 1 ? " and " + (unseen.size() - 1) + " more" : ""));
        }
        return complaint.map(said -> "changes may not be seen in places that git cannot read: " + said);
    }
}
