package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stackcli.StackCli;

/** The launcher's class archive is useful only if the training commands run to their end. */
class TrainingEngineTest {
    @TempDir Path folder;

    @Test
    void everyCommandOfTheTrainingSucceedsOnIt() throws Exception {
        try (TrainingEngine engine = TrainingEngine.at(folder.resolve("s"))) {
            Map<String, String> environment = new HashMap<>(engine.environment());
            environment.put("HOME", folder.toString());
            assertEquals("0", run(environment, "status"));
            assertEquals("0", run(environment, "up"));
            engine.empty();
            assertEquals("0", run(environment, "up"), "a first start");
            assertEquals("0", run(environment, "down"));
        }
    }

    private static String run(Map<String, String> environment, String... command) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said);
        int code = StackCli.withBothEngines(new Console(stream, stream, 100), environment).run(command);
        return code == 0 ? "0" : code + ": " + said;
    }
}
