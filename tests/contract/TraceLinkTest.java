package contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several stacks may be up at once, and each goes down by itself. */
class TraceLinkTest {
    private static final String FIRST = "http://127.0.0.1:3000/explore?" + TraceLink.PLACE;
    private static final String SECOND = "http://127.0.0.1:3001/explore?" + TraceLink.PLACE;

    @TempDir Path folder;
    private Map<String, String> environment;

    @BeforeEach
    void home() {
        environment = Map.of("XDG_STATE_HOME", folder.toString());
    }

    @Test
    void theNewestStackIsMeantAndWhenItIsDownTheOneBeforeIt() throws IOException {
        TraceLink.forget("docker a", environment);
        assertEquals(Optional.empty(), TraceLink.of("id", environment));
        TraceLink.remember("docker a", FIRST, environment);
        TraceLink.remember("docker b", SECOND, environment);
        assertEquals(Optional.of("http://127.0.0.1:3001/explore?id"), TraceLink.of("id", environment));
        TraceLink.forget("docker b", environment);
        assertEquals(Optional.of("http://127.0.0.1:3000/explore?id"), TraceLink.of("id", environment));
        TraceLink.forget("docker a", environment);
        assertEquals(Optional.empty(), TraceLink.of("id", environment));
        assertFalse(Files.exists(folder.resolve("agentproxy/trace-url")), "nothing is left of it");
    }

    @Test
    void aStackIsKnownFromItsStartToItsEnd() throws IOException {
        TraceLink.remember("docker ab", SECOND, environment);
        assertFalse(TraceLink.isKnown("docker a", environment));
        TraceLink.remember("docker a", FIRST, environment);
        assertTrue(TraceLink.isKnown("docker a", environment));
        TraceLink.forget("docker a", environment);
        assertFalse(TraceLink.isKnown("docker a", environment));
    }

    @Test
    void aStackThatIsUpAgainStandsThereOnce() throws IOException {
        TraceLink.remember("docker a", FIRST, environment);
        TraceLink.remember("docker b", SECOND, environment);
        TraceLink.remember("docker a", FIRST, environment);
        assertEquals(2, Files.readAllLines(folder.resolve("agentproxy/trace-url")).size());
        assertEquals(Optional.of("http://127.0.0.1:3000/explore?id"), TraceLink.of("id", environment));
        assertEquals(Optional.of("http://other/id"), TraceLink.of("id", Map.of("XDG_STATE_HOME", folder.toString(),
                Variables.TRACE_URL, "http://other/" + TraceLink.PLACE)));
    }
}
