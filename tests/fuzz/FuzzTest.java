package fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@code make bench ONLY=fuzz}: always the same inputs. */
class FuzzTest {
    private static final int INPUTS = 1_500;

    @TempDir Path folder;

    @Test
    void noReaderBreaksOnAnInputThatIsAlmostRight() throws Exception {
        for (Target target : Fuzz.targets(folder)) {
            assertEquals(Optional.empty(), Fuzz.run(target, INPUTS, 4711).problem());
        }
    }
}
