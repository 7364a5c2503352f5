package layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import runner.Repository;

/** Holds the rooms apart: who may use whom, which library stands where, and that nothing is lost when run from a URL. */
class LayoutTest {
    /** An arrow means "may import". Everything may use contract. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("contract", Set.of()),
            Map.entry("process", Set.of("contract")),
            Map.entry("console", Set.of("contract")),
            Map.entry("agent", Set.of("contract")),
            Map.entry("journal", Set.of("contract", "agent")),
            Map.entry("functions", Set.of("contract", "agent", "process")),
            Map.entry("gemini", Set.of("contract", "agent")),
            Map.entry("claude", Set.of("contract", "agent", "process")),
            Map.entry("telemetry", Set.of("contract", "agent")),
            Map.entry("rehearsal", Set.of("contract")),
            Map.entry("display", Set.of("contract", "agent", "console", "journal")),
            Map.entry("cli", Set.of("contract", "agent", "console", "journal", "functions", "process", "gemini", "claude",
                    "telemetry", "rehearsal", "display")),
            Map.entry("services", Set.of("contract", "console")),
            Map.entry("doctor", Set.of("contract", "console", "services")),
            Map.entry("containers", Set.of("contract", "console", "services")),
            Map.entry("embedded", Set.of("contract", "console", "services")),
            Map.entry("stackcli", Set.of("contract", "console", "services", "doctor", "containers", "embedded")));

    /** Where a library may be used. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "okhttp3.", Set.of("gemini"),
            "io.opentelemetry.api", Set.of("telemetry"),
            "io.opentelemetry.sdk", Set.of("telemetry"),
            "io.opentelemetry.exporter", Set.of("telemetry"),
            "org.testcontainers", Set.of("containers"),
            "com.github.dockerjava", Set.of("containers"),
            "picocli.", Set.of("cli", "stackcli"));

    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern SOURCE = Pattern.compile("^//SOURCES (\\S+)", Pattern.MULTILINE);

    private static List<Path> rooms() {
        try (Stream<Path> all = Files.list(Repository.root().resolve("lib"))) {
            return all.filter(p -> Files.exists(p.resolve("package-info.java"))).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path room) {
        try (Stream<Path> all = Files.list(room)) {
            return all.filter(p -> p.toString().endsWith(".java")).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void roomsUseOnlyTheRoomsTheyMay() {
        List<String> wrong = new ArrayList<>();
        Set<String> names = rooms().stream().map(r -> r.getFileName().toString()).collect(Collectors.toSet());
        for (Path room : rooms()) {
            String name = room.getFileName().toString();
            assertTrue(ARROWS.containsKey(name), "a room without arrows: " + name);
            for (Path file : files(room)) {
                Matcher imports = IMPORT.matcher(read(file));
                while (imports.find()) {
                    String first = imports.group(1).split("\\.")[0];
                    if (names.contains(first) && !first.equals(name) && !ARROWS.get(name).contains(first)) {
                        wrong.add(name + "/" + file.getFileName() + " imports " + imports.group(1));
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void librariesStayWhereTheyBelong() {
        List<String> wrong = new ArrayList<>();
        for (Path room : rooms()) {
            String name = room.getFileName().toString();
            for (Path file : files(room)) {
                Matcher imports = IMPORT.matcher(read(file));
                while (imports.find()) {
                    LIBRARIES.forEach((library, where) -> {
                        if (imports.group(1).startsWith(library) && !where.contains(name)) {
                            wrong.add(name + "/" + file.getFileName() + " imports " + imports.group(1));
                        }
                    });
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

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
            assertEquals(there, listed, room.getFileName().toString());
        }
    }

    @Test
    void onePlacePrints() {
        List<String> wrong = new ArrayList<>();
        for (Path room : rooms()) {
            for (Path file : files(room)) {
                // The stand-in for the worker is a program of its own, whose stdout is its protocol.
                boolean allowed = room.endsWith("console") || file.endsWith("WorkerStandIn.java");
                if (!allowed && read(file).matches("(?s).*System\\.(out|err)\\.print.*")) {
                    wrong.add(room.getFileName() + "/" + file.getFileName());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }
}
