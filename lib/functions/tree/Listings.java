package functions.tree;

import agent.Changes;
import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The states of the working tree as file listings on disk, and how to compare them with git's trees.
 *
 * @param folder for the listings; it must exist before the first listing
 * @param omitted folders that are not listed, relative to {@code root}
 */
record Listings(Path root, Path folder, List<Path> omitted) {
    FileListing look(Deadline deadline) {
        try {
            FileListing listing = FileListing.of(root, omitted, deadline);
            listing.save(folder.resolve(listing.name()));
            return listing;
        } catch (IOException e) {
            throw Failure.error("cannot look at the working directory " + root + ": " + e.getMessage(), "", e);
        }
    }

    /** The changes between two listings. */
    Changes compare(String before, String after) throws IOException {
        Map<String, FileListing.Mark> then = load(before);
        Map<String, FileListing.Mark> now = load(after);
        List<String> paths = new ArrayList<>();
        now.forEach((path, mark) -> {
            if (!mark.equals(then.get(path))) {
                paths.add(path);
            }
        });
        then.keySet().stream().filter(path -> !now.containsKey(path)).forEach(paths::add);
        return new Changes(List.copyOf(paths), 0, 0);
    }

    /**
     * The changes from a git tree to a listing, when git failed in between. A tree leaves out files that .gitignore names, a listing does
     * not, so only the times of files decide.
     */
    Changes since(long time, Set<String> before, String after) throws IOException {
        Map<String, FileListing.Mark> now = load(after);
        List<String> paths = new ArrayList<>();
        now.forEach((path, mark) -> {
            if (mark.modified() >= time) {
                paths.add(path);
            }
        });
        before.stream().filter(path -> !now.containsKey(path)).forEach(paths::add);
        return new Changes(List.copyOf(paths), 0, 0);
    }

    /** The changes from a listing to a git tree, when git works again in a resumed session: the reverse of the above. */
    Changes since(String before, long time, Set<String> after) throws IOException {
        List<String> paths = new ArrayList<>();
        for (String path : after) {
            Path file = root.resolve(path);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis() >= time) {
                paths.add(path);
            }
        }
        load(before).keySet().stream().filter(path -> Files.notExists(root.resolve(path), LinkOption.NOFOLLOW_LINKS))
                .forEach(paths::add);
        return new Changes(List.copyOf(paths), 0, 0);
    }

    private Map<String, FileListing.Mark> load(String name) throws IOException {
        return FileListing.load(folder.resolve(name)).files();
    }
}
