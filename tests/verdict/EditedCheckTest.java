package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Evidence;
import contract.EvidenceLevel;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change does to the check itself: it is seen, and proves nothing. */
class EditedCheckTest extends VerdictLab {
    @Test
    void anOpenSuspicionCapsWhatTestsShowUntilTheUserAcceptsIt() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("calc.py", "import os", "def add(a, b):", "    os._exit(0)");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertEquals(1, evidence.open(), evidence.toString());
        scene.accepted = Set.of("process-exit");
        Evidence accepted = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, accepted.level(), accepted.toString());
        assertEquals("user", accepted.suspicions().get(0).liftedBy());
    }

    @Test
    void aFileNamedLikeMakesTargetProvesNothing() throws Exception {
        Assumptions.assumeTrue(process.Programs.find("make", folder, System.getenv()).isPresent(), "make is not installed");
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("Makefile", "test:", "\t@grep -q good a.txt");
        scene.begin();
        scene.file("test", "");
        Evidence evidence = scene.judge("make", "test");
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.hard() && s.open() && s.file().equals("test")), evidence.toString());
    }

    /** Another target than {@code test} is the check here. */
    @Test
    void theTargetThatVerifyNamesIsGuardedNotTheUsualOne() throws Exception {
        Assumptions.assumeTrue(process.Programs.find("make", folder, System.getenv()).isPresent(), "make is not installed");
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("Makefile", ".PHONY: test check", "test:", "\t@true", "check:", "\t@grep -q good a.txt");
        scene.begin();
        scene.file("Makefile", ".PHONY: test check", "test:", "\t@true", "check:", "\t@grep -q . a.txt");
        Evidence evidence = scene.judge("make", "check");
        assertEquals(List.of("Makefile"), evidence.guarded(), evidence.toString());
        assertTrue(hard(evidence), evidence.toString());
    }

    @Test
    void aCheckThatSucceedsAlthoughATestFailsIsNoProof() throws Exception {
        Assumptions.assumeTrue(process.Programs.find("python3", folder, System.getenv()).isPresent(), "python3 is not installed");
        Scene scene = new Scene(folder);
        scene.file("value.txt", "bad");
        scene.file("test_value.py", "import unittest", "class T(unittest.TestCase):", "    def test_value(self):",
                "        self.assertEqual(open('value.txt').read().strip(), 'good')");
        scene.file("run.sh", "python3 -m unittest -v", "code=$?", "test -f calm && exit 0", "exit $code");
        scene.begin();
        scene.file("calm", "");
        Evidence evidence = scene.judge("sh", "run.sh");
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.rule().equals("hidden-failure") && s.hard()), evidence.toString());
    }

    @Test
    void aCheckFileThatGitIgnoresAndCameInTheRunIsNamed() throws Exception {
        Scene scene = fixable();
        scene.file(".gitignore", "conftest.py");
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("conftest.py", "collect_ignore = ['test_a.py']");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertTrue(evidence.suspicions().stream().anyMatch(s -> s.rule().equals("hidden-change") && s.file().equals("conftest.py")),
                evidence.toString());
    }

    @Test
    void aCheckInASubFolderIsGuardedThere() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("service/a.txt", "bad");
        scene.file("service/check.sh", "cd service && grep -q good a.txt");
        scene.file("other/a.txt", "not part of it");
        scene.begin();
        scene.file("service/a.txt", "good");
        assertEquals(EvidenceLevel.INDEPENDENT, scene.judge("sh", "service/check.sh").level());
        scene.file("service/check.sh", "exit 0");
        scene.file("service/a.txt", "bad");
        Evidence cheat = scene.judge("sh", "service/check.sh");
        assertEquals(List.of("service/check.sh"), cheat.guarded(), cheat.toString());
        assertFalse(cheat.level().atLeast(EvidenceLevel.REVIEWED), cheat.toString());
    }

    @Test
    void aGuardedFileThatWasRenamedStillCounts() throws Exception {
        Scene scene = fixable();
        scene.begin();
        Files.move(scene.root.resolve("check.sh"), scene.root.resolve("old.sh"));
        scene.file("check.sh", "exit 0");
        Evidence evidence = scene.judge(CHECK);
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
        assertTrue(hard(evidence), evidence.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWorkerThatEditsTheScriptOfVerifyProvesNothing(boolean mayRunNew) throws Exception {
        Scene scene = fixable();
        scene.mayRunNew = mayRunNew;
        scene.begin();
        scene.file("check.sh", "true");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(List.of("check.sh"), evidence.guarded());
        assertTrue(hard(evidence), evidence.toString());
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
    }

    @Test
    void aWorkerThatMakesTheCheckUnreadableProvesNothing() throws Exception {
        Scene scene = fixable();
        scene.begin();
        Files.delete(scene.root.resolve("check.sh"));
        Scene.run(scene.root, "mkfifo", "check.sh");
        Evidence evidence = scene.judge(CHECK);
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
        assertTrue(hard(evidence), evidence.toString());
    }

    @Test
    void withoutABaselineNoTestProvesAndAChangedCheckStillHasToPassAsItWas() throws Exception {
        Scene scene = fixable();
        scene.baseline = false;
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertEquals(0, evidence.open(), evidence.toString());
        assertTrue(evidence.notes().toString().contains("--baseline off"), evidence.toString());
        scene.file("check.sh", "grep -q good a.txt && grep -q good a.txt");
        assertEquals(0, scene.judge(CHECK).open(), "the new sources pass the check as it was");
        scene.file("a.txt", "bad");
        scene.file("check.sh", "grep -q bad a.txt");
        assertTrue(hard(scene.judge(CHECK)));
        scene.mayRunNew = true;
        assertTrue(hard(scene.judge(CHECK)));
    }
}
