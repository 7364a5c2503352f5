package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Evidence;
import agent.RunEvent;
import agent.Suspicion;
import contract.EvidenceLevel;
import functions.tree.ShadowTree;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a change that is judged: its suspicions, its notes and its sentence. */
class ExaminerTest extends VerdictLab {
    private static Examination about(Scene scene, boolean live, List<String> old, List<String> fresh) throws InterruptedException {
        ShadowTree tree = scene.beside();
        return new Examination(tree, scene.copies, new Examination.Commands(old, fresh, scene.mayRunNew),
                new CheckRunner(scene.environment, Duration.ofMinutes(2), scene.bounds, scene.events::add), live, scene.baseline,
                scene.accepted, Optional.empty());
    }

    private static Evidence judged(Examiner examiner, Examination about, Scene scene, boolean passes) throws InterruptedException {
        String now = about.tree().state();
        return examiner.judge(scene.before(), now, about.tree().between(scene.before(), now), passes);
    }

    private static List<String> unproven(Evidence evidence) {
        return evidence.suspicions().stream().filter(s -> s.rule().equals("check-changed")).map(Suspicion::file).toList();
    }

    @ParameterizedTest
    @CsvSource({"test_new.py, false", "conftest.py, true", "sub/conftest.py, true", "pytest.ini, true", "jest.config.js, true",
        "rules.mk, true", "tests/helper.py, false"})
    void withoutACopyANewTestFileIsTakenAndWhatConfiguresTheCheckIsNot(String path, boolean suspected) throws Exception {
        Scene scene = fixable();
        scene.copies = Files.createFile(scene.outside.resolve("a-file"));
        scene.begin();
        scene.file("a.txt", "good");
        scene.file(path, "x = 1");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(List.of(path), evidence.guarded(), evidence.toString());
        assertEquals(suspected ? List.of(path) : List.of(), unproven(evidence));
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level());
        assertEquals("the check passes, and what failed before is not known", evidence.sentence());
    }

    @Test
    void withoutACopyATestFileThatWasThereIsNotTaken() throws Exception {
        Scene scene = fixable();
        scene.file("test_old.py", "x = 1");
        scene.copies = Files.createFile(scene.outside.resolve("a-file"));
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("test_old.py", "x = 2");
        assertEquals(List.of("test_old.py"), unproven(scene.judge(CHECK)));
    }

    @Test
    void withoutGitTheChangedFilesOfTheCheckAreNamedAndWithoutACheckNothingIsShown() throws Exception {
        Scene scene = fixable();
        only(scene, "sh", "grep");
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("test_new.py", "x = 1");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(List.of("test_new.py"), evidence.guarded(), evidence.toString());
        assertEquals(List.of("test_new.py"), unproven(evidence));
        assertEquals(List.of("there is no git here, so what was there before is not known"), evidence.notes());
        assertEquals("the check passes, and what failed before is not known", evidence.sentence());
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level());
        Examination unchecked = about(scene, true, List.of(), List.of());
        Evidence none = new Examiner(unchecked).judge(scene.before(), "now", new Changes(List.of("a.txt"), 1, 1), true);
        assertEquals("there was no check, so nothing was run", none.sentence());
        assertEquals(EvidenceLevel.NONE, none.level());
    }

    /** One examiner may be asked twice, and the second answer is about the second change. */
    @Test
    void howTheCheckFailedIsThatOfTheChangeJudgedLast() throws Exception {
        Scene scene = fixable();
        scene.begin();
        Examination about = about(scene, false, List.of(CHECK), List.of(CHECK));
        Examiner examiner = new Examiner(about);
        assertEquals(Optional.empty(), examiner.failure());
        assertFalse(examiner.refuted());
        scene.file("a.txt", "worse");
        Evidence red = judged(examiner, about, scene, true);
        assertTrue(examiner.failure().orElseThrow().failed());
        assertEquals("the check says nothing about these files", red.sentence());
        assertEquals(List.of(), red.notes(), "the failure says it");
        scene.file("a.txt", "good");
        Evidence right = judged(examiner, about, scene, true);
        assertEquals(EvidenceLevel.INDEPENDENT, right.level(), right.toString());
        assertEquals(Optional.empty(), examiner.failure());
        scene.file("check.sh", "exit 0");
        scene.file("a.txt", "worse");
        Evidence cheat = judged(examiner, about, scene, true);
        assertTrue(examiner.refuted());
        Suspicion withdrawn = cheat.suspicions().stream().filter(s -> s.rule().equals("red-test-withdrawn")).findFirst().orElseThrow();
        assertEquals("check.sh", withdrawn.file());
        assertTrue(withdrawn.hard());
        assertTrue(cheat.notes().contains("the check's definition changed (check.sh) and nobody allowed the new one, so it was run as "
                + "it was before"), cheat.toString());
        scene.file("check.sh", "grep -q good a.txt");
        scene.file("a.txt", "good");
        judged(examiner, about, scene, true);
        assertFalse(examiner.refuted());
    }

    /** What is hidden by git today says nothing about files that are past. */
    @Test
    void whatGitIgnoresTodayIsNoMatterOfAPastChange() throws Exception {
        Scene scene = fixable();
        scene.file(".gitignore", "conftest.py");
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("conftest.py", "collect_ignore = ['test_a.py']");
        Examination past = about(scene, false, List.of(CHECK), List.of(CHECK));
        assertFalse(suspects(judged(new Examiner(past), past, scene, true), "hidden-change"));
        assertTrue(suspects(scene.judge(CHECK), "hidden-change"));
    }

    /** Then both states have the same check, and there is no other to compare it with. */
    @Test
    void aDefinitionThatWasFrozenIsNotRunInItsOldFormAgain() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("check.sh", "grep -q goo a.txt");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(List.of("check.sh"), evidence.guarded());
        List<String> whats = scene.events.stream().filter(RunEvent.CheckStarted.class::isInstance)
                .map(event -> ((RunEvent.CheckStarted) event).what()).toList();
        assertEquals(List.of("the old files", "the new files", "the old files, again"), whats.subList(0, 3));
        assertFalse(whats.contains("the new sources with the old check"), whats.toString());
    }

    @Test
    void aTestThatFailsNowHoldsTheLevelDownAlsoForAPastChange() throws Exception {
        Scene scene = fixable();
        scene.file("check.sh", "grep -q good a.txt && echo 'ok 1 - it is good' || echo 'not ok 1 - it is good'", "echo 1..1");
        scene.file("a.txt", "good");
        scene.begin();
        scene.file("a.txt", "bad");
        Examination about = about(scene, false, List.of(CHECK), List.of(CHECK));
        Evidence evidence = judged(new Examiner(about), about, scene, true);
        assertTrue(evidence.red(), evidence.toString());
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
    }

    @Test
    void aChangedDefinitionThatMayBeRunIsNotFrozen() throws Exception {
        Scene scene = fixable();
        scene.mayRunNew = true;
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("check.sh", "grep -q goo a.txt");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(List.of(), evidence.notes());
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
        assertEquals(List.of("the check"), evidence.failToPass());
        assertEquals(0, evidence.passToPass());
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "true, true, false", "false, false, false"})
    void aCheckThatDidNotPassIsRunInTheCopyOnlyToSeeWhetherItEverTestedSomething(boolean live, boolean baseline, boolean changed)
            throws Exception {
        Scene scene = fixable();
        scene.baseline = baseline;
        scene.begin();
        scene.file(changed ? "check.sh" : "b.txt", "exit 0");
        Examination about = about(scene, live, List.of(CHECK), List.of(CHECK));
        Evidence evidence = judged(new Examiner(about), about, scene, false);
        assertEquals(live && baseline && !changed, !scene.events.isEmpty(), scene.events.toString());
        assertEquals(live ? "the check tested nothing, or could not be run" : "the check says nothing about these files",
                evidence.sentence());
        assertEquals(EvidenceLevel.NONE, evidence.level());
    }

    /** Of files that are past there is no working directory in which it could have passed. */
    @Test
    void aPastChangeWhoseCheckCannotBeRunSaysWhyAndIsNotRed() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        List<String> check = List.of("no-such-program-here");
        Examination about = about(scene, false, check, check);
        Examiner examiner = new Examiner(about);
        Evidence evidence = judged(examiner, about, scene, true);
        assertEquals(1, evidence.notes().size(), evidence.toString());
        assertTrue(evidence.notes().get(0).startsWith("the check could not be run: "), evidence.toString());
        assertFalse(evidence.red());
        assertEquals(Optional.empty(), examiner.failure());
        assertEquals("the check says nothing about these files", evidence.sentence());
    }

    @Test
    void whereThereCanBeNoCopyWhetherACheckTestedSomethingIsNotKnown() throws Exception {
        Scene scene = fixable();
        scene.copies = Files.createFile(scene.outside.resolve("a-file"));
        scene.passes = false;
        scene.begin();
        scene.file("b.txt", "more");
        assertEquals("the check tested nothing, or could not be run", scene.judge(CHECK).sentence());
    }

    @Test
    void theCheckIsTheOldOneAndTheNewOneOnlyWhereThereWasNoneAndItMayBeRun() throws Exception {
        Scene scene = fixable();
        scene.begin();
        assertEquals(List.of("old"), about(scene, true, List.of("old"), List.of("new")).check());
        assertEquals(List.of(), about(scene, true, List.of(), List.of("new")).check());
        scene.mayRunNew = true;
        assertEquals(List.of("old"), about(scene, true, List.of("old"), List.of("new")).check());
        assertEquals(List.of("new"), about(scene, true, List.of(), List.of("new")).check());
        assertEquals(Set.of("a.txt", "check.sh"), Set.copyOf(about(scene, true, List.of(), List.of()).files(scene.before()).paths()));
    }

    @Test
    void acceptedSuspicionsNoLongerHoldTheLevelDownAndAreKept() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("calc.py", "import os", "os._exit(0)");
        scene.accepted = Set.of("process-exit");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(1, evidence.suspicions().size());
        assertEquals(0, evidence.open());
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level());
    }
}
