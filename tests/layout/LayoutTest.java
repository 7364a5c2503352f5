package layout;

import static layout.Arrows.arrows;
import static layout.Rooms.files;
import static layout.Rooms.name;
import static layout.Rooms.read;
import static layout.Rooms.roomOf;
import static layout.Rooms.rooms;
import static layout.Rooms.used;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the rooms: allowed imports, the size of a room, unique names, and the only place that prints. */
class LayoutTest {
    /** Verbs and notions that both programs have. */
    private static final Set<String> SAME_MEANING = Set.of("CompletionCommand", "Signal");

    @Test
    void roomsUseOnlyTheRoomsTheyMay() {
        List<String> wrong = new ArrayList<>();
        Set<String> names = rooms().stream().map(Rooms::name).collect(Collectors.toSet());
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
        Matcher found = Rooms.QUALIFIED.matcher(Rooms.NO_CODE.matcher(code).replaceAll(" "));
        assertTrue(found.find());
        assertEquals("contract.Failure", found.group(1));
        assertFalse(found.find(), "strings and comments are no code");
        assertEquals(Optional.of("embedded.store"), roomOf("embedded.store.Batch", Set.of("embedded", "embedded.store")));
        assertEquals(Optional.of("embedded"), roomOf("embedded.Json", Set.of("embedded", "embedded.store")));
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
