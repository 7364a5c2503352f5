package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A session goes on in another directory: with its whole project where that was moved, alone where it is still there. */
class TakeoverTest extends JournalLab {
    private String take(String from, String id, String to) throws IOException {
        SessionSummary session = new Sessions(home, folder).find(Optional.of(id));
        assertEquals(Optional.of(folder.resolve(from)), session.directory());
        return new Takeover(home).take(session, Files.createDirectories(folder.resolve(to)));
    }

    private List<String> ids(String directory) throws IOException {
        return home.project(folder.resolve(directory)).ids().stream().sorted().toList();
    }

    @Test
    void aProjectThatWasMovedComesWithAllItsSessions() throws IOException {
        Project old = project("old");
        session(old, FIRST);
        session(old, SECOND);
        Files.delete(folder.resolve("old"));
        assertEquals("the project of " + folder.resolve("old") + " was taken over by " + folder.resolve("new")
                + ", with all its 2 sessions", take("old", FIRST, "new"));
        assertEquals(List.of(FIRST, SECOND), ids("new"));
        assertEquals(Optional.of(folder.resolve("new")), sessions("new").find(Optional.of(SECOND)).directory());
        assertFalse(Files.exists(old.folder()));
    }

    @Test
    void oneSessionIsNotCalledAll() throws IOException {
        session(project("old"), FIRST);
        Files.delete(folder.resolve("old"));
        assertTrue(take("old", FIRST, "new").endsWith(" was taken over by " + folder.resolve("new")));
    }

    @Test
    void fromAProjectThatIsStillThereOnlyTheSessionIsTakenAndTheStatesAreCopied() throws IOException {
        Project old = project("old");
        session(old, FIRST);
        session(old, SECOND);
        Path object = Files.writeString(Files.createDirectories(old.tree().resolve("objects/ab")).resolve("cd"), "x");
        assertEquals("session " + FIRST + " of " + folder.resolve("old") + " was taken over by " + folder.resolve("new"),
                take("old", FIRST, "new"));
        assertEquals(List.of(FIRST), ids("new"));
        assertEquals(List.of(SECOND), ids("old"));
        assertEquals("x", Files.readString(project("new").tree().resolve("objects/ab/cd")));
        assertTrue(Files.exists(object), "the other sessions need them too");
    }

    @Test
    void statesThatAreThereAlreadyStay() throws IOException {
        Project old = project("old");
        session(old, FIRST);
        Files.writeString(Files.createDirectories(old.tree()).resolve("ab"), "theirs");
        Project target = project("new");
        session(target, SECOND);
        Files.writeString(Files.createDirectories(target.tree()).resolve("ab"), "mine");
        take("old", FIRST, "new");
        assertEquals("mine", Files.readString(target.tree().resolve("ab")));
        assertEquals(List.of(FIRST, SECOND), ids("new"));
    }

    @Test
    void aMovedProjectIsTakenSessionBySessionWhereTheNewOneHasItsOwn() throws IOException {
        session(project("old"), FIRST);
        session(project("new"), SECOND);
        Files.delete(folder.resolve("old"));
        assertTrue(take("old", FIRST, "new").startsWith("session " + FIRST), "the sessions that are there stay");
        assertEquals(List.of(FIRST, SECOND), ids("new"));
    }

    @Test
    void whatWasNotSentIsFoundAtItsNewPlace() throws IOException {
        Project old = project("old");
        unsent(session(old, FIRST));
        unsent(session(old, SECOND));
        take("old", FIRST, "new");
        assertEquals(List.of(home.project(folder.resolve("new")).session(FIRST), old.session(SECOND)),
                home.unsent().list().stream().map(Unsent.Run::session).toList());
        assertEquals(2, home.unsent().all().size(), "nothing names the old place");
    }

    @Test
    void withAMovedProjectAllThatWasNotSentIsFoundAtItsNewPlace() throws IOException {
        Project old = project("old");
        unsent(session(old, FIRST));
        unsent(session(old, SECOND));
        Files.delete(folder.resolve("old"));
        take("old", FIRST, "new");
        assertEquals(2, home.unsent().list().size());
        assertEquals(2, home.unsent().all().size());
    }

    @Test
    void aSessionThatIsInUseIsNotTaken() throws IOException {
        Project old = project("old");
        session(old, FIRST);
        session(old, SECOND);
        try (SessionFolder held = SessionFolder.hold(old, SECOND)) {
            assertTrue(Files.exists(held.path()));
            assertThrows(Failure.class, () -> take("old", SECOND, "new"));
            Files.delete(folder.resolve("old"));
            Failure failure = assertThrows(Failure.class, () -> take("old", FIRST, "new"));
            assertEquals("session " + SECOND + " is in use by another pa", failure.getMessage(), "it would be moved with the others");
        }
        assertEquals(List.of(FIRST, SECOND), old.ids().stream().sorted().toList());
    }

    @Test
    void aSessionOfTheSameNameIsNotReplaced() throws IOException {
        Path mine = session(project("old"), FIRST);
        Path theirs = session(project("new"), FIRST, notice());
        SessionSummary session = sessions("old").find(Optional.of(FIRST));
        Failure failure = assertThrows(Failure.class, () -> new Takeover(home).take(session, folder.resolve("new")));
        assertTrue(failure.getMessage().contains("there is a session " + FIRST), failure.getMessage());
        assertTrue(Files.exists(mine) && Files.exists(theirs));
    }

    @Test
    void aDirectoryThatIsNotKnownAnyMoreIsSaidSo() throws IOException {
        Project old = project("old");
        session(old, FIRST);
        Files.writeString(old.folder().resolve("directory"), "garbage");
        SessionSummary session = new Sessions(home, folder).find(Optional.of(FIRST));
        assertEquals(Optional.empty(), session.directory());
        assertTrue(new Takeover(home).take(session, Files.createDirectories(folder.resolve("new")))
                .startsWith("the project of a directory that is not known any more was"));
    }

    @Test
    void whereNothingCanBeWrittenBothWaysOutAreNamed() throws IOException {
        session(project("old"), FIRST);
        Project target = project("new");
        Files.writeString(target.folder(), "a file where a folder must be");
        SessionSummary session = sessions("old").find(Optional.of(FIRST));
        Failure failure = assertThrows(Failure.class, () -> new Takeover(home).take(session, folder.resolve("new")));
        assertEquals(7, failure.exitCode());
        assertTrue(failure.hint().contains("--state-dir DIR or AGENTPROXY_STATE_DIR"), failure.hint());
    }
}
