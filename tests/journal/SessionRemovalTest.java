package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sessions that are removed when there are too many, and those that are never removed. */
class SessionRemovalTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir Path directory;
    private StateHome home;

    @BeforeEach
    void home() {
        home = new StateHome(directory.resolve("state"));
    }

    /** A project with two sessions, used last so many days ago, with so many bytes in its git store. */
    private Project project(String name, int daysAgo, int bytes) throws IOException {
        Project project = home.project(Files.createDirectories(directory.resolve(name)));
        for (String id : new String[] {"20260101-000000-aaaa", "20260101-000000-bbbb"}) {
            try (SessionFolder folder = SessionFolder.hold(project, id)) {
                Files.writeString(folder.journal(), "x");
                Files.setLastModifiedTime(folder.journal(), FileTime.from(NOW.minusSeconds(daysAgo * 86_400L)));
            }
        }
        Files.write(Files.createDirectories(project.tree()).resolve("object"), new byte[bytes]);
        return project;
    }

    @Test
    void projectsNotUsedForLongestGoFirstAndOnlyAsManyAsNeeded() throws IOException {
        Project oldest = project("oldest", 9, 4_000);
        Project older = project("older", 6, 4_000);
        Project newest = project("newest", 1, 4_000);
        assertEquals(0, new SessionRemoval(home).shrink(10_000));
        assertEquals(2, new SessionRemoval(home).shrink(5_000));
        assertFalse(Files.exists(oldest.folder()));
        assertTrue(Files.exists(older.tree()) && Files.exists(newest.tree()));
    }

    private static void used(Project project, String id, int daysAgo) throws IOException {
        Files.setLastModifiedTime(project.session(id).resolve("journal.jsonl"), FileTime.from(NOW.minusSeconds(daysAgo * 86_400L)));
    }

    /** Also where the session that was used last began before another one of its project. */
    @ParameterizedTest
    @ValueSource(strings = {"20260101-000000-aaaa", "20260101-000000-bbbb"})
    void aProjectIsAsOldAsItsLastUse(String last) throws IOException {
        Project inUse = project("begun-first", 9, 4_000);
        used(inUse, last, 1);
        Project other = project("begun-later", 6, 4_000);
        assertEquals(2, new SessionRemoval(home).shrink(0));
        assertEquals(2, inUse.ids().size());
        assertFalse(Files.exists(other.folder()));
    }

    @Test
    void whatTakesNoMoreThanItMayStays() throws IOException {
        Project old = project("old", 9, 4_000);
        project("newest", 1, 10);
        long bytes;
        try (var files = Files.walk(old.folder())) {
            bytes = files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
        assertEquals(0, new SessionRemoval(home).shrink(bytes));
        assertEquals(2, new SessionRemoval(home).shrink(bytes - 1));
    }

    @Test
    void theDailySweepCountsWhatWasTooMuchToo() throws IOException {
        Project large = project("large", 9, 0);
        try (java.io.RandomAccessFile hollow = new java.io.RandomAccessFile(large.tree().resolve("object").toFile(), "rw")) {
            hollow.setLength(SessionRemoval.KEPT_BYTES + 1);
        }
        project("newest", 1, 10);
        assertEquals(new SessionRemoval.Swept(2, 0), new SessionRemoval(home).daily(NOW));
    }

    @Test
    void aLargeProjectInUseCostsNoOtherItsSessions() throws IOException {
        Project small = project("small", 9, 100);
        project("large", 1, 1_000_000);
        assertEquals(0, new SessionRemoval(home).shrink(5_000));
        assertEquals(2, small.ids().size());
    }

    @Test
    void whatRunsAndWhatWasNotSentStaysAndItsStoreWithIt() throws IOException {
        Project running = project("running", 9, 4_000);
        Project unsent = project("unsent", 8, 4_000);
        project("newest", 1, 10);
        home.unsent().add(new Unsent.Run(unsent.session("20260101-000000-aaaa"), 1, "http://localhost:4317", NOW));
        try (SessionFolder held = SessionFolder.hold(running, "20260101-000000-bbbb")) {
            assertEquals(0, new SessionRemoval(home).shrink(10));
            assertEquals(2, running.ids().size());
            assertEquals(2, unsent.ids().size());
        }
    }

    private SessionSummary named(Project project, String id) {
        return new SessionSummary(id, project.session(id), project.directory(), NOW, "killed", "t", false, "r", "w",
                null, Optional.empty());
    }

    @Test
    void aNamedSessionGoesAlsoWhenItWasNotSentAndItsProjectWithTheLast() throws IOException {
        Project project = project("named", 1, 10);
        Unsent.Run run = new Unsent.Run(project.session("20260101-000000-aaaa"), 1, "http://localhost:4317", NOW);
        home.unsent().add(run);
        SessionRemoval removal = new SessionRemoval(home);
        assertTrue(removal.unsent(named(project, "20260101-000000-aaaa")));
        assertFalse(removal.unsent(named(project, "20260101-000000-bbbb")));
        removal.remove(named(project, "20260101-000000-aaaa"));
        assertEquals(List.of("20260101-000000-bbbb"), project.ids());
        assertEquals(List.of(), home.unsent().all(), "nobody will send it");
        assertTrue(Files.exists(project.tree()), "the other session needs it");
        removal.remove(named(project, "20260101-000000-bbbb"));
        assertFalse(Files.exists(project.folder()));
    }

    @Test
    void whatWasNotSentOfOtherSessionsStaysMarked() throws IOException {
        Project project = project("named", 1, 10);
        Unsent.Run other = new Unsent.Run(project.session("20260101-000000-bbbb"), 1, "http://localhost:4317", NOW);
        home.unsent().add(other);
        new SessionRemoval(home).remove(named(project, "20260101-000000-aaaa"));
        assertEquals(List.of(other), home.unsent().all());
    }

    @Test
    void aNamedSessionThatRunsStays() throws IOException {
        Project project = project("named", 1, 10);
        try (SessionFolder held = SessionFolder.hold(project, "20260101-000000-aaaa")) {
            Failure failure = assertThrows(Failure.class,
                    () -> new SessionRemoval(home).remove(named(project, "20260101-000000-aaaa")));
            assertEquals("session 20260101-000000-aaaa is in use by another pa", failure.getMessage());
            assertTrue(Files.exists(held.path()));
        }
    }

    @Test
    void whatIsOlderThanALimitGoesButNotWhatWasNotSent() throws IOException {
        Project old = project("old", 100, 10);
        Project young = project("young", 89, 10);
        home.unsent().add(new Unsent.Run(old.session("20260101-000000-aaaa"), 1, "http://localhost:4317", NOW));
        assertEquals(new SessionRemoval.Swept(1, 1), new SessionRemoval(home).olderThan(NOW.minus(SessionRemoval.KEPT)));
        assertEquals(List.of("20260101-000000-aaaa"), old.ids());
        assertEquals(2, young.ids().size());
        assertEquals(new SessionRemoval.Swept(0, 1), new SessionRemoval(home).olderThan(NOW.minusSeconds(89 * 86_400L)),
                "the limit itself is not older than the limit");
        assertEquals(2, young.ids().size());
    }

    @Test
    void aSweepIsDoneOnceADay() throws IOException {
        project("old", 100, 10);
        SessionRemoval removal = new SessionRemoval(home);
        assertEquals(new SessionRemoval.Swept(2, 0), removal.daily(NOW));
        Path stamp = home.folder().resolve("last-sweep");
        Files.setLastModifiedTime(stamp, FileTime.from(NOW));
        project("older", 200, 10);
        assertEquals(new SessionRemoval.Swept(0, 0), removal.daily(NOW.plusSeconds(86_399)));
        assertEquals(new SessionRemoval.Swept(2, 0), removal.daily(NOW.plusSeconds(86_401)));
        assertNotEquals(NOW, Files.getLastModifiedTime(stamp).toInstant(), "the day begins anew");
    }

    @Test
    void whereNothingCanBeWrittenNothingIsRemoved() throws IOException {
        Project old = project("old", 100, 10);
        Files.createDirectories(home.folder().resolve("last-sweep/full"));
        Files.setLastModifiedTime(home.folder().resolve("last-sweep"), FileTime.from(NOW.minusSeconds(200_000)));
        assertEquals(new SessionRemoval.Swept(0, 0), new SessionRemoval(home).daily(NOW));
        assertEquals(2, old.ids().size());
    }
}
