package embedded.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The engine's periodic work. */
class ChoreTest {
    @Test
    void isDoneAgainAfterADefect() throws InterruptedException {
        CountDownLatch times = new CountDownLatch(3);
        ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor();
        try {
            housekeeping.scheduleWithFixedDelay(Server.chore("a chore", () -> {
                times.countDown();
                throw new IllegalStateException("a defect");
            }), 0, 1, TimeUnit.MILLISECONDS);
            assertTrue(times.await(10, TimeUnit.SECONDS));
        } finally {
            housekeeping.shutdownNow();
        }
    }
}
