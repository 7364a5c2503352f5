package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Evidence;
import agent.RunEvent;
import contract.EvidenceLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the runs of the check in the copy lead to: levels, sentences, notes. */
class TrialTest extends VerdictLab {
    private Scene python(String value, String... tests) throws IOException {
        Assumptions.assumeTrue(process.Programs.find("python3", folder, System.getenv()).isPresent(), "python3 is not installed");
        Scene scene = new Scene(folder);
        scene.file("value.txt", value);
        test(scene, tests);
        return scene;
    }

    /** Each test is a name and what the value has to be. */
    private static void test(Scene scene, String... tests) throws IOException {
        StringBuilder text = new StringBuilder("import unittest\n\n\nclass T(unittest.TestCase):\n    value = "
                + "open('value.txt').read().strip()\n");
        for (String test : tests) {
            String[] parts = test.split(" ", 2);
            text.append("\n    def ").append(parts[0]).append("(self):\n        self.").append(parts[1]).append('\n');
        }
        scene.file("test_value.py", text.toString());
    }

    private static Evidence judged(Scene scene) throws Exception {
        return scene.judge("python3", "-m", "unittest", "-v");
    }

    private static List<String> whats(Scene scene) {
        return scene.events.stream().filter(RunEvent.CheckStarted.class::isInstance).map(e -> ((RunEvent.CheckStarted) e).what()).toList();
    }

    private static long copies(Scene scene) {
        try {
            return entries(scene.copies);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFixIsNamedByItsTest() throws Exception {
        Scene scene = python("bad", "test_a assertEqual(self.value, 'good')", "test_b assertTrue(True)");
        scene.begin();
        scene.file("value.txt", "good");
        Evidence evidence = judged(scene);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
        assertEquals(1, evidence.failToPass().size());
        assertTrue(evidence.failToPass().get(0).contains("test_a"), evidence.toString());
        assertEquals(1, evidence.passToPass());
        assertFalse(evidence.red());
        assertEquals(List.of(), evidence.guarded());
        assertEquals(List.of("the old files", "the new files", "the old files, again",
                "the new files, with tests that ask for something else"), whats(scene));
    }

    @Test
    void aNewTestThatFailsOnTheOldSourcesIsTheRunsOwn() throws Exception {
        Scene scene = python("old", "test_a assertTrue(self.value)");
        scene.begin();
        scene.file("value.txt", "new");
        test(scene, "test_a assertTrue(self.value)", "test_b assertEqual(self.value, 'new')");
        Evidence evidence = judged(scene);
        assertEquals(EvidenceLevel.OWN_TESTS, evidence.level(), evidence.toString());
        assertTrue(evidence.failToPass().toString().contains("test_b"), evidence.toString());
        assertEquals(List.of("test_value.py"), evidence.guarded());
        assertEquals(List.of("the old files", "the new files", "the new sources with the old check", "the old sources with the new check",
                "the old sources with the new check, again", "the new files, with tests that ask for something else"), whats(scene));
    }

    @Test
    void aTestOfBeforeThatFailsNowIsRed() throws Exception {
        Scene scene = python("one", "test_a assertEqual(self.value, 'one')", "test_b assertTrue(True)");
        scene.file("run.sh", "python3 -m unittest -v || true");
        scene.begin();
        scene.file("value.txt", "two");
        Evidence evidence = scene.judge("sh", "run.sh");
        assertTrue(evidence.red(), evidence.toString());
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level());
        assertTrue(evidence.sentence().contains("passed before and fails now"), evidence.sentence());
    }

    @Test
    void aTestThatIsRewrittenToPassLeavesItsOldFormFailing() throws Exception {
        Scene scene = python("one", "test_a assertEqual(self.value, 'two')");
        scene.begin();
        test(scene, "test_a assertEqual(self.value, 'one')");
        Evidence evidence = judged(scene);
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
        assertTrue(suspects(evidence, "rewritten-test"), evidence.toString());
    }

    @Test
    void aTestWithTwoResultsOnTheSameOldFilesIsFlakyByItsName() throws Exception {
        Scene scene = python("bad", "test_a assertEqual(self.value, 'good')");
        Path count = scene.outside.resolve("count");
        scene.file("test_flaky.py", "import os, unittest", "class F(unittest.TestCase):", "    def test_f(self):",
                "        with open('" + count + "', 'a') as f: f.write('x')",
                "        self.assertNotEqual(os.path.getsize('" + count + "'), 1)");
        scene.begin();
        scene.file("value.txt", "good");
        Evidence evidence = judged(scene);
        assertTrue(evidence.notes().toString().matches(".*flaky: test_f \\(test_flaky\\.F\\S*\\) gave two results on the same old files.*"),
                evidence.toString());
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), "the other test is as steady as before: " + evidence);
        assertFalse(evidence.failToPass().toString().contains("test_f"), evidence.toString());
    }

    @Test
    void aCheckThatTestsNothingBeforeAndAfterIsSaidSo() throws Exception {
        Scene scene = python("one");
        scene.file("test_value.py", "import unittest");
        scene.begin();
        scene.file("value.txt", "two");
        scene.passes = false;
        Evidence evidence = judged(scene);
        assertEquals("nothing was checked that could fail", evidence.sentence());
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertEquals(List.of("the old files", "the new files"), whats(scene));
    }

    @Test
    void aCheckThatTestedSomethingBeforeIsNotRunAgainWhereItCouldNotBeRun() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("b.txt", "more");
        scene.passes = false;
        Evidence evidence = scene.judge(CHECK);
        assertEquals("the check tested nothing, or could not be run", evidence.sentence());
        assertEquals(EvidenceLevel.NONE, evidence.level());
        assertEquals(List.of("the old files"), whats(scene));
    }

    @Test
    void nothingChangedIsNothingJudged() throws Exception {
        Scene scene = fixable();
        scene.begin();
        Evidence evidence = scene.judge(CHECK);
        assertEquals("nothing was changed", evidence.sentence());
        assertEquals(EvidenceLevel.NONE, evidence.level());
        assertEquals(List.of(), scene.events);
    }

    @Test
    void whatPassesOnlyByWhatPythonCompiledBeforeIsStale() throws Exception {
        Scene scene = python("one", "test_a assertTrue(__import__('calc').good())");
        scene.file(".gitignore", "__pycache__/");
        scene.file("calc.py", "def good():", "    return True");
        Scene.run(scene.root, "python3", "-c", "import py_compile; py_compile.compile('calc.py', "
                + "invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)");
        scene.begin();
        scene.file("calc.py", "def good():", "    return None");
        Evidence evidence = judged(scene);
        assertTrue(suspects(evidence, "stale-cache"), evidence.toString());
        assertTrue(evidence.notes().get(0).startsWith("the check passes in the working directory and not in the copy, so it is not known "
                + "what failed before: "), evidence.toString());
        assertEquals(List.of("the old files", "the new files", "the new files, again", "the working directory, without Python's cache"),
                whats(scene));
        assertTrue(scene.events.stream().anyMatch(e -> e instanceof RunEvent.CheckEnded ended && ended.verification().failed()
                && ended.what().equals("the working directory, without Python's cache")), scene.events.toString());
    }

    @Test
    void withoutACacheTheWorkingDirectoryIsNotAskedAgain() throws Exception {
        Scene scene = fixable();
        scene.file(".gitignore", "local.txt");
        scene.file("check.sh", "test -f local.txt || { echo; echo begun; echo 'no local.txt'; echo; exit 1; }");
        scene.begin();
        scene.file("local.txt", "here");
        scene.file("b.txt", "more");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(List.of("the check passes in the working directory and not in the copy, so it is not known what failed before: "
                + "no local.txt"), evidence.notes());
        assertEquals("the check passes, and what failed before is not known", evidence.sentence());
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level());
        assertFalse(suspects(evidence, "stale-cache"));
        assertEquals(List.of("the old files", "the new files", "the new files, again"), whats(scene));
    }

    @Test
    void aCheckThatPassesHereWithoutTheCacheTooIsNotStale() throws Exception {
        Scene scene = fixable();
        scene.file(".gitignore", "local.txt\n__pycache__/");
        scene.file("check.sh", "test -f local.txt");
        scene.file("sub/__pycache__/a.pyc", "x");
        scene.begin();
        scene.file("local.txt", "here");
        scene.file("b.txt", "more");
        Evidence evidence = scene.judge(CHECK);
        assertFalse(suspects(evidence, "stale-cache"), evidence.toString());
        RunEvent.CheckEnded last = (RunEvent.CheckEnded) scene.events.get(scene.events.size() - 1);
        assertEquals("the working directory, without Python's cache", last.what());
        assertTrue(last.verification().passed(), last.toString());
    }

    @Test
    void theLastLineOfAFailureIsCutWhereItIsLong() throws Exception {
        Scene scene = fixable();
        scene.file(".gitignore", "local.txt");
        scene.file("check.sh", "test -f local.txt || { echo '" + "x".repeat(201) + "'; exit 1; }");
        scene.begin();
        scene.file("local.txt", "here");
        scene.file("b.txt", "more");
        assertTrue(scene.judge(CHECK).notes().get(0).endsWith(": " + "x".repeat(200) + "…"));
        scene.file("check.sh", "test -f local.txt");
        scene.begin();
        scene.file("local2.txt", "here");
        scene.file(".gitignore", "local.txt\nmore");
        assertEquals(1, scene.judge(CHECK).passToPass(), "it is older than the run now, and comes along");
    }

    @Test
    void aLargeFileThatNoStateKeepsIsTakenFromTheWorkingDirectoryWhileItIsTheSame() throws Exception {
        Scene scene = fixable();
        Path large = scene.root.resolve("large.bin");
        try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(60L << 20);
        }
        scene.file("check.sh", "grep -q good a.txt && test $(wc -c < large.bin) -gt 1000");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
        Files.writeString(large, "x".repeat(2_000));
        Evidence changed = scene.judge(CHECK);
        assertEquals(List.of("nothing could be compared: the large file large.bin changed, and its earlier content was not kept"),
                changed.notes());
    }

    @Test
    void aLineOfAFailureThatIsJustNotTooLongIsWhole() throws Exception {
        Scene scene = fixable();
        scene.file(".gitignore", "local.txt");
        scene.file("check.sh", "test -f local.txt || { echo '" + "x".repeat(200) + "'; exit 1; }");
        scene.begin();
        scene.file("local.txt", "here");
        scene.file("b.txt", "more");
        assertTrue(scene.judge(CHECK).notes().get(0).endsWith(": " + "x".repeat(200)));
    }

    /** Tests that stand in a source are changed apart from it. */
    @Test
    void aSourceWithTestsInItIsSplicedFromBothStates() throws Exception {
        Scene scene = new Scene(folder);
        // Every "want" of the tests needs its "has" in the source.
        scene.file("check.sh", "for each in $(sed -n 's/.*want_\\(.\\).*/\\1/p' src/lib.rs); do "
                + "grep -q \"has_$each\" src/lib.rs || exit 1; done");
        scene.file("src/lib.rs", "fn has_a() {}", "#[cfg(test)]", "mod tests {", "    #[test]", "    fn want_a() {}", "}");
        scene.begin();
        scene.file("src/lib.rs", "fn has_a() {}", "fn has_b() {}", "#[cfg(test)]", "mod tests {",
                "    #[test]", "    fn want_a() {}", "    #[test]", "    fn want_b() {}", "}");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(EvidenceLevel.OWN_TESTS, evidence.level(), evidence.toString());
        assertEquals(List.of("src/lib.rs"), evidence.guarded());
    }

    @Test
    void aCheckThatNamesAProgramThatWasNotThereIsNotRunOnTheOldFiles() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.mayRunNew = true;
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("check.sh", "grep -q good a.txt");
        scene.judge(CHECK);
        assertFalse(whats(scene).contains("the old files"), whats(scene).toString());
        assertEquals("the new files", whats(scene).get(0));
    }

    @Test
    void whatRanBesideIsToldWhereItIsUsedAndOnlyOfTheFilesThatItRanOn() throws Exception {
        Scene scene = fixable();
        scene.begin();
        try (RunJudge judge = scene.judgeOf(CHECK)) {
            judge.besideTheWork(scene.beside());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            judge.settle(scene.bounds, scene.events::add);
            scene.file("a.txt", "good");
            scene.judge(judge);
            assertEquals(List.of("the old files", "the new files", "the old files, again"), whats(scene).subList(0, 3));
            scene.file("a.txt", "worse");
            String other = scene.now();
            scene.file("a.txt", "good");
            scene.events.clear();
            List<Long> held = new java.util.ArrayList<>();
            Evidence evidence = judge.judge(other, scene.now(), true, scene.bounds, event -> {
                if (event instanceof RunEvent.CheckStarted) {
                    held.add(copies(scene));
                }
            });
            assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
            assertEquals(4, held.get(0), "a copy of its own besides the one of the work's beginning: a folder and a lock each");
        }
    }

    @Test
    void aLargeFileThatIsTooLargeIsNotCopied() throws Exception {
        Scene scene = fixable();
        try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(scene.root.resolve("large.bin").toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        scene.begin();
        scene.file("a.txt", "good");
        assertEquals(List.of("nothing could be compared: the large file large.bin is too large to be copied"),
                scene.judge(CHECK).notes());
    }
}
