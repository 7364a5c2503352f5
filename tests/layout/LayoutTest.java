package layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import runner.Repository;

/** Holds the rooms apart: who may use whom, which library stands where, and that nothing is lost when run from a URL. */
class LayoutTest {
    private static final Path LIB = Repository.root().resolve("lib");

    /** An arrow means "may import". Everything may use contract. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("contract", Set.of()),
            Map.entry("process", Set.of("contract")),
            Map.entry("console", Set.of("contract")),
            Map.entry("agent.decision", Set.of()),
            Map.entry("agent", Set.of("contract", "agent.decision")),
            Map.entry("agent.loop", Set.of("contract", "agent", "agent.decision")),
            Map.entry("journal", Set.of("contract", "agent", "agent.decision", "agent.loop")),
            Map.entry("checks", Set.of("process")),
            Map.entry("functions.tree", Set.of("contract", "agent", "process", "checks")),
            Map.entry("functions", Set.of("contract", "agent", "agent.decision", "process", "checks", "functions.tree")),
            Map.entry("verdict.rules", Set.of("agent", "checks", "functions.tree")),
            Map.entry("verdict", Set.of("contract", "agent", "agent.decision", "process", "checks", "functions",
                    "functions.tree", "verdict.rules")),
            Map.entry("reasoning", Set.of("contract", "agent", "agent.decision")),
            Map.entry("workers", Set.of("contract", "agent", "process")),
            Map.entry("telemetry.fold", Set.of("contract", "agent", "agent.decision", "journal")),
            Map.entry("telemetry", Set.of("contract", "agent", "journal", "telemetry.fold")),
            Map.entry("rehearsal", Set.of("contract")),
            Map.entry("display", Set.of("contract", "agent", "agent.decision", "agent.loop", "console", "journal")),
            Map.entry("cli.run", Set.of("contract", "agent", "agent.loop", "console", "journal", "functions", "functions.tree",
                    "verdict", "process", "reasoning", "workers", "telemetry", "rehearsal", "display")),
            Map.entry("cli", Set.of("contract", "agent", "agent.loop", "console", "journal", "functions", "functions.tree",
                    "verdict", "process", "reasoning", "telemetry", "display", "cli.run")),
            Map.entry("services", Set.of("contract", "console")),
            Map.entry("doctor", Set.of("contract", "console", "services")),
            Map.entry("containers", Set.of("contract", "console", "services", "containers.engine")),
            Map.entry("containers.engine", Set.of("contract", "console", "services")),
            Map.entry("embedded", Set.of("contract")),
            Map.entry("embedded.model", Set.of("contract", "embedded")),
            Map.entry("embedded.store", Set.of("contract", "embedded", "embedded.model")),
            Map.entry("embedded.intake", Set.of("contract", "embedded", "embedded.model", "embedded.store")),
            Map.entry("embedded.query", Set.of("contract", "embedded", "embedded.model", "embedded.store")),
            Map.entry("embedded.page", Set.of("contract", "embedded", "embedded.model", "embedded.store", "embedded.intake",
                    "embedded.query")),
            Map.entry("embedded.daemon", Set.of("contract", "console", "services", "embedded", "embedded.store",
                    "embedded.intake", "embedded.query", "embedded.page")),
            Map.entry("handover", Set.of("contract", "services")),
            Map.entry("stackcli", Set.of("contract", "console", "services", "doctor", "containers", "containers.engine",
                    "embedded.daemon", "handover")));

    /** Where a library may be used. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            // And in the rooms of the reasoners.
            "okhttp3.", Set.of("reasoning"),
            "io.opentelemetry.api", Set.of("telemetry", "telemetry.fold"),
            "io.opentelemetry.sdk", Set.of("telemetry", "telemetry.fold"),
            "io.opentelemetry.exporter", Set.of("telemetry"),
            "org.testcontainers", Set.of("containers", "containers.engine"),
            "com.github.dockerjava", Set.of("containers", "containers.engine"),
            "picocli.", Set.of("cli", "cli.run", "stackcli"));

    /** The artifact that brings the classes of a package. */
    private static final Map<String, String> ARTIFACTS = Map.ofEntries(
            Map.entry("com.fasterxml.jackson.core.", "com.fasterxml.jackson.core:jackson-"),
            Map.entry("com.fasterxml.jackson.annotation.", "com.fasterxml.jackson.core:jackson-databind"),
            Map.entry("com.fasterxml.jackson.databind.", "com.fasterxml.jackson.core:jackson-databind"),
            Map.entry("com.fasterxml.jackson.datatype.", "com.fasterxml.jackson.datatype:jackson-datatype-"),
            Map.entry("com.github.dockerjava.api.", "com.github.docker-java:docker-java-api"),
            Map.entry("com.github.dockerjava.", "com.github.docker-java:docker-java-transport-zerodep"),
            Map.entry("com.google.protobuf.", "com.google.protobuf:protobuf-java"),
            Map.entry("io.github.cdimascio.dotenv.", "io.github.cdimascio:dotenv-java"),
            Map.entry("io.opentelemetry.proto.", "io.opentelemetry.proto:opentelemetry-proto"),
            Map.entry("io.opentelemetry.exporter.otlp.", "io.opentelemetry:opentelemetry-exporter-otlp"),
            Map.entry("io.opentelemetry.sdk.", "io.opentelemetry:opentelemetry-sdk"),
            Map.entry("io.opentelemetry.", "io.opentelemetry:opentelemetry-api"),
            Map.entry("io.vertx.core.", "io.vertx:vertx-core"),
            Map.entry("io.netty.channel.", "io.netty:netty-transport"),
            Map.entry("okhttp3.", "com.squareup.okhttp3:okhttp-jvm"),
            Map.entry("okio.", "com.squareup.okio:okio-jvm"),
            Map.entry("org.apache.commons.compress.", "org.apache.commons:commons-compress"),
            // A parameter of Testcontainers' own wait strategies.
            Map.entry("org.rnorth.ducttape.", "org.testcontainers:testcontainers"),
            Map.entry("org.sqlite.", "org.xerial:sqlite-jdbc"),
            Map.entry("org.testcontainers.", "org.testcontainers:testcontainers"),
            Map.entry("org.yaml.snakeyaml.", "org.yaml:snakeyaml"),
            Map.entry("picocli.", "info.picocli:picocli"));

    /** Verbs and notions that both programs have. */
    private static final Set<String> SAME_MEANING = Set.of("CompletionCommand", "Signal");

    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);
    /** A type named with its package in the middle of the code, as in {@code contract.Failure.usage(…)}. */
    private static final Pattern QUALIFIED = Pattern.compile("(?<![\\w.])((?:[a-z]\\w*\\.)+[A-Z]\\w*)");
    private static final Pattern NO_CODE = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])'", Pattern.DOTALL);
    private static final Pattern REGISTERED = Pattern.compile("^import (\\w+)\\.\\w+Kind;", Pattern.MULTILINE);
    private static final Pattern SOURCE = Pattern.compile("^//SOURCES (\\S+)", Pattern.MULTILINE);

    /** Every folder with a manifest; a folder below a room is a wing of it. */
    private static List<Path> rooms() {
        try (Stream<Path> all = Files.walk(LIB)) {
            return all.filter(p -> Files.exists(p.resolve("package-info.java"))).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The package: {@code embedded.store} for the folder {@code lib/embedded/store}. */
    private static String name(Path room) {
        return LIB.relativize(room).toString().replace('/', '.');
    }

    /** The packages of the types that a file uses, by import or by a name that says its package. */
    private static Set<String> used(Path file) {
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
    private static Optional<String> roomOf(String type, Set<String> names) {
        return names.stream().filter(name -> type.matches(Pattern.quote(name) + "\\.[A-Z].*"))
                .max(Comparator.comparingInt(String::length));
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

    /** The packages of one reasoner or worker each, as the command line's registries name them: no arrow is written for them. */
    private static Set<String> registered(String registry) {
        Set<String> packages = new TreeSet<>();
        Matcher kinds = REGISTERED.matcher(read(LIB.resolve("cli/run").resolve(registry)));
        while (kinds.find()) {
            packages.add(kinds.group(1));
        }
        packages.removeAll(ARROWS.keySet());
        return packages;
    }

    private static boolean mayUse(String room, String library) {
        return LIBRARIES.get(library).contains(room)
                || library.equals("okhttp3.") && registered("Reasoners.java").contains(room);
    }

    private static Set<String> arrows(String room) {
        if (room.equals("claudejudge")) {
            // The same program as the worker's: how it is asked whether it is logged in stands there.
            return Set.of("contract", "agent", "agent.decision", "process", "reasoning", "workers", "claude");
        }
        if (registered("Reasoners.java").contains(room)) {
            // A reasoner may be a program too: how one is started and read stands in workers.
            return Set.of("contract", "agent", "agent.decision", "process", "reasoning", "workers");
        }
        if (registered("Workers.java").contains(room)) {
            return Set.of("contract", "agent", "process", "workers");
        }
        assertTrue(ARROWS.containsKey(room), "a room without arrows: " + room);
        Set<String> arrows = new TreeSet<>(ARROWS.get(room));
        if (room.equals("cli.run")) {
            arrows.addAll(registered("Reasoners.java"));
            arrows.addAll(registered("Workers.java"));
        }
        return arrows;
    }

    @Test
    void roomsUseOnlyTheRoomsTheyMay() {
        List<String> wrong = new ArrayList<>();
        Set<String> names = rooms().stream().map(LayoutTest::name).collect(Collectors.toSet());
        for (Path room : rooms()) {
            String name = name(room);
            Set<String> arrows = arrows(name);
            for (Path file : files(room)) {
                for (String type : used(file)) {
                    roomOf(type, names).filter(other -> !other.equals(name) && !arrows.contains(other))
                            .ifPresent(other -> wrong.add(name + "/" + file.getFileName() + " uses " + type));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** One finds one's way in a room of so many files; a larger one gets a wing. */
    @Test
    void noRoomHasMoreThanFortyFiles() {
        Map<String, Integer> large = new TreeMap<>();
        for (Path room : rooms()) {
            int files = files(room).size() - 1;
            if (files > 40) {
                large.put(name(room), files);
            }
        }
        assertEquals(Map.of(), large);
    }

    @Test
    void librariesStayWhereTheyBelong() {
        List<String> wrong = new ArrayList<>();
        for (Path room : rooms()) {
            String name = name(room);
            for (Path file : files(room)) {
                for (String type : used(file)) {
                    LIBRARIES.keySet().stream().filter(library -> type.startsWith(library) && !mayUse(name, library))
                            .forEach(library -> wrong.add(name + "/" + file.getFileName() + " uses " + type));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** What comes along with another library today may not tomorrow, or in another version. */
    @Test
    void aRoomNamesTheLibrariesThatItUses() {
        Set<String> wrong = new TreeSet<>();
        Set<String> names = rooms().stream().map(LayoutTest::name).collect(Collectors.toSet());
        for (Path room : rooms()) {
            String manifest = read(room.resolve("package-info.java"));
            for (Path file : files(room)) {
                for (String type : used(file)) {
                    if (type.matches("(java|javax|jdk|sun|com\\.sun)\\..*") || roomOf(type, names).isPresent()) {
                        continue;
                    }
                    String artifact = ARTIFACTS.keySet().stream().filter(type::startsWith)
                            .max(Comparator.comparingInt(String::length)).map(ARTIFACTS::get).orElse("?");
                    if (!manifest.contains("//DEPS " + artifact)) {
                        wrong.add(name(room) + " uses " + type + " without //DEPS " + artifact);
                    }
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void nothingIsTakenFromInsideALibrary() {
        List<String> wrong = new ArrayList<>();
        for (Path room : rooms()) {
            for (Path file : files(room)) {
                used(file).stream().filter(type -> type.matches(".*\\.(shaded|internal|relocated)\\..*"))
                        .forEach(type -> wrong.add(name(room) + "/" + file.getFileName() + " uses " + type));
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void aNameMeansOneThingInTheWholeHouse() {
        Map<String, List<String>> where = new TreeMap<>();
        for (Path room : rooms()) {
            files(room).stream().map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.equals("package-info") && !SAME_MEANING.contains(name))
                    .forEach(name -> where.computeIfAbsent(name, any -> new ArrayList<>()).add(name(room)));
        }
        where.values().removeIf(rooms -> rooms.size() == 1);
        assertEquals(Map.of(), where);
    }

    @Test
    void namesInTheMiddleOfTheCodeAreSeenToo() {
        String code = "a(contract.Failure.usage(\"agent.Task\")); // cli.Pa\n /* journal.Store */ b.c(x)";
        Matcher found = QUALIFIED.matcher(NO_CODE.matcher(code).replaceAll(" "));
        assertTrue(found.find());
        assertEquals("contract.Failure", found.group(1));
        assertFalse(found.find(), "strings and comments are no code");
        assertEquals(Optional.of("embedded.store"), roomOf("embedded.store.Batch", Set.of("embedded", "embedded.store")));
        assertEquals(Optional.of("embedded"), roomOf("embedded.Json", Set.of("embedded", "embedded.store")));
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
            listed.removeIf(file -> file.endsWith("/package-info.java"));
            assertEquals(there, listed, name(room));
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
        Set<String> names = rooms().stream().map(LayoutTest::name).collect(Collectors.toSet());
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
        assertEquals(List.of(), wrong);
    }

    @Test
    void onePlacePrints() {
        List<String> wrong = new ArrayList<>();
        for (Path room : rooms()) {
            for (Path file : files(room)) {
                // The stand-ins for workers are programs of their own, whose output is their protocol.
                boolean allowed = room.endsWith("console") || file.endsWith("WorkerStandIn.java")
                        || file.endsWith("CodexStandIn.java");
                if (!allowed && read(file).matches("(?s).*System\\.(out|err)\\.print.*")) {
                    wrong.add(room.getFileName() + "/" + file.getFileName());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }
}
