package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session looked at again: as a tree, or one round of it in full. */
class ShowTest {
    @TempDir Path home;
    @TempDir Path project;

    @Test
    void oneRoundIsShownInFullAndNothingOfTheOthers() {
        Pa pa = new Pa(home).withBarePath();
        Pa.Result run = pa.run(project, "--rehearse", "--no-telemetry", "-d", ".", "Create a hello world script");
        assertEquals(0, run.exitCode(), run.toString());
        String second = new Pa(home).run(project, "show", "--round", "2").out();
        assertTrue(second.startsWith("round 2 · instruction\n    The check fails:"), second);
        assertTrue(second.contains("expected 'Hallo, Ada!' but got") && second.contains("mark_done"), second);
        String first = new Pa(home).run(project, "show", "--round", "1").out();
        assertTrue(first.contains("    Create a hello world script") && first.contains("→ send_to_claude"), first);
        assertFalse(first.contains("mark_done") || second.contains("→ send_to_claude"), first);
        Pa.Result none = new Pa(home).run(project, "show", "--round", "3");
        assertEquals(2, none.exitCode(), none.toString());
        assertTrue(none.err().contains("no round 3") && none.err().contains("--round 1 to 2"), none.toString());
    }
}
