package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The check that runs on the old files beside the work: its end, the wait for it, and what is left of it. */
class EarlyBaselineTest extends VerdictLab {
    private Scene scene;
    private Copy copy;

    private EarlyBaseline start(String state, String... words) throws Exception {
        copy = Copy.make(scene.beside().states().orElseThrow(), scene.root, scene.copies, List.of(scene.before()),
                System.currentTimeMillis(), scene.environment);
        return EarlyBaseline.start(copy, state, List.of(words), new CheckRunner(scene.environment, Duration.ofMinutes(2), scene.bounds,
                scene.events::add), scene.beside(), scene.bounds);
    }

    @Test
    void itGivesTheRunOnTheOldFilesToWhoeverAsksAndAsOftenAsTheyAsk() throws Exception {
        scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        try (EarlyBaseline early = start(scene.before(), "grep", "-q", "bad", "a.txt")) {
            assertTrue(early.await(scene.bounds).orElseThrow().passed());
            assertFalse(early.runs());
            assertTrue(early.await(scene.bounds).orElseThrow().passed());
            assertEquals(scene.before(), early.before());
            assertEquals(copy, early.copy());
        }
        assertEquals(0, entries(scene.copies));
    }

    @Test
    void aStateThatIsNotThereIsNoBaselineAndNobodyWaitsForIt() throws Exception {
        scene = fixable();
        scene.begin();
        try (EarlyBaseline early = start("0".repeat(40), CHECK)) {
            assertEquals(Optional.empty(), early.await(scene.bounds));
            assertFalse(early.runs());
        }
    }

    @Test
    void whoeverWaitsStopsWaitingWhenTheRunsTimeIsOver() throws Exception {
        scene = fixable();
        scene.begin();
        try (EarlyBaseline early = start(scene.before(), "sleep", "600")) {
            assertTrue(early.runs());
            Bounds over = new Bounds(new Interruption(), Instant.now().minusSeconds(1));
            assertEquals("the run's time is over", assertThrows(InterruptedException.class, () -> early.await(over)).getMessage());
            Bounds soon = new Bounds(new Interruption(), Instant.now().plusMillis(250));
            assertThrows(InterruptedException.class, () -> early.await(soon));
            assertTrue(early.runs(), "others may still wait");
        }
        assertEquals(0, entries(scene.copies));
    }

    @Test
    void theSignalThatEndsTheRunEndsItToo() throws Exception {
        scene = fixable();
        Interruption interruption = new Interruption();
        scene.bounds = new Bounds(interruption, Instant.MAX);
        scene.begin();
        try (EarlyBaseline early = start(scene.before(), "sleep", "600")) {
            interruption.request(2);
            assertEquals(Optional.empty(), early.await(Bounds.none()), "it ends without a verdict");
        }
    }

    /** Whoever asks for the run's end later must not reach what is over. */
    @Test
    void itsEndLeavesNothingBehind() throws Exception {
        scene = fixable();
        scene.begin();
        EarlyBaseline early = start(scene.before(), "sh", "-c", "touch '" + scene.outside + "/begun'; sleep 600");
        while (!Files.exists(scene.outside.resolve("begun"))) {
            Thread.sleep(5);
        }
        early.close();
        assertFalse(early.runs());
        assertEquals(0, entries(scene.copies));
        assertFalse(Thread.interrupted());
    }
}
