package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Outcome;
import agent.RunEvent;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.loop.Fakes;
import contract.Failure;
import contract.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a session is found, and its summary in one line. */
class SessionsTest extends JournalLab {
    private Failure refused(Sessions sessions, String wanted) {
        Failure failure = assertThrows(Failure.class, () -> sessions.find(Optional.of(wanted)));
        assertEquals("see: pa sessions --all", failure.hint());
        assertEquals(2, failure.exitCode());
        return failure;
    }

    @Test
    void aSessionIsFoundByItsStartOrItsEndIfOnlyOneHasIt() throws IOException {
        session(project("here"), FIRST);
        session(project("here"), SECOND);
        Sessions sessions = sessions("here");
        assertEquals(SECOND, sessions.find(Optional.empty()).id(), "the newest");
        assertEquals(FIRST, sessions.find(Optional.of("aaaa")).id());
        assertEquals(SECOND, sessions.find(Optional.of("20260102")).id());
        assertEquals("2026 is a part of the ids of 2 sessions", refused(sessions, "2026").getMessage());
        assertEquals("no session 000000 in " + home.folder(), refused(sessions, "000000").getMessage(), "a part inside is none");
        assertEquals("not a session id: ../../etc", refused(sessions, "../../etc").getMessage());
    }

    @Test
    void aWholeIdMeansThatSessionAlsoWhereOthersBeginWithIt() throws IOException {
        session(project("here"), "one");
        session(project("here"), "one-more");
        assertEquals("one", sessions("here").find(Optional.of("one")).id());
    }

    @Test
    void theSessionsHereComeBeforeThoseOfOtherProjects() throws IOException {
        session(project("here"), FIRST);
        Project there = project("there");
        session(there, "20260103-000000-aaaa");
        assertEquals(FIRST, sessions("here").find(Optional.of("aaaa")).id());
        SessionSummary other = sessions("here").find(Optional.of("20260103"));
        assertEquals(there, sessions("here").projectOf(other));
        try (SessionFolder held = sessions("here").hold(other)) {
            assertEquals(other.folder(), held.path());
            assertEquals("running", sessions("here").find(Optional.of("20260103")).status());
        }
        assertEquals(1, sessions("here").read(other).entries().size());
    }

    @Test
    void aFolderWithoutSessionsAndOneThatIsNotThereAreToldApart() throws IOException {
        project("here");
        Failure none = assertThrows(Failure.class, () -> sessions("here").find(Optional.empty()));
        assertEquals("no sessions in " + folder.resolve("here"), none.getMessage());
        Failure missing = assertThrows(Failure.class, () -> sessions("gone").find(Optional.empty()));
        assertEquals("the folder " + folder.resolve("gone") + " does not exist", missing.getMessage());
        assertEquals(missing.getMessage(), assertThrows(Failure.class, () -> sessions("gone").list()).getMessage());
        Files.writeString(folder.resolve("file"), "");
        Failure file = assertThrows(Failure.class, () -> sessions("file").list());
        assertEquals("the folder " + folder.resolve("file") + " cannot be read", file.getMessage());
    }

    @Test
    void aSessionThatHoldsNothingSaysHowToRemoveIt() throws IOException {
        Project here = project("here");
        Files.writeString(session(here, FIRST).resolve("journal.jsonl"), "garbage\n");
        for (Optional<String> wanted : List.of(Optional.<String>empty(), Optional.of("aaaa"))) {
            Failure failure = assertThrows(Failure.class, () -> sessions("here").find(wanted));
            assertEquals("session " + FIRST + " has no beginning that can be read", failure.getMessage());
            assertEquals("remove it: pa sessions rm " + FIRST, failure.hint());
        }
        session(here, "20250101-000000-cccc");
        assertEquals("20250101-000000-cccc", sessions("here").find(Optional.empty()).id(), "the newest that can be read");
    }

    /** What comes after it can be read, so nobody says that nothing can. */
    @Test
    void aSessionWhoseFirstEntryIsDamagedSaysThatItsBeginningIsGone() throws IOException {
        Path journal = session(project("here"), FIRST).resolve("journal.jsonl");
        Files.writeString(journal, "{\"seq\":1,\"at\":\"soon\"}\n" + EventCodec.encode(new Entry(2, NOON, notice())) + "\n");
        Failure failure = assertThrows(Failure.class, () -> sessions("here").find(Optional.of("aaaa")));
        assertEquals("session " + FIRST + " has no beginning that can be read", failure.getMessage());
    }

    @Test
    void whatIsNoSessionIsNotListed() throws IOException {
        Project here = project("here");
        Path sessions = session(here, FIRST).getParent();
        Files.writeString(Files.createDirectory(sessions.resolve("no id!")).resolve("journal.jsonl"), "");
        Files.createDirectory(sessions.resolve("empty"));
        Files.writeString(sessions.resolve("file"), "");
        Files.writeString(home.folder().resolve("projects/file"), "");
        assertEquals(List.of(FIRST), here.ids());
        assertEquals(1, home.projects().size());
        assertEquals(1, sessions("here").all().size());
    }

    @Test
    void aNewIdSortsByTime() {
        String id = Sessions.newId(LocalDateTime.of(2026, 11, 22, 17, 45, 12));
        assertTrue(id.matches("20261122-174512-[0-9a-f]{4}"), id);
        assertTrue(Sessions.isId(id));
    }

    /** Two runs with an hour between them, the second one killed. */
    @Test
    void theTimeOfAllRunsIsAddedUpWithoutWhatLayBetween() {
        Instant at = NOON;
        RunEvent end = new RunEvent.RunEnded(Outcome.of(Status.STOPPED, "r", ""), new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false,
                Duration.ZERO));
        List<Entry> entries = List.of(new Entry(1, at, started(folder, Optional.empty())),
                new Entry(2, at.plusSeconds(5), new RunEvent.Traced("trace")),
                new Entry(3, at.plusSeconds(10), new RunEvent.WorkerEnded(1, Fakes.clean("x"), Duration.ZERO)),
                new Entry(4, at.plusSeconds(20), end), new Entry(5, at.plusSeconds(3_620), started(folder, Optional.of("more"))),
                new Entry(6, at.plusSeconds(3_623), notice()));
        SessionSummary killed = summary(entries, false);
        assertEquals(Duration.ofSeconds(23), killed.totals().duration());
        assertEquals("killed", killed.status());
        assertEquals(at, killed.started());
        assertEquals("make it work", killed.task());
        assertEquals(Optional.of("trace"), killed.traceId());
        assertEquals(1, killed.totals().rounds());
        assertEquals(Duration.ofSeconds(23), killed.totals().duration());
        assertEquals("running", summary(entries, true).status());
        SessionSummary stopped = summary(entries.subList(0, 4), false);
        assertEquals("stopped", stopped.status());
        assertEquals(Duration.ofSeconds(20), stopped.totals().duration());
        assertEquals(Optional.empty(), SessionSummary.of(FIRST, folder, Optional.empty(), List.of(), false));
    }

    /** The run before was killed: it lasted until its last event. */
    @Test
    void aKilledRunThatWentOnCountsUntilItsLastEvent() {
        List<Entry> entries = List.of(new Entry(1, NOON, started(folder, Optional.empty())), new Entry(2, NOON.plusSeconds(4), notice()),
                new Entry(3, NOON.plusSeconds(100), started(folder, Optional.of("more"))), new Entry(4, NOON.plusSeconds(101), notice()));
        assertEquals(Duration.ofSeconds(5), summary(entries, false).totals().duration());
    }

    @Test
    void aClockThatWasSetBackMakesNoTimeNegative() {
        List<Entry> entries = List.of(new Entry(1, NOON, started(folder, Optional.empty())),
                new Entry(2, NOON.minusSeconds(3_600), notice()));
        assertEquals(Duration.ZERO, summary(entries, false).totals().duration());
    }

    private SessionSummary summary(List<Entry> entries, boolean held) {
        return SessionSummary.of(FIRST, folder, Optional.of(folder), entries, held).orElseThrow();
    }
}
