package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.RunEvent;
import contract.EvidenceLevel;
import contract.Failure;
import functions.tree.TreeStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A session that is over is judged from the states that were kept of it. */
class SessionVerifierTest extends VerdictLab {
    private static final String TODAY = "what git ignores, such as installed dependencies, was taken as it is today";

    private final List<RunEvent> events = new ArrayList<>();

    private ChangeVerifier.Verdict verify(Scene scene, SessionVerifier.Past past, String... check) throws InterruptedException {
        Optional<List<String>> words = check.length == 0 ? Optional.empty() : Optional.of(List.of(check));
        return new SessionVerifier(scene.copies, scene.environment, new JudgeOptions(words, scene.mayRunNew,
                scene.accepted, Duration.ofMinutes(2))).verify(past, Bounds.none(), () -> events::add);
    }

    private static SessionVerifier.Past past(Scene scene, String now) {
        return new SessionVerifier.Past(scene.root, scene.states(), scene.before(), now);
    }

    @Test
    void whatTheFolderHoldsMeanwhilePlaysNoPart() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        String now = scene.now();
        scene.file("a.txt", "worse");
        scene.file("check.sh", "exit 1");
        ChangeVerifier.Verdict verdict = verify(scene, past(scene, now), CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, verdict.evidence().level(), verdict.toString());
        assertEquals("the state in which the session began", verdict.base());
        assertEquals(Optional.of("sh check.sh"), verdict.check());
        assertEquals(List.of(TODAY), verdict.evidence().notes());
        assertEquals("", verdict.output());
        assertTrue(verdict.change().patch().orElseThrow().contains("-bad\n+good"));
        assertEquals(new RunEvent.Judged(verdict.evidence()), events.get(events.size() - 1));
        assertEquals(0, entries(scene.copies));
    }

    @Test
    void aCheckThatFailsOnTheLastFilesIsRed() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "worse");
        ChangeVerifier.Verdict verdict = verify(scene, past(scene, scene.now()), "sh", "-c", "echo seen; sh check.sh");
        assertEquals("the check fails on the files in which the session ended", verdict.evidence().sentence());
        assertTrue(verdict.evidence().red());
        assertEquals(EvidenceLevel.NONE, verdict.evidence().level());
        assertEquals("seen\n", verdict.output());
        assertEquals(TODAY, verdict.evidence().notes().get(verdict.evidence().notes().size() - 1));
    }

    @Test
    void aCheckThatCannotBeRunSaysNothing() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        ChangeVerifier.Verdict verdict = verify(scene, past(scene, scene.now()), "no-such-program-here");
        assertEquals("the check says nothing about these files", verdict.evidence().sentence());
        assertEquals(EvidenceLevel.NONE, verdict.evidence().level());
        assertTrue(verdict.evidence().notes().get(0).startsWith("the check could not be run: "), verdict.toString());
    }

    @Test
    void theProjectsOwnCheckIsTakenFromThePast() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("Makefile", "test:", "\tgrep -q good a.txt");
        scene.begin();
        scene.file("a.txt", "good");
        String now = scene.now();
        java.nio.file.Files.delete(scene.root.resolve("Makefile"));
        ChangeVerifier.Verdict verdict = verify(scene, past(scene, now));
        assertEquals(Optional.of("make test"), verdict.check());
        assertEquals(EvidenceLevel.INDEPENDENT, verdict.evidence().level(), verdict.toString());
    }

    @Test
    void aSessionThatChangedNothingOrHadNoCheckNeedsNoNote() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.begin();
        ChangeVerifier.Verdict nothing = verify(scene, past(scene, scene.now()), CHECK);
        assertEquals("nothing was changed", nothing.evidence().sentence());
        assertEquals(List.of(), nothing.evidence().notes());
        scene.file("a.txt", "good");
        ChangeVerifier.Verdict unchecked = verify(scene, past(scene, scene.now()));
        assertEquals("there was no check, so nothing was run", unchecked.evidence().sentence());
        assertEquals(List.of(), unchecked.evidence().notes());
        assertEquals(Optional.empty(), unchecked.check());
    }

    @Test
    void withoutItsStatesThereIsNothingToJudge() throws Exception {
        Scene scene = fixable();
        scene.begin();
        assertEquals("the session ended before its files were looked at",
                assertThrows(Failure.class, () -> verify(scene, past(scene, ""), CHECK)).getMessage());
        TreeStore none = TreeStore.alone(scene.outside.resolve("none"));
        String unkept = "the session's files were not kept: it ran without git, or its project's states were removed or moved";
        assertEquals(unkept, assertThrows(Failure.class, () -> verify(scene, new SessionVerifier.Past(scene.root, none, scene.before(),
                scene.before()), CHECK)).getMessage());
        assertTrue(java.nio.file.Files.notExists(none.repository()), "none is made");
        assertEquals(unkept, assertThrows(Failure.class, () -> verify(scene, past(scene, "0".repeat(40)), CHECK)).getMessage());
        assertEquals(List.of(), events);
    }

    @Test
    void aProgramIsAskedByTheNameThatIsInstalled() throws Exception {
        Scene scene = new Scene(folder);
        pythonByItsOldName(scene);
        scene.begin();
        scene.file("a.txt", "good");
        assertTrue(verify(scene, past(scene, scene.now())).check().orElseThrow().startsWith("python -m "));
    }

    @Test
    void aCheckThatCameInTheSessionIsNamed() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.begin();
        scene.file("Makefile", "test:", "\tgrep -q good a.txt");
        assertTrue(verify(scene, past(scene, scene.now())).evidence().sentence().startsWith("the check make test came with the change"));
    }
}
