package layout;

import static layout.Rooms.LIB;
import static layout.Rooms.files;
import static layout.Rooms.name;
import static layout.Rooms.read;
import static layout.Rooms.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import runner.Repository;

/** Nothing is lost when a program is run from a URL, and what the prose names is there. */
class ManifestTest {
    private static final Pattern SOURCE = Pattern.compile("^//SOURCES (\\S+)", Pattern.MULTILINE);

    /** Globs do not work from a URL, so a file that its room does not list would be missing there only. */
    @Test
    void everyFileIsListedInItsRoomsManifest() {
        for (Path room : rooms()) {
            Set<String> there = new TreeSet<>();
            files(room).forEach(f -> there.add(f.getFileName().toString()));
            there.remove("package-info.java");
            Set<String> listed = new TreeSet<>();
            Matcher sources = SOURCE.matcher(read(room.resolve("package-info.java")));
            while (sources.find()) {
                listed.add(sources.group(1));
            }
            listed.removeIf(file -> file.endsWith("/package-info.java"));
            assertEquals(there, listed,
                    "the files of lib/" + name(room).replace('.', '/') + " and the //SOURCES lines of its package-info.java");
        }
    }

    @Test
    void everyWingIsListedInTheManifestOfTheRoomAroundIt() {
        for (Path room : rooms()) {
            Path around = room.getParent();
            if (Files.exists(around.resolve("package-info.java"))) {
                assertTrue(read(around.resolve("package-info.java"))
                        .contains("//SOURCES " + room.getFileName() + "/package-info.java\n"), name(room));
            }
        }
    }

    /** The launcher looks only there when it decides whether a program must be built again. */
    @Test
    void whatIsBuiltLiesWhereTheLauncherLooks() throws IOException {
        Path root = Repository.root();
        Pattern named = Pattern.compile("^//(?:SOURCES|FILES) (?:\\S+=)?(\\S+)", Pattern.MULTILINE);
        List<String> wrong = new ArrayList<>();
        List<Path> scripts = new ArrayList<>(List.of(root.resolve("pa.java"), root.resolve("stack/stack.java")));
        try (Stream<Path> all = Files.walk(root.resolve("lib"))) {
            all.filter(file -> file.toString().endsWith(".java")).forEach(scripts::add);
        }
        for (Path script : scripts) {
            Matcher lines = named.matcher(read(script));
            while (lines.find()) {
                Path file = script.getParent().resolve(lines.group(1)).normalize();
                if (!file.startsWith(root.resolve("lib")) && !file.startsWith(root.resolve("stack"))) {
                    wrong.add(root.relativize(script) + " names " + lines.group(1));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Rooms and files get other names; whoever follows the prose must find what it speaks of. */
    @Test
    void whatTheDocsNameIsThere() throws IOException {
        Path root = Repository.root();
        Set<String> names = rooms().stream().map(Rooms::name).collect(Collectors.toSet());
        Pattern paths = Pattern.compile("(?<![\\w/])(?:lib|tests|docs|stack)/[\\w./-]*[\\w/]");
        Pattern types = Pattern.compile("(?<![\\w./])((?:[a-z]+\\.)+)([A-Z]\\w*)");
        List<String> wrong = new ArrayList<>();
        List<Path> texts = new ArrayList<>(List.of(root.resolve("CONTRIBUTING.md"), root.resolve("docs/architecture.md")));
        rooms().forEach(room -> texts.add(room.resolve("package-info.java")));
        for (Path text : texts) {
            String said = read(text);
            paths.matcher(said).results().map(found -> found.group()).filter(path -> !path.contains("NAME"))
                    .filter(path -> !Files.exists(root.resolve(path)))
                    .forEach(path -> wrong.add(root.relativize(text) + " names " + path));
            types.matcher(said).results().forEach(found -> {
                String around = found.group(1).substring(0, found.group(1).length() - 1);
                String folder = around.replace('.', '/');
                boolean there = List.of(folder, "embedded/" + folder, "verdict/" + folder).stream()
                        .anyMatch(place -> Files.exists(LIB.resolve(place).resolve(found.group(2) + ".java")));
                if (!there && (names.contains(around) || names.contains("embedded." + around))) {
                    wrong.add(root.relativize(text) + " names " + found.group());
                }
            });
        }
        assertEquals(List.of(), wrong, "there is no such file or class in this checkout");
    }
}
