package layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runner.Repository;

/** The rooms below {@code lib} as files: what is in them, and what they use. */
final class Rooms {
    static final Path LIB = Repository.root().resolve("lib");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);

    /** A type named with its package in the middle of the code, as in {@code contract.Failure.usage(…)}. */
    static final Pattern QUALIFIED = Pattern.compile("(?<![\\w.])((?:[a-z]\\w*\\.)+[A-Z]\\w*)");

    static final Pattern NO_CODE = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])'", Pattern.DOTALL);

    private Rooms() {}

    /** Every folder with a manifest; a folder below a room is a wing of it. */
    static List<Path> rooms() {
        try (Stream<Path> all = Files.walk(LIB)) {
            return all.filter(p -> Files.exists(p.resolve("package-info.java"))).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The package: {@code embedded.store} for the folder {@code lib/embedded/store}. */
    static String name(Path room) {
        return LIB.relativize(room).toString().replace('/', '.');
    }

    /** The packages of the types that a file uses, by import or by a name that says its package. */
    static Set<String> used(Path file) {
        Set<String> packages = new TreeSet<>();
        String text = read(file);
        Matcher imports = IMPORT.matcher(text);
        while (imports.find()) {
            packages.add(imports.group(1));
        }
        Matcher qualified = QUALIFIED.matcher(NO_CODE.matcher(text).replaceAll(" "));
        while (qualified.find()) {
            packages.add(qualified.group(1));
        }
        return packages;
    }

    /** The room that a type is in; the longest name counts, as wings have names within names. */
    static Optional<String> roomOf(String type, Set<String> names) {
        return names.stream().filter(name -> type.matches(Pattern.quote(name) + "\\.[A-Z].*"))
                .max(Comparator.comparingInt(String::length));
    }

    static List<Path> files(Path room) {
        try (Stream<Path> all = Files.list(room)) {
            return all.filter(p -> p.toString().endsWith(".java")).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
