package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Evidence;
import agent.Interruption;
import contract.EvidenceLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the check is run for a verdict, and what follows when its runs disagree or take too long. */
class CheckRunsTest extends VerdictLab {
    /** Two, and the one that fails once more, lest a flaky one be taken for proof. */
    @Test
    void aFixCostsThreeRunsOfTheCheckAndWorkThatProvesNothingTwo() throws Exception {
        Scene scene = new Scene(folder);
        Path count = scene.outside.resolve("count");
        scene.file("a.txt", "bad");
        scene.file("check.sh", "echo run >> '" + count + "'", "grep -q good a.txt");
        scene.begin();
        scene.file("a.txt", "good");
        assertEquals(EvidenceLevel.INDEPENDENT, scene.judge(CHECK).level());
        assertEquals(3, Files.readAllLines(count).size());
        scene.begin();
        Files.delete(count);
        scene.file("b.txt", "more");
        assertEquals(EvidenceLevel.UNCHANGED, scene.judge(CHECK).level());
        assertEquals(2, Files.readAllLines(count).size());
    }

    @Test
    void aCheckThatFailsOnTheOldFilesOnlySometimesIsFlakyAndNoProof() throws Exception {
        Scene scene = counting(1);
        Evidence evidence = scene.judge(CHECK);
        assertTrue(evidence.notes().toString().contains("flaky"), evidence.toString());
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
    }

    @Test
    void aCheckThatFailsOnTheNewFilesOnlySometimesIsFlakyAndNoProof() throws Exception {
        Scene scene = counting(2);
        Evidence evidence = scene.judge(CHECK);
        assertTrue(evidence.notes().toString().contains("the check is flaky"), evidence.toString());
        assertFalse(evidence.level().atLeast(EvidenceLevel.REVIEWED), evidence.toString());
    }

    /** What fails now and then on the old sources does not show that the new ones are needed. */
    @Test
    void aNewCheckThatFailsOnTheOldSourcesOnlySometimesIsNoProof() throws Exception {
        Scene scene = new Scene(folder);
        Path count = scene.outside.resolve("count");
        scene.mayRunNew = true;
        scene.file("a.txt", "one");
        scene.file("check.sh", "echo run >> '" + count + "'", "true");
        scene.begin();
        scene.file("a.txt", "other");
        // The fourth run is the first of the new check on the old sources, the fifth is the same again.
        scene.file("check.sh", "echo run >> '" + count + "'", "test $(wc -l < '" + count + "') -ne 4");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(List.of("flaky: the check gave two results on the same old files, and proves nothing"), evidence.notes());
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level(), evidence.toString());
        assertEquals(5, Files.readAllLines(count).size());
    }

    /** A test of a check that names its tests, which fails on the given run. */
    private static String named(Path count, int failing) {
        return "test $(wc -l < '" + count + "') -ne " + failing + " && echo 'ok 2 - flaky' || echo 'not ok 2 - flaky'";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void ofTwoRunsOnTheOldFilesTheOneInWhichMorePassedCounts(int failing) throws Exception {
        Scene scene = new Scene(folder);
        Path count = scene.outside.resolve("count");
        scene.file("a.txt", "bad");
        scene.file("check.sh", "echo run >> '" + count + "'", "echo 1..2", "code=0",
                "grep -q good a.txt && echo 'ok 1 - right' || { echo 'not ok 1 - right'; code=1; }", named(count, failing), "exit $code");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals(1, evidence.notes().size(), evidence.toString());
        assertTrue(evidence.notes().get(0).startsWith("flaky: ") && evidence.notes().get(0).contains("flaky gave two results"),
                evidence.toString());
        assertEquals(1, evidence.failToPass().size(), evidence.toString());
        assertTrue(evidence.failToPass().get(0).contains("right"), evidence.toString());
        assertEquals(1, evidence.passToPass(), evidence.toString());
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level());
    }

    @Test
    void aCheckThatTestsNothingOnTheNewFilesIsComparedAndNotRepeated() throws Exception {
        Scene scene = fixable();
        Path count = scene.outside.resolve("count");
        scene.file("check.sh", "echo run >> '" + count + "'", "echo 'Ran 2 tests in 0.1s'; echo; echo 'OK (skipped=2)'");
        scene.begin();
        scene.file("a.txt", "good");
        Evidence evidence = scene.judge(CHECK);
        assertEquals("nothing was checked that could fail", evidence.sentence());
        assertEquals(2, Files.readAllLines(count).size());
    }

    @Test
    void aBaseThatTakesLongerThanTheRunEndsWithTheRun() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("check.sh", "grep -q good a.txt || { sleep 600; exit 1; }");
        scene.begin();
        scene.file("a.txt", "good");
        scene.bounds = new Bounds(new Interruption(), Instant.now().plusSeconds(3));
        assertThrows(InterruptedException.class, () -> scene.judge(CHECK));
        assertEquals(0, entries(scene.copies), "the copy is removed");
    }
}
