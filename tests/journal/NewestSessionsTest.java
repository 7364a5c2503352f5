package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Events;
import agent.Limits;
import agent.loop.Fakes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of the newest sessions takes as long as those take, however many there are. */
class NewestSessionsTest {
    @TempDir Path directory;

    @Test
    void theNewestAreListedWithTheNumberOfTheOthers() throws Exception {
        StateHome home = new StateHome(directory.resolve("state"));
        Path here = Files.createDirectory(directory.resolve("here"));
        Path there = Files.createDirectory(directory.resolve("there"));
        for (String id : List.of("20260101-000000-aaaa", "20260103-000000-cccc")) {
            write(home.project(here), id);
        }
        write(home.project(there), "20260102-000000-bbbb");
        // Holds nothing: it is looked at, and is no session.
        try (SessionFolder empty = SessionFolder.hold(home.project(here), "20260104-000000-dddd")) {
            Files.createDirectories(empty.path());
        }
        Sessions sessions = new Sessions(home, here);
        assertEquals(List.of("20260103-000000-cccc", "20260102-000000-bbbb"), ids(sessions.newestOfAll(2)));
        assertEquals(1, sessions.newestOfAll(2).more());
        assertEquals(3, sessions.all().size());
        assertEquals(List.of("20260103-000000-cccc"), ids(sessions.newest(1)));
        assertEquals(1, sessions.newest(1).more());
        assertEquals(0, sessions.newest(2).more());
    }

    private static void write(Project project, String id) {
        try (SessionFolder folder = SessionFolder.hold(project, id); Journal journal = Journal.open(folder, Clock.systemUTC())) {
            journal.on(Events.runStarted(Fakes.task(), Limits.defaults(), "r", "w", false, false));
        }
    }

    private static List<String> ids(Sessions.Page page) {
        return page.newest().stream().map(SessionSummary::id).toList();
    }
}
