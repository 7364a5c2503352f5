package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Failure;
import contract.OwnerFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The places in the state folder: of projects, of sessions, of verifications. */
class StatePlacesTest extends JournalLab {
    @Test
    void aProjectIsNamedByItsDirectoryAndAKeyOfItsRealPath() throws IOException {
        Project here = project("my project");
        assertTrue(here.folder().getFileName().toString().matches("my_project-[0-9a-f]{12}"), here.folder().toString());
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("my project"));
        assertEquals(here, home.project(folder.resolve("link")), "a link makes no difference");
        assertEquals(here.hashCode(), home.project(folder.resolve("link")).hashCode());
        assertNotEquals(here, project("other/my project"));
        assertNotEquals(here, "another thing");
    }

    @Test
    void aLongNameIsCutAndADirectoryThatIsGoneHasAProjectAllTheSame() {
        assertTrue(home.project(folder.resolve("n".repeat(41))).folder().getFileName().toString().matches("n{40}-[0-9a-f]{12}"));
        assertTrue(home.project(folder.resolve("n".repeat(40))).folder().getFileName().toString().matches("n{40}-[0-9a-f]{12}"));
        assertTrue(home.project(Path.of("/")).folder().getFileName().toString().startsWith("root-"));
        assertEquals(home.project(folder.resolve("gone")), home.project(folder.resolve("x/../gone")));
    }

    @Test
    void whichDirectoryAProjectBelongsToIsReadBackUnlessThatIsDamaged() throws IOException {
        Project here = project("here");
        here.make();
        Path directory = here.folder().resolve("directory");
        assertEquals(Optional.of(folder.resolve("here")), Project.at(here.folder()).directory());
        for (String text : List.of("relative/path", "", "/a\0b")) {
            Files.writeString(directory, text);
            assertEquals(Optional.empty(), Project.at(here.folder()).directory(), text);
        }
        here.make();
        assertEquals(folder.resolve("here") + "\n", Files.readString(directory), "and it is written anew");
        var written = Files.getAttribute(directory, "unix:ino");
        here.make();
        assertEquals(written, Files.getAttribute(directory, "unix:ino"), "what is right already is not written again");
    }

    @Test
    void theFolderOfAnEarlierVersionIsNamedOnce() throws IOException {
        Project here = project("here");
        assertEquals(Optional.empty(), here.earlierFolder());
        Files.createDirectories(folder.resolve("here/.pa/sessions"));
        assertEquals(Optional.of(folder.resolve("here/.pa")), here.earlierFolder(), "also where that cannot be noted");
        here.make();
        assertEquals(Optional.of(folder.resolve("here/.pa")), here.earlierFolder());
        assertEquals(Optional.empty(), here.earlierFolder());
    }

    @Test
    void aSessionThatWroteNothingLeavesNothing() throws IOException {
        Project here = project("here");
        try (SessionFolder held = SessionFolder.hold(here, FIRST)) {
            Files.writeString(held.journal(), "");
            held.discardIfEmpty();
            assertFalse(Files.exists(held.path()));
        }
        session(here, SECOND);
        try (SessionFolder held = SessionFolder.hold(here, SECOND)) {
            held.discardIfEmpty();
            assertTrue(Files.size(held.journal()) > 0);
        }
    }

    @Test
    void aSessionIsHeldUntilItIsClosedAndOnlyByItsLock() throws IOException {
        Project here = project("here");
        Path path;
        try (SessionFolder held = SessionFolder.hold(here, FIRST)) {
            path = held.path();
            assertTrue(SessionFolder.held(path));
        }
        assertFalse(SessionFolder.held(path));
        assertFalse(SessionFolder.held(folder.resolve("nothing")));
        assertTrue(Files.exists(here.folder().resolve("directory")), "its project knows its directory");
    }

    @Test
    void theJournalOfAVerificationGoesOnceItWasDelivered() throws IOException {
        SessionFolder.removeDeliveredVerifications(home);
        Path unsent = verification("v-unsent", true);
        unsent(unsent);
        Path delivered = verification("v-delivered", true);
        Path beingMade = verification("v-new", false);
        Path running;
        try (SessionFolder held = SessionFolder.holdVerification(home, "v-running")) {
            running = held.path();
            SessionFolder.removeDeliveredVerifications(home);
            assertTrue(Files.exists(running));
        }
        assertTrue(Files.exists(unsent) && Files.exists(beingMade));
        assertFalse(Files.exists(delivered));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(unsent)));
        assertEquals(home.folder().resolve("verifications/v-running"), running);
    }

    private Path verification(String id, boolean locked) throws IOException {
        try (SessionFolder held = SessionFolder.holdVerification(home, id)) {
            Files.writeString(held.journal(), "x\n");
            if (!locked) {
                Files.delete(held.path().resolve("lock"));
            }
            return held.path();
        }
    }

    @Test
    void aStateFolderThatCannotBeWrittenFailsTheSelfCheckAndNamesBothWaysOut() throws IOException {
        Project here = project("here");
        Files.createDirectories(home.folder());
        Files.writeString(home.folder().resolve("projects"), "");
        Files.writeString(home.folder().resolve("verifications"), "");
        for (Failure failure : List.of(assertThrows(Failure.class, () -> SessionFolder.hold(here, FIRST)),
                assertThrows(Failure.class, () -> SessionFolder.holdVerification(home, "v")))) {
            assertEquals(7, failure.exitCode());
            assertTrue(failure.getMessage().endsWith(": there is a file where a folder must be"), failure.getMessage());
            assertEquals("make it writable, or name another with --state-dir DIR or AGENTPROXY_STATE_DIR", failure.hint());
        }
        assertEquals(1, assertThrows(Failure.class, () -> home.projects()).exitCode());
    }

    @Test
    void whyItCannotBeWrittenIsSaidInWords() {
        Path file = Path.of("/state/x");
        assertEquals("/state/x: permission denied", StateHome.reason(file, new AccessDeniedException("/state/x")));
        assertEquals("/state/x: there is a file where a folder must be",
                StateHome.reason(file, new FileAlreadyExistsException("/state/x")));
        assertEquals("/state/x: No space left on device", StateHome.reason(file, new IOException("No space left on device")));
        assertEquals("/other: Read-only file system", StateHome.reason(file, new IOException("/other: Read-only file system")));
        assertEquals("/state/x: IOException", StateHome.reason(file, new IOException((String) null)));
    }

    @Test
    void theStateFolderIsTheOneThatTheEnvironmentNames() {
        assertEquals(folder.resolve("named"), StateHome.of(Map.of("AGENTPROXY_STATE_DIR", folder.resolve("x/../named").toString()))
                .folder());
    }

    @Test
    void onlyWhatIsMissingIsMade() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwxr-xr-x")));
        OwnerFiles.folders(open.resolve("a/b"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(open.resolve("a"))));
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(open)));
    }
}
