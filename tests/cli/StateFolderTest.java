package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import journal.SessionRemoval;
import journal.SessionSummary;
import journal.StateHome;
import journal.Unsent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder for sessions: outside of the project, found from every folder, and the messages when it cannot be used. */
class StateFolderTest {
    @TempDir Path folder;
    private Path home;
    private Path project;

    @BeforeEach
    void folders() throws IOException {
        folder = folder.toRealPath();
        home = Files.createDirectory(folder.resolve("home"));
        project = Files.createDirectory(folder.resolve("project"));
    }

    private Pa pa() {
        return new Pa(home).withBarePath();
    }

    /** A run that is done at once: its worker writes a file, its check looks for it. */
    private Pa.Result run(Pa pa, Path directory, String... further) {
        return pa.run(directory, Stream.concat(Stream.of("--reasoner", "rules", "--worker-cmd", "sh -c 'echo x >> work.txt'",
                "--verify", "test -s work.txt", "--evidence", "none"), Stream.of(further)).toArray(String[]::new));
    }

    private SessionSummary only(Path directory) {
        List<SessionSummary> all = pa().sessions(directory).list();
        assertEquals(1, all.size(), all.toString());
        return all.get(0);
    }

    @Test
    void nothingIsLeftInTheWorkingDirectoryAndOnlyTheOwnerCanReadTheRest() throws IOException {
        Pa.Result result = run(pa(), project, "do it");
        assertEquals(0, result.exitCode(), result.toString());
        try (Stream<Path> left = Files.list(project)) {
            assertEquals(List.of(project.resolve("work.txt")), left.toList());
        }
        SessionSummary session = only(project);
        assertTrue(session.folder().startsWith(home.resolve("state/agentproxy/projects")), session.folder()::toString);
        assertTrue(session.folder().getParent().getParent().getFileName().toString().matches("project-[0-9a-f]{12}"));
        try (Stream<Path> kept = Files.walk(home.resolve("state/agentproxy/projects"))) {
            for (Path path : kept.toList()) {
                assertFalse(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)).substring(3).contains("r"),
                        path::toString);
            }
        }
    }

    @Test
    void twoCheckoutsOfOneProjectAreTwoProjectsAndEachKnowsItsOwn() throws IOException {
        Path other = Files.createDirectories(folder.resolve("elsewhere/project"));
        run(pa(), project, "first");
        run(pa(), other, "second");
        assertEquals("first", only(project).task());
        assertEquals("second", only(other).task());
        assertNotEquals(only(project).folder().getParent(), only(other).folder().getParent());
        Pa.Result all = pa().run(folder, "sessions", "--all");
        assertTrue(all.out().contains("first") && all.out().contains("second"), all.toString());
        // A link to a checkout is the checkout.
        Files.createSymbolicLink(folder.resolve("link"), project);
        assertEquals("first", only(folder.resolve("link")).task());
    }

    @Test
    void aSessionIsFoundFromAnyFolderAndGoesOnInItsOwn() {
        run(pa(), project, "do it");
        String id = only(project).id();
        Pa.Result shown = pa().run(folder, "show", id);
        assertEquals(0, shown.exitCode(), shown.toString());
        assertTrue(shown.out().contains("do it"), shown.toString());
        Pa.Result resumed = pa().run(folder, "resume", id, "--task", "and more");
        assertEquals(0, resumed.exitCode(), resumed.toString());
        assertTrue(resumed.err().contains("pa: working in " + project + ", where the session began"), resumed.toString());
        assertTrue(resumed.err().contains("pa: continuing with --worker-cmd sh -c 'echo x >> work.txt'"), resumed.toString());
        assertTrue(resumed.err().contains("pa: continuing with --verify test -s work.txt"), resumed.toString());
        assertFalse(Files.exists(folder.resolve("work.txt")));
        assertEquals(2, pa().sessions(project).list().get(0).totals().rounds());
    }

    @Test
    void aCommandThatWasTypedThisTimeIsNotShown() {
        run(pa(), project, "do it");
        Pa.Result resumed = pa().run(project, "resume", "--verify", "true", "--task", "and more");
        assertFalse(resumed.err().contains("continuing with --verify"), resumed.toString());
        assertTrue(resumed.err().contains("continuing with --worker-cmd"), resumed.toString());
    }

    @Test
    void aMovedProjectIsTakenOverWithAllItsSessionsWhenAskedTo() throws IOException {
        run(pa(), project, "first");
        run(pa(), project, "second");
        String id = pa().sessions(project).find(Optional.empty()).id();
        Unsent unsent = pa().state().unsent();
        unsent.add(new Unsent.Run(pa().sessions(project).find(Optional.of(id)).folder(), 1, "http://localhost:4317",
                Instant.now()));
        Path moved = folder.resolve("moved");
        Files.move(project, moved);
        Pa.Result gone = pa().run(folder, "resume", id, "--task", "more");
        assertEquals(7, gone.exitCode(), gone.toString());
        assertTrue(gone.err().contains("the working directory of session " + id + " is gone: " + project)
                && gone.err().contains("pa resume " + id + " -d NEW_FOLDER"), gone.toString());
        Pa.Result resumed = pa().run(folder, "resume", id, "-d", moved.toString(), "--task", "more");
        assertEquals(0, resumed.exitCode(), resumed.toString());
        assertTrue(resumed.err().contains("the project of " + project + " was taken over by " + moved
                + ", with all its 2 sessions"), resumed.toString());
        assertEquals(2, pa().sessions(moved).list().size());
        assertEquals(pa().sessions(moved).find(Optional.of(id)).folder(), unsent.list().get(0).session());
    }

    @Test
    void fromAProjectThatIsStillThereOnlyTheSessionIsTaken() throws IOException {
        run(pa(), project, "first");
        run(pa(), project, "second");
        Path other = Files.createDirectory(folder.resolve("copy"));
        Files.copy(project.resolve("work.txt"), other.resolve("work.txt"));
        String id = pa().sessions(project).find(Optional.empty()).id();
        Pa.Result resumed = pa().run(folder, "resume", id, "-d", other.toString(), "--task", "more");
        assertEquals(0, resumed.exitCode(), resumed.toString());
        assertTrue(resumed.err().contains("session " + id + " of " + project + " was taken over by " + other),
                resumed.toString());
        assertEquals(id, only(other).id());
        assertEquals("first", only(project).task());
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithBothWaysOut() {
        // Nobody can make a folder there, not even root.
        Pa.Result result = run(pa().without("XDG_STATE_HOME").with("HOME", "/proc"), project, "do it");
        assertEquals(7, result.exitCode(), result.toString());
        assertTrue(result.err().contains("the state folder cannot be written: /proc/.local"), result.toString());
        assertTrue(result.err().contains("--state-dir DIR or AGENTPROXY_STATE_DIR"), result.toString());
        assertFalse(Files.exists(project.resolve("work.txt")));
        Path elsewhere = folder.resolve("volume");
        Pa.Result named = run(pa().without("XDG_STATE_HOME").with("HOME", "/proc"), project, "--state-dir",
                elsewhere.toString(), "do it");
        assertEquals(0, named.exitCode(), named.toString());
        Pa.Result shown = pa().with("AGENTPROXY_STATE_DIR", elsewhere.toString()).run(project, "show");
        assertTrue(shown.out().contains("do it"), shown.toString());
        // What is printed can be pasted: it finds the session again.
        Pa.Result completed = pa().run(project, "resume", "--state-dir", elsewhere.toString());
        assertEquals(2, completed.exitCode(), completed.toString());
        assertTrue(completed.err().contains(" --state-dir " + elsewhere), completed.toString());
    }

    @Test
    void withoutAHomeTheSystemsListOfUsersSaysWhere() {
        Pa.Result listed = pa().without("XDG_STATE_HOME").without("HOME").jvmOption("-Duser.home=" + home.resolve("listed"))
                .run(project, "sessions");
        assertEquals(0, listed.exitCode(), listed.toString());
        Pa.Result nowhere = run(pa().without("XDG_STATE_HOME").without("HOME").jvmOption("-Duser.home=?"), project, "do it");
        assertEquals(7, nowhere.exitCode(), nowhere.toString());
        assertTrue(nowhere.err().contains("no home folder is known") && nowhere.err().contains("--state-dir DIR"),
                nowhere.toString());
    }

    @Test
    void aHomeThatIsTheWorkingDirectoryIsNotItsOwnChange() {
        Pa.Result result = run(pa().without("XDG_STATE_HOME").with("HOME", project.toString()), project, "do it");
        assertEquals(0, result.exitCode(), result.toString());
        assertTrue(result.err().contains("1 file changed"), result.toString());
    }

    @Test
    void twoRunsInOneFolderShareAStoreAndNothingElse() throws Exception {
        Pa first = new Pa(Files.createDirectory(folder.resolve("a"))).with("XDG_STATE_HOME", home.resolve("state").toString());
        Pa second = new Pa(Files.createDirectory(folder.resolve("b"))).with("XDG_STATE_HOME", home.resolve("state").toString());
        String[] slow = {"--reasoner", "rules", "--worker-cmd",
            "sh -c 'echo x >> work.txt; touch $$.begun; while [ $(ls *.begun | wc -l) -lt 2 ]; do sleep 0.1; done'",
            "--verify", "test -s work.txt", "--evidence", "none", "do it"};
        Process one = first.start(project, slow);
        Process other = second.start(project, slow);
        assertEquals(0, first.result(one).exitCode(), () -> first.result(one).toString());
        assertEquals(0, second.result(other).exitCode(), () -> second.result(other).toString());
        List<SessionSummary> sessions = pa().sessions(project).list();
        assertEquals(2, sessions.size());
        assertEquals(sessions.get(0).folder().getParent(), sessions.get(1).folder().getParent());
        assertTrue(Files.exists(sessions.get(0).folder().getParent().getParent().resolve("tree/HEAD")));
    }

    @Test
    void aSessionInUseIsNeitherResumedNorRemoved() throws Exception {
        Pa running = pa();
        Process process = running.start(project, "--reasoner", "rules", "--worker-cmd",
                "sh -c 'touch begun; while [ ! -e go ]; do sleep 0.1; done'", "--verify", "true", "do it");
        while (!Files.exists(project.resolve("begun"))) {
            assertFalse(process.waitFor(20, TimeUnit.MILLISECONDS), "it ended early");
        }
        Pa looker = new Pa(Files.createDirectory(folder.resolve("b"))).with("XDG_STATE_HOME", home.resolve("state").toString());
        String id = only(project).id();
        assertEquals("running", only(project).status());
        for (String[] words : new String[][] {{"resume", id, "--task", "x"}, {"sessions", "rm", id}}) {
            Pa.Result refused = looker.run(project, words);
            assertEquals(1, refused.exitCode(), refused.toString());
            assertTrue(refused.err().contains("session " + id + " is in use by another pa"), refused.toString());
        }
        Files.setLastModifiedTime(only(project).folder().resolve("journal.jsonl"),
                FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        Pa.Result old = looker.run(project, "sessions", "rm", "--older-than", "1h");
        assertEquals(0, old.exitCode(), old.toString());
        Files.createFile(project.resolve("go"));
        running.result(process);
        assertEquals(1, pa().sessions(project).list().size());
    }

    @Test
    void whatAnEarlierVersionLeftIsNamedOnceAndNeverRead() throws IOException {
        Path planted = Files.createDirectories(project.resolve(".pa/sessions/20260101-000000-aaaa"));
        String started = "{\"seq\":1,\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"RunStarted\",\"event\":{\"task\":{\"session\":\""
                + "20260101-000000-aaaa\",\"text\":\"planted\",\"directory\":\"" + project + "\",\"context\":[],"
                + "\"screenshots\":[]},\"settings\":[\"--worker-cmd=touch " + folder + "/run-by-a-repository\"]}}\n";
        Files.writeString(planted.resolve("journal.jsonl"), started);
        Pa.Result planted1 = pa().run(project, "resume", "20260101-000000-aaaa");
        assertEquals(2, planted1.exitCode(), planted1.toString());
        Pa.Result first = run(pa(), project, "do it");
        assertTrue(first.err().contains(project.resolve(".pa") + " is from an earlier version, and PA does not use it"),
                first.toString());
        Pa.Result second = run(pa(), project, "do it again");
        assertFalse(second.err().contains("earlier version"), second.toString());
        assertFalse(Files.exists(folder.resolve("run-by-a-repository")));
        assertEquals(started, Files.readString(planted.resolve("journal.jsonl")));
        assertFalse(pa().run(project, "sessions", "--all").out().contains("planted"));
    }

    @Test
    void sessionsAreRemovedByIdAndByAgeAndTheirProjectGoesWithTheLast() throws IOException {
        run(pa(), project, "first");
        run(pa(), project, "second");
        List<SessionSummary> two = pa().sessions(project).list();
        Pa.Result usage = pa().run(project, "sessions", "rm");
        assertEquals(2, usage.exitCode(), usage.toString());
        Pa.Result unknown = pa().run(project, "sessions", "rm", two.get(0).id(), "nonsense");
        assertEquals(2, unknown.exitCode(), unknown.toString());
        assertEquals(2, pa().sessions(project).list().size(), "one was removed although another is not there");
        Pa.Result removed = pa().run(project, "sessions", "rm", two.get(0).id());
        assertEquals(0, removed.exitCode(), removed.toString());
        assertEquals(two.get(1).id(), only(project).id());
        assertEquals(0, pa().run(project, "sessions", "rm", "--older-than", "1h").exitCode());
        assertEquals(two.get(1).id(), only(project).id());
        FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        Files.setLastModifiedTime(two.get(1).folder().resolve("journal.jsonl"), yesterday);
        assertEquals(0, pa().run(project, "sessions", "rm", "--older-than", "1h").exitCode());
        assertFalse(Files.exists(two.get(1).folder().getParent().getParent()));
    }

    @Test
    void theOldestGoFirstWhenThereIsTooMuchButNotWhatWasNotSent() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path third = Files.createDirectory(folder.resolve("third"));
        for (Path directory : List.of(project, other, third)) {
            run(pa(), directory, "in " + directory.getFileName());
        }
        StateHome state = pa().state();
        state.unsent().add(new Unsent.Run(only(project).folder(), 1, "http://localhost:4317", Instant.now()));
        SessionRemoval removal = new SessionRemoval(state);
        Duration age = Duration.ofDays(91);
        for (Path directory : List.of(project, other)) {
            Files.setLastModifiedTime(only(directory).folder().resolve("journal.jsonl"), FileTime.from(Instant.now().minus(age)));
        }
        Files.deleteIfExists(state.folder().resolve("last-sweep"));
        SessionRemoval.Swept swept = removal.daily(Instant.now());
        assertEquals(new SessionRemoval.Swept(1, 1), swept);
        assertEquals(List.of(), pa().sessions(other).list());
        assertEquals("in project", only(project).task());
        assertEquals("in third", only(third).task());
        assertEquals(new SessionRemoval.Swept(0, 0), removal.daily(Instant.now()), "twice on one day");
    }
}
