package cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Interruption;
import functions.tree.Interruptible;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LastResortTest {
    private static final Duration SHORT = Duration.ofMillis(30);

    private final BlockingQueue<Integer> halted = new LinkedBlockingQueue<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final Interruption interruption = new Interruption();

    private LastResort watch(Optional<Duration> timeout) {
        return LastResort.watch(interruption, timeout, SHORT, notes::add, halted::add);
    }

    @Test
    void aRunThatHangsAfterASignalIsEndedWithTheSignalsExitCode() throws InterruptedException {
        try (LastResort resort = watch(Optional.empty())) {
            interruption.request(15);
            assertEquals(143, halted.poll(60, TimeUnit.SECONDS));
            assertTrue(notes.get(0).contains("after it was interrupted") && notes.get(0).contains("can be resumed"), notes.get(0));
        }
    }

    @Test
    void aRunThatHangsBeyondItsTimeIsEndedAsATimeout() throws InterruptedException {
        try (LastResort resort = watch(Optional.of(SHORT))) {
            assertEquals(8, halted.poll(60, TimeUnit.SECONDS));
            assertTrue(notes.get(0).contains("after its time was over"), notes.get(0));
        }
    }

    @Test
    void whatStillWaitsWhenTheTimeIsOverIsCutShort() throws InterruptedException {
        try (LastResort resort = LastResort.watch(interruption, Optional.of(SHORT), SHORT.multipliedBy(200), notes::add, halted::add)) {
            assertThrows(InterruptedException.class, () -> Interruptible.call(interruption, () -> {
                Thread.sleep(60_000);
                return "";
            }));
            assertFalse(interruption.requested(), "nobody sent a signal");
        }
    }

    @Test
    void aRunThatEndsInTimeIsLeftAlone() throws InterruptedException {
        LastResort resort = LastResort.watch(interruption, Optional.of(Duration.ofHours(1)), Duration.ofHours(1), notes::add,
                halted::add);
        interruption.request(2);
        resort.close();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("last-resort")) {
                thread.join(60_000);
            }
        }
        assertNull(halted.poll());
        assertEquals(List.of(), notes);
    }
}
