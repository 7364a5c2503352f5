package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unacknowledged runs are found without a search, and never sent by two processes at the same time. */
class UnsentTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir Path state;

    private Path session(String name) throws IOException {
        return Files.createDirectories(state.resolve("projects/p/sessions").resolve(name));
    }

    @Test
    void aRunIsThereFromItsStartUntilItIsAcknowledged() throws IOException {
        Unsent unsent = new Unsent(state);
        assertEquals(List.of(), unsent.list());
        Unsent.Run first = new Unsent.Run(session("20260101-000000-aaaa"), 1, "http://localhost:4317", NOON);
        Unsent.Run resumed = new Unsent.Run(session("20260101-000000-aaaa"), 40, "http://localhost:4317", NOON);
        unsent.add(resumed);
        unsent.add(first);
        assertEquals(List.of(first, resumed), unsent.list());
        unsent.remove(first);
        unsent.remove(first);
        assertEquals(List.of(resumed), new Unsent(state).list());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("unsent"))));
    }

    @Test
    void whatIsNoMarkerOrNamesASessionThatIsGoneIsLeftOut() throws IOException {
        Unsent unsent = new Unsent(state);
        unsent.add(new Unsent.Run(state.resolve("gone"), 1, "http://localhost:4317", NOON));
        Files.writeString(state.resolve("unsent/x.json"), "garbage");
        Files.writeString(state.resolve("unsent/y.json"), "{\"session\":\"\\u0000\",\"started\":\"never\"}");
        Files.writeString(state.resolve("unsent/z.json"), "{".repeat(60_000));
        Files.createSymbolicLink(state.resolve("unsent/dev.json"), Path.of("/dev/zero"));
        assertEquals(List.of(), unsent.list());
    }

    @Test
    void aWatermarkNeverGoesBackAndSurvivesTheProcess() throws IOException {
        Path session = session("a");
        try (Watermarks marks = Watermarks.hold(session).orElseThrow()) {
            assertEquals(0, marks.of("traces"));
            marks.advance("traces", 12);
            marks.advance("logs", 7);
            marks.advance("traces", 3);
        }
        try (Watermarks marks = Watermarks.hold(session).orElseThrow()) {
            assertEquals(12, marks.of("traces"));
            assertEquals(7, marks.of("logs"));
            assertEquals(0, marks.of("metrics"));
        }
        assertEquals(12, Watermarks.peek(session, "traces"));
        assertEquals("rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(session.resolve("watermarks.json"))));
    }

    @Test
    void onlyOneSendsASessionAtATime() throws IOException {
        Path session = session("a");
        try (Watermarks held = Watermarks.hold(session).orElseThrow()) {
            held.advance("traces", 1);
            assertEquals(Optional.empty(), Watermarks.hold(session));
        }
        Watermarks.hold(session).orElseThrow().close();
    }

    @Test
    void aDamagedWatermarkCountsAsNone() throws IOException {
        Path session = session("a");
        for (String text : List.of("", "garbage", "[1]", "{\"traces\":-4}", "{\"traces\":1e99}", "{\"traces\":\"9\"}")) {
            Files.writeString(session.resolve("watermarks.json"), text);
            assertEquals(0, Watermarks.peek(session, "traces"), text);
        }
    }

    @Test
    void whatIsUnderTheStateFolderIsNamedByItsPlaceInItAndAnythingElseByItsPath() throws IOException {
        Unsent unsent = new Unsent(state.resolve("a"));
        Path inside = Files.createDirectories(state.resolve("a/projects/p/sessions/inside"));
        Path outside = session("outside");
        unsent.add(new Unsent.Run(inside, 1, "http://localhost:4317", NOON));
        unsent.add(new Unsent.Run(outside, 1, "http://localhost:4317", NOON));
        Files.writeString(state.resolve("a/unsent/notes.txt"), Files.readString(Files.list(state.resolve("a/unsent")).findFirst()
                .orElseThrow()));
        Files.move(state.resolve("a"), state.resolve("moved"));
        assertEquals(List.of(state.resolve("moved/projects/p/sessions/inside"), outside),
                new Unsent(state.resolve("moved")).list().stream().map(Unsent.Run::session).toList());
        assertEquals("inside", new Unsent(state.resolve("moved")).list().get(0).id());
    }

    @Test
    void marksThatAreNoneAreLeftOutAndTheOthersStay() throws IOException {
        Path session = session("a");
        Files.writeString(session.resolve("watermarks.json"), "{\"traces\":4,\"logs\":0,\"metrics\":\"x\"}");
        try (Watermarks marks = Watermarks.hold(session).orElseThrow()) {
            marks.advance("logs", 0);
            assertEquals("{\"traces\":4,\"logs\":0,\"metrics\":\"x\"}", Files.readString(session.resolve("watermarks.json")),
                    "nothing new, nothing written");
            marks.advance("logs", 1);
        }
        assertEquals("{\"logs\":1,\"traces\":4}\n", Files.readString(session.resolve("watermarks.json")));
    }

    @Test
    void thisStartOfThisMachineIsKnownAgain() {
        agent.Origin here = Origins.here(Map.of());
        assertTrue(here.sameBoot(Origins.here(Map.of())));
        assertEquals(ProcessHandle.current().pid(), here.pid());
    }

    @Test
    void aMachineIsKnownByItsIdElseByItsNameAndNeitherIsKept() throws IOException {
        Path none = state.resolve("none");
        Path empty = Files.writeString(state.resolve("empty"), "\n");
        Path id = Files.writeString(state.resolve("id"), "0123\n");
        Path name = Files.writeString(state.resolve("name"), "box\n");
        String byId = Origins.host(List.of(none, empty, id), name, Map.of("HOSTNAME", "other"));
        assertTrue(byId.matches("[0-9a-f]{16}"), byId);
        assertEquals(byId, Origins.host(List.of(id), none, Map.of()));
        String byName = Origins.host(List.of(none, empty), name, Map.of("HOSTNAME", "other"));
        assertTrue(byName.matches("[0-9a-f]{16}") && !byName.equals(byId), byName);
        assertEquals(byName, Origins.host(List.of(), empty, Map.of("HOSTNAME", "box")), "the variable, where there is no file");
        assertEquals("", Origins.host(List.of(), none, Map.of("HOSTNAME", "localhost")), "every machine is called that");
        assertEquals("", Origins.host(List.of(), none, Map.of("HOSTNAME", "")));
        assertEquals("", Origins.host(List.of(), none, Map.of()));
    }

    @Test
    void aStartOfTheMachineIsKnownByTheKernelElseByItsFirstProcess() throws IOException {
        assertEquals("b-1", Origins.boot(Files.writeString(state.resolve("boot"), "b-1\n")));
        String byProcess = Origins.boot(state.resolve("none"));
        assertEquals(byProcess, Origins.boot(state.resolve("none")));
        assertTrue(byProcess.isEmpty() == ProcessHandle.of(1).flatMap(first -> first.info().startInstant()).isEmpty(), byProcess);
        assertTrue(byProcess.isEmpty() || byProcess.matches("init-\\d+"), byProcess);
    }
}
