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
import org.junit.jupiter.api.Test;

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
