package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.CheckPlace;
import agent.RunEvent;
import contract.EvidenceLevel;
import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The verdict over a change that is there already: what it is compared with, and what is said where the check is red. */
class ChangeVerifierTest extends VerdictLab {
    private final List<RunEvent> events = new ArrayList<>();

    private ChangeVerifier.Verdict verify(Scene scene, Optional<String> base, String... check) throws InterruptedException {
        Optional<List<String>> words = check.length == 0 ? Optional.empty() : Optional.of(List.of(check));
        return new ChangeVerifier(scene.root, scene.outside.resolve("state"), scene.environment, base, new JudgeOptions(words,
                scene.mayRunNew, scene.accepted, Duration.ofMinutes(2))).verify(Bounds.none(), () -> events::add);
    }

    private ChangeVerifier.Verdict verify(Scene scene, String... check) throws InterruptedException {
        return verify(scene, Optional.empty(), check);
    }

    private Scene committed() throws Exception {
        Scene scene = fixable();
        commit(scene.root);
        return scene;
    }

    private List<RunEvent.CheckEnded> inTree() {
        return events.stream().filter(RunEvent.CheckEnded.class::isInstance).map(RunEvent.CheckEnded.class::cast)
                .filter(ended -> ended.place() == CheckPlace.TREE).toList();
    }

    @Test
    void theLastCommitIsTheBaseAndEverybodyIsTold() throws Exception {
        Scene scene = committed();
        scene.file("a.txt", "good");
        ChangeVerifier.Verdict verdict = verify(scene, CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, verdict.evidence().level(), verdict.toString());
        assertEquals("HEAD", verdict.base());
        assertEquals(Optional.of("sh check.sh"), verdict.check());
        assertEquals("", verdict.output());
        assertTrue(verdict.change().patch().orElseThrow().contains("-bad\n+good"), verdict.toString());
        assertEquals(new RunEvent.Judged(verdict.evidence()), events.get(events.size() - 1));
        assertEquals(List.of(), inTree(), "the copy has shown it");
        assertEquals(EvidenceLevel.NONE, verdict.with(verdict.evidence()).evidence().level().atMost(EvidenceLevel.NONE));
    }

    @Test
    void aRedCheckIsRedAndItsOutputIsShown() throws Exception {
        Scene scene = committed();
        scene.file("a.txt", "worse");
        ChangeVerifier.Verdict verdict = verify(scene, "sh", "-c", "echo seen; sh check.sh");
        assertEquals("the check fails", verdict.evidence().sentence());
        assertEquals(List.of(), verdict.evidence().notes(), "that it passes here alone is not true then");
        assertTrue(verdict.evidence().red());
        assertEquals("seen\n", verdict.output());
        assertEquals(List.of("fail"), inTree().stream().map(e -> e.verification().verdict().value()).toList());
        assertTrue(events.stream().anyMatch(e -> e instanceof RunEvent.CheckStarted s && s.place() == CheckPlace.TREE));
        assertTrue(inTree().get(0).duration().compareTo(Duration.ZERO) > 0);
    }

    @Test
    void aCheckThatPassesHereAndNotInTheCopyIsNotRed() throws Exception {
        Scene scene = committed();
        scene.file("b.txt", "more");
        Path runs = scene.outside.resolve("runs");
        // On the old files, and twice on the new ones in the copy; the fourth run is the one here.
        ChangeVerifier.Verdict verdict = verify(scene, "sh", "-c", "echo run >> '" + runs + "'; test $(wc -l < '" + runs + "') -ge 4");
        assertFalse(verdict.evidence().red(), verdict.toString());
        assertEquals("the check passes, and what failed before is not known", verdict.evidence().sentence());
        assertEquals(List.of("pass"), inTree().stream().map(e -> e.verification().verdict().value()).toList());
    }

    @Test
    void aCheckThatCannotBeStartedSaysNothingAboutTheWork() throws Exception {
        Scene scene = committed();
        scene.file("b.txt", "more");
        ChangeVerifier.Verdict verdict = verify(scene, "no-such-program-here");
        assertEquals("the check could not be started", verdict.evidence().sentence());
        assertFalse(verdict.evidence().red());
        assertEquals(EvidenceLevel.NONE, verdict.evidence().level());
        assertEquals(List.of("skipped"), inTree().stream().map(e -> e.verification().verdict().value()).toList());
        assertEquals(Duration.ZERO, inTree().get(0).duration());
    }

    @Test
    void aRunnerThatIsNotInstalledIsNotRed() throws Exception {
        Scene scene = committed();
        Path python = scene.file("python", "#!/bin/sh", "echo 'python: No module named pytest'", "exit 1");
        assertTrue(python.toFile().setExecutable(true));
        ChangeVerifier.Verdict verdict = verify(scene, "./python", "-m", "pytest");
        assertFalse(verdict.evidence().red(), verdict.toString());
        assertTrue(verdict.evidence().sentence().matches("the check could not be run: .*pytest.*"), verdict.toString());
        assertEquals("", verdict.output());
    }

    @Test
    void nothingChangedMeansThatNothingIsRun() throws Exception {
        Scene scene = committed();
        ChangeVerifier.Verdict verdict = verify(scene, "sh", "-c", "touch '" + scene.outside.resolve("ran") + "'; exit 1");
        assertEquals("nothing was changed", verdict.evidence().sentence());
        assertFalse(Files.exists(scene.outside.resolve("ran")));
        assertEquals(1, events.size(), "the verdict is told all the same");
    }

    @Test
    void withoutACheckNothingIsRun() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "one");
        commit(scene.root);
        scene.file("a.txt", "two");
        ChangeVerifier.Verdict verdict = verify(scene);
        assertEquals(Optional.empty(), verdict.check());
        assertEquals("there was no check, so nothing was run", verdict.evidence().sentence());
    }

    @Test
    void theProjectsOwnCheckIsTakenAndOneThatCameWithTheChangeIsNot() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        commit(scene.root);
        scene.file("a.txt", "good");
        scene.file("Makefile", "test:", "\tgrep -q good a.txt");
        assertTrue(verify(scene).evidence().sentence().startsWith("the check make test came with the change and nobody allowed it"));
        Scene.run(scene.root, "git", "add", "-A");
        Scene.run(scene.root, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "check");
        scene.file("b.txt", "more");
        ChangeVerifier.Verdict verdict = verify(scene);
        assertEquals(Optional.of("make test"), verdict.check());
        assertEquals(1, verdict.evidence().passToPass());
    }

    @Test
    void aFolderOrARevisionMayBeTheBase() throws Exception {
        Scene scene = committed();
        Path before = Files.createDirectory(scene.outside.resolve("before"));
        Files.writeString(before.resolve("a.txt"), "bad\n");
        Files.writeString(before.resolve("check.sh"), "grep -q good a.txt\n");
        scene.file("a.txt", "good");
        ChangeVerifier.Verdict folderBase = verify(scene, Optional.of(before.toString()), CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, folderBase.evidence().level());
        assertEquals(before.toString(), folderBase.base());
        Scene.run(scene.root, "git", "tag", "begin");
        ChangeVerifier.Verdict tag = verify(scene, Optional.of("begin"), CHECK);
        assertEquals("begin", tag.base());
        assertEquals(EvidenceLevel.INDEPENDENT, tag.evidence().level());
    }

    @Test
    void onACleanTreeItIsWhereTheBranchLeftItsUpstream() throws Exception {
        Scene scene = committed();
        Scene.run(scene.root, "git", "branch", "-q", "upstream");
        Scene.run(scene.root, "git", "branch", "-q", "--set-upstream-to=upstream");
        scene.file("a.txt", "good");
        assertEquals("HEAD", verify(scene, CHECK).base(), "not while something is uncommitted");
        Scene.run(scene.root, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qam", "fix");
        ChangeVerifier.Verdict verdict = verify(scene, CHECK);
        assertTrue(verdict.base().matches("the branch's base [0-9a-f]{12}"), verdict.base());
        assertEquals(EvidenceLevel.INDEPENDENT, verdict.evidence().level());
    }

    @Test
    void whereThereIsNothingToCompareWithThatIsAUsageError() throws Exception {
        Scene plain = fixable();
        Failure none = assertThrows(Failure.class, () -> verify(plain, CHECK));
        assertEquals(2, none.exitCode());
        assertEquals("there is no git repository here to compare with", none.getMessage());
        assertEquals("there is no folder v1, and no git repository here",
                assertThrows(Failure.class, () -> verify(plain, Optional.of("v1"), CHECK)).getMessage());
        commit(plain.root);
        assertEquals("there is no revision v1", assertThrows(Failure.class, () -> verify(plain, Optional.of("v1"), CHECK)).getMessage());
        assertEquals(List.of(), events, "nobody is told of a verdict that there is not");
        Scene inside = new Scene(Files.createDirectory(folder.resolve("x")), "repository/service");
        Files.writeString(inside.root.getParent().resolve("a.txt"), "x");
        commit(inside.root.getParent());
        inside.file("a.txt", "new");
        assertEquals("there is no revision HEAD with a folder service",
                assertThrows(Failure.class, () -> verify(inside, CHECK)).getMessage());
    }

    @Test
    void aStateFolderThatCannotBeWrittenIsNamed() throws IOException {
        Scene scene = fixable();
        Files.writeString(scene.outside.resolve("state"), "a file");
        Failure failure = assertThrows(Failure.class, () -> verify(scene, CHECK));
        assertTrue(failure.getMessage().startsWith("cannot write " + scene.outside.resolve("state")), failure.getMessage());
    }

    @Test
    void theNamesOfAllRulesCanBeAccepted() {
        assertTrue(ChangeVerifier.rules().containsAll(Set.of("process-exit", "test-literals", "check-changed", "leaves-tests-out")));
    }

    @Test
    void aProgramIsAskedByTheNameThatIsInstalled() throws Exception {
        Scene scene = new Scene(folder);
        pythonByItsOldName(scene);
        commit(scene.root);
        scene.file("a.txt", "good");
        assertTrue(verify(scene).check().orElseThrow().startsWith("python -m "), verify(scene).toString());
    }

    @Test
    void whatTheCheckSaidOfTheChangeItselfIsKeptWhereItIsRed() throws Exception {
        Scene scene = committed();
        scene.file("a.txt", "worse");
        scene.file("calc.py", "import os", "os._exit(0)");
        ChangeVerifier.Verdict verdict = verify(scene, CHECK);
        assertTrue(verdict.evidence().red());
        assertTrue(suspects(verdict.evidence(), "process-exit"), verdict.toString());
    }
}
