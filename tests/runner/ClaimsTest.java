package runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test class is run by one lane, and the slow ones begin. */
class ClaimsTest {
    private static final List<String> CLASSES = List.of("agent.SmallTest", "containers.FaultsTest", "containers.NewTest",
            "gate.GateTest", "launch.LauncherMemoryTest");

    @Test
    void aClassIsTakenOnce(@TempDir Path folder) throws IOException {
        assertTrue(new Claims(folder).take("agent.SmallTest"));
        assertFalse(new Claims(folder).take("agent.SmallTest"));
        assertTrue(new Claims(folder).take("agent.OtherTest"));
    }

    @Test
    void theSlowOnesComeFirstAndContainersInOneLaneAlone() {
        assertEquals(List.of("containers.FaultsTest", "containers.NewTest", "launch.LauncherMemoryTest", "gate.GateTest",
                "agent.SmallTest"), Claims.inOrder(CLASSES, true));
        assertEquals(List.of("launch.LauncherMemoryTest", "gate.GateTest", "agent.SmallTest"), Claims.inOrder(CLASSES, false));
    }
}
