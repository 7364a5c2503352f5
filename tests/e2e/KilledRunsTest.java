package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@code make bench ONLY=kills}. */
class KilledRunsTest {
    private static final int KILLS = 6;

    @TempDir Path folder;

    @Test
    void everyKilledRunIsOneCompleteTraceAfterTheNextPa() throws Exception {
        try (Kills lab = new Kills(folder, 7)) {
            long whole = lab.whole();
            for (int i = 1; i <= KILLS; i++) {
                lab.kill(whole * i / (KILLS + 1));
            }
            lab.nextRuns();
            Kills.Found found = lab.look();
            assertEquals(List.of(), found.problems());
            assertEquals(found.journals(), found.complete());
            assertTrue(found.recovered() > 0, "no kill hit a run between its first event and its last");
        }
    }
}
