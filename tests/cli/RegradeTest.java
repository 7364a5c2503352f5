package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telemetry.OtlpReceiver;

/** {@code pa regrade}: a session that has ended is judged by its own files, whatever the folder holds now. */
class RegradeTest {
    @TempDir
    Path folder;

    private Path project;
    private Path home;

    @BeforeEach
    void aSessionThatWasCheckedPoorly() throws IOException {
        project = Files.createDirectories(folder.toRealPath().resolve("project"));
        home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(project.resolve("a.txt"), "bad\n");
        Files.writeString(project.resolve("b.txt"), "fine\n");
        Path worker = Files.write(folder.resolve("worker"), List.of("#!/bin/sh", "cat >/dev/null; echo good > a.txt"));
        assertTrue(worker.toFile().setExecutable(true));
        Pa.Result run = pa("--reasoner", "rules", "--worker-cmd", worker.toString(), "--verify", "test -f a.txt", "--evidence",
                "unchanged", "Write good into a.txt.");
        assertEquals(0, run.exitCode(), run.toString());
        // What came later is not the session's.
        Files.writeString(project.resolve("a.txt"), "spoiled\n");
        Files.delete(project.resolve("b.txt"));
    }

    @Test
    void aCheckThatFailedBeforeAndPassesAfterProvesTheSession() throws IOException {
        String journal = journal();
        Pa.Result result = pa("regrade", "--verify", "grep -q good a.txt", "--json");
        assertEquals(0, result.exitCode(), result.toString());
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertEquals("independent", json.path("level").asText(), result.toString());
        assertEquals("completed", json.path("status").asText(), result.toString());
        assertEquals("grep -q good a.txt", json.path("check").asText(), result.toString());
        assertEquals("the check", json.path("failToPass").path(0).asText(), result.toString());
        assertEquals("spoiled\n", Files.readString(project.resolve("a.txt")));
        assertEquals(List.of("a.txt"), names(project));
        assertEquals(journal, journal(), "the session stays unchanged");
        assertEquals(List.of(), names(home.resolve("state/agentproxy/copies")), "no copy is left");
    }

    @Test
    void aCheckThatFailsOnTheLastFilesExitsSix() {
        Pa.Result result = pa("regrade", "--verify", "sh -c 'echo seen: $(cat a.txt); grep -q better a.txt'");
        assertEquals(6, result.exitCode(), result.toString());
        assertTrue(result.out().startsWith("verification_failed: the check fails on the files in which the session"
                + " ended"), result.toString());
        assertTrue(result.err().contains("| seen: good"), result.toString());
    }

    @Test
    void withoutAnotherCheckTheSessionsOwnIsTaken() {
        Pa.Result result = pa("regrade");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().contains("by test -f a.txt"), result.toString());
        assertEquals(0, pa("regrade", "--evidence", "unchanged").exitCode());
    }

    @Test
    void aReviewerIsShownTheSessionsChangeAndMeasuresItByItsTask() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn(); OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa pa = model.in(new Pa(home).withBarePath());
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            Pa.Result result = pa.run(project, "regrade", "--reasoner", "openai", "--telemetry");
            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(result.out().contains("evidence reviewed, reviewed by " + ReviewerStandIn.MODEL), result.toString());
            assertTrue(model.requests().get(0).contains("Write good into a.txt."), model.requests().get(0));
            assertTrue(model.reviews().get(0).contains("\n+good"), model.reviews().get(0));
            assertFalse(model.reviews().get(0).contains("spoiled"), model.reviews().get(0));
            assertEquals("reviewed", VerifyTelemetryTest.trace(pa, project, receiver).only("pa.verify").attribute("pa.evidence.level"));
        }
    }

    @Test
    void aCheckThatCannotBeRunShowsNothing() {
        Pa.Result result = pa("regrade", "--verify", "no-such-program-here");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().contains("evidence none") && !result.out().contains("the check passes"), result.toString());
    }

    @Test
    void aSessionWhoseFilesAreGoneIsAnErrorThatSaysSo() throws IOException {
        try (Stream<Path> projects = Files.list(home.resolve("state/agentproxy/projects"))) {
            Path store = projects.findFirst().orElseThrow().resolve("tree");
            Files.move(store, store.resolveSibling("elsewhere"));
        }
        Pa.Result result = pa("regrade", "--verify", "true");
        assertEquals(1, result.exitCode(), result.toString());
        assertTrue(result.err().contains("files were not kept") && result.err().contains("pa verify"), result.toString());
        assertFalse(result.err().contains("\tat "), result.toString());
    }

    @Test
    void unknownSessionsAndAFolderThatIsGoneAreSaid() throws IOException {
        assertEquals(2, pa("regrade", "19990101").exitCode());
        String id = new Pa(home).sessions(project).list().get(0).id();
        Path moved = Files.move(project, folder.resolve("moved"));
        Pa.Result gone = new Pa(home).withBarePath().run(folder, "regrade", id, "--verify", "grep -q good a.txt");
        assertEquals(2, gone.exitCode(), gone.toString());
        assertTrue(gone.err().contains("is gone") && gone.err().contains("-d DIR"), gone.toString());
        Pa.Result found = new Pa(home).withBarePath().run(folder, "regrade", id, "-d", moved.toString(), "--verify", "grep -q good a.txt");
        assertEquals(0, found.exitCode(), found.toString());
    }

    private String journal() throws IOException {
        return Files.readString(new Pa(home).sessions(project).list().get(0).folder().resolve("journal.jsonl"));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    private Pa.Result pa(String... arguments) {
        return new Pa(home).withBarePath().run(project, arguments);
    }
}
