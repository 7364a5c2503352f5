package verdict;

import functions.tree.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for what leads from a copy back into the live tree: a check there would see the new files as the old ones. */
final class LeadsBack {
    private static final int DEEPEST = 8;
    private static final long LARGEST = 64 * 1024;

    private LeadsBack() {}

    /** The first thing that leads back, for people; empty when nothing was found. */
    static Optional<String> find(StateStore states, List<String> trees, Path live, Path copy, List<String> installed,
            Map<String, String> environment) throws StateStore.Unavailable, InterruptedException {
        for (String tree : trees) {
            Set<String> mentioning = states.mentioning(tree, live.toString() + "/");
            if (!mentioning.isEmpty()) {
                return Optional.of(mentioning.iterator().next() + " names the working directory by its absolute path");
            }
            for (Map.Entry<String, String> link : states.links(tree).entrySet()) {
                if (Path.of(link.getValue()).isAbsolute() && Path.of(link.getValue()).normalize().startsWith(live)) {
                    return Optional.of("the link " + link.getKey() + " names the working directory by its absolute path");
                }
            }
        }
        try {
            for (String path : installed) {
                Optional<String> found = inside(copy.resolve(path), live);
                if (found.isPresent()) {
                    return found.map(what -> path + ": " + what + " leads into the working directory");
                }
            }
            for (Path site : sitePackages(environment)) {
                Optional<String> found = inside(site, live);
                if (found.isPresent()) {
                    return found.map(what -> "the editable installation " + what + " leads into the working directory");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return Optional.of("what is installed cannot be looked through: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Optional<String> inside(Path folder, Path live) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
            return all.filter(file -> leads(file, live)).map(file -> file.getFileName().toString()).findFirst();
        }
    }

    private static boolean leads(Path file, Path live) {
        try {
            String name = file.getFileName().toString();
            if (Files.isSymbolicLink(file)) {
                Path target = Files.readSymbolicLink(file);
                return target.isAbsolute() && target.normalize().startsWith(live);
            }
            boolean looked = name.endsWith(".pth") || name.endsWith(".egg-link") || name.startsWith("__editable__");
            return looked && Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    && new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(live.toString());
        } catch (IOException e) {
            return false;
        }
    }

    /** Where Python finds what is installed for this user, without asking Python. */
    private static List<Path> sitePackages(Map<String, String> environment) throws IOException {
        String home = environment.getOrDefault("HOME", "");
        Path library = Path.of(home.isEmpty() ? "/nonexistent" : home, ".local", "lib");
        if (!Files.isDirectory(library)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.walk(library, 2, FileVisitOption.FOLLOW_LINKS)) {
            return versions.filter(path -> path.endsWith("site-packages")).toList();
        }
    }
}
