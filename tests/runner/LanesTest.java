package runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lanes add up, and one that dies is a failure and not a shorter suite. */
class LanesTest {
    /** Stands for a lane of tests: prints what it is told and ends. */
    static final class Lane {
        public static void main(String... lines) {
            for (String line : lines) {
                System.out.println(line);
            }
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Lanes lanes = new Lanes(new PrintStream(out, true));

    @Test
    void sumsOfAllLanesAreOne() throws Exception {
        lanes.run(Lane.class.getName(), List.of(List.of("a line", "3 passed, 0 failed, 1 skipped"),
                List.of("4 passed, 0 failed, 2 skipped")));
        assertEquals("7 passed, 0 failed, 3 skipped", lanes.summary());
        assertEquals(0, lanes.exitCode());
        assertEquals("a line", out.toString().strip());
    }

    @Test
    void aLaneThatEndsWithoutASumHasFailed() throws Exception {
        lanes.run(Lane.class.getName(), List.of(List.of("3 passed, 0 failed, 0 skipped"), List.of("cut off")));
        assertEquals("3 passed, 1 failed, 0 skipped", lanes.summary());
        assertEquals(1, lanes.exitCode());
        assertTrue(out.toString().contains("without a sum"), out.toString());
    }
}
