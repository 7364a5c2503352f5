package quick;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What JBang would build for a script: the sources that {@code //SOURCES} reach from it, their dependencies and resources. A
 * file that is not listed in its manifest is left out here as it is there, so that both fail alike.
 *
 * @param texts each source with its text, by normalised absolute path
 * @param dependencies the words after {@code //DEPS}
 * @param resources where a file is to be found on the class path, and where it is now
 */
record SourceSet(Map<Path, String> texts, SortedSet<String> dependencies, Map<String, Path> resources) {
    private static final String SOURCES = "//SOURCES ";
    private static final String FILES = "//FILES ";
    private static final String DEPENDENCIES = "//DEPS ";

    /** @throws IOException when a file that is listed cannot be read */
    static SourceSet of(Path script) throws IOException {
        SourceSet set = new SourceSet(new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
        Deque<Path> open = new ArrayDeque<>(List.of(script.toAbsolutePath().normalize()));
        while (!open.isEmpty()) {
            Path source = open.pop();
            if (set.texts.containsKey(source)) {
                continue;
            }
            String text = Files.readString(source, StandardCharsets.UTF_8);
            set.texts.put(source, text);
            if (text.contains("//SOURCES") || text.contains("//DEPS") || text.contains("//FILES")) {
                for (String line : text.split("\\R")) {
                    set.directive(line, source, open);
                }
            }
        }
        return set;
    }

    private void directive(String line, Path source, Deque<Path> open) throws IOException {
        if (line.startsWith(SOURCES)) {
            for (String word : words(line, SOURCES)) {
                open.addAll(files(source.getParent(), word));
            }
        } else if (line.startsWith(DEPENDENCIES)) {
            dependencies.addAll(words(line, DEPENDENCIES));
        } else if (line.startsWith(FILES)) {
            for (String word : words(line, FILES)) {
                resource(source.getParent(), word);
            }
        }
    }

    /** {@code target=source}, or a name that is both. */
    private void resource(Path folder, String word) throws IOException {
        int equals = word.indexOf('=');
        String target = equals < 0 ? word : word.substring(0, equals);
        for (Path file : files(folder, word.substring(equals + 1))) {
            resources.put(target.isEmpty() || target.endsWith("/") ? target + file.getFileName() : target, file);
        }
    }

    private static List<String> words(String line, String directive) {
        return Stream.of(line.substring(directive.length()).strip().split("\\s+")).filter(w -> !w.isEmpty())
                .collect(Collectors.toList());
    }

    /** The file of that name, or those that match it when it is a pattern. */
    private static List<Path> files(Path folder, String name) throws IOException {
        if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
            return List.of(folder.resolve(name).normalize());
        }
        // A pattern's "**/" also means the folder itself, as in JBang.
        PathMatcher deep = FileSystems.getDefault().getPathMatcher("glob:" + name);
        PathMatcher here = FileSystems.getDefault().getPathMatcher("glob:" + name.replaceFirst("^\\*\\*/", ""));
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> deep.matches(folder.relativize(f)) || here.matches(folder.relativize(f)))
                    .map(Path::normalize).sorted().collect(Collectors.toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
