package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import console.Console;
import contract.ExitCode;
import contract.TraceLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine a verb takes by itself while no container engine answers. */
class EngineChoiceTest {
    @TempDir Path folder;

    private record Result(int code, String all) {}

    @Test
    void theEmbeddedEngineIsTakenWhereThereWereNoContainers() {
        Result status = stack("status");
        assertEquals(ExitCode.NOT_READY, status.code(), status.all());
        assertTrue(status.all().contains("embedded, because no container engine answers"), status.all());
    }

    /** The engine was killed: a new stack beside its containers would hide their data, and take what is sent meanwhile. */
    @Test
    void containersThatWereNotTakenDownAreStillMeant() throws IOException {
        TraceLink.remember("docker other", "http://127.0.0.1:3000/" + TraceLink.PLACE, environment());
        assertEquals(ExitCode.NOT_READY, stack("status").code(), "another stack's containers are not meant");
        TraceLink.remember("docker agentproxy", "http://127.0.0.1:3000/" + TraceLink.PLACE, environment());
        for (String[] command : new String[][] {{"status"}, {"up"}, {"down"}}) {
            Result gone = stack(command);
            assertEquals(ExitCode.NO_ENGINE, gone.code(), gone.all());
            assertTrue(gone.all().contains("no container engine answers") && gone.all().contains("--engine embedded"), gone.all());
        }
        Result chosen = stack("--engine", "embedded", "status");
        assertEquals(ExitCode.NOT_READY, chosen.code(), chosen.all());
    }

    private Map<String, String> environment() {
        return Map.of("HOME", folder.toString(), "DOCKER_HOST", "unix://" + folder.resolve("none.sock"));
    }

    private Result stack(String... arguments) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(all, true, StandardCharsets.UTF_8);
        int code = StackCli.withBothEngines(new Console(stream, stream, 200), environment()).run(arguments);
        return new Result(code, all.toString(StandardCharsets.UTF_8));
    }
}
