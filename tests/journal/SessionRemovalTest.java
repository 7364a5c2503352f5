package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes when there is too much, and what never does. */
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
}
