package layout;

import static layout.Arrows.registered;
import static layout.Rooms.files;
import static layout.Rooms.name;
import static layout.Rooms.read;
import static layout.Rooms.roomOf;
import static layout.Rooms.rooms;
import static layout.Rooms.used;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the libraries of each room: only allowed ones, and each is named in the room's manifest. */
class RoomLibrariesTest {
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

    private static boolean mayUse(String room, String library) {
        return LIBRARIES.get(library).contains(room)
                || library.equals("okhttp3.") && registered("Reasoners.java").contains(room);
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
        Set<String> names = rooms().stream().map(Rooms::name).collect(Collectors.toSet());
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
}
