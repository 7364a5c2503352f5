package journal;

import agent.Limits;
import agent.Origin;
import agent.RunEvent;
import agent.Task;
import agent.loop.Fakes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A state folder with sessions of projects beside it. */
abstract class JournalLab {
    static final String FIRST = "20260101-000000-aaaa";
    static final String SECOND = "20260102-000000-bbbb";
    static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir Path folder;
    StateHome home;

    @BeforeEach
    void home() throws IOException {
        folder = folder.toRealPath();
        home = new StateHome(folder.resolve("state"));
    }

    /** A working directory, and what PA keeps of it. */
    Project project(String name) throws IOException {
        return home.project(Files.createDirectories(folder.resolve(name)));
    }

    /** Writes a session that was begun and killed; its events go on from those that are there. */
    Path session(Project project, String id, RunEvent... further) {
        try (SessionFolder held = SessionFolder.hold(project, id); Journal journal = Journal.open(held, Clock.systemUTC())) {
            journal.on(started(project.directory().orElseThrow(), Optional.empty()));
            List.of(further).forEach(journal::on);
            return held.path();
        }
    }

    static RunEvent.RunStarted started(Path directory, Optional<String> further) {
        return new RunEvent.RunStarted(new Task(FIRST, " make it work\n", directory, List.of(), List.of()), Limits.defaults(), "rules",
                "claude", false, further.isPresent(), further, List.of(), Optional.empty(), Origin.UNKNOWN);
    }

    Unsent.Run unsent(Path session) throws IOException {
        Unsent.Run run = new Unsent.Run(session, 1, "http://localhost:4317", NOON);
        home.unsent().add(run);
        return run;
    }

    Sessions sessions(String directory) {
        return new Sessions(home, folder.resolve(directory));
    }

    static RunEvent notice() {
        return new RunEvent.Notice(Fakes.task().text());
    }
}
