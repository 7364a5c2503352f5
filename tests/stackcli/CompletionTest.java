package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks bash itself. */
class CompletionTest {
    @Test
    void completesVerbsAndTheirOptions(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, 100);
        assertEquals(0, new StackCli(console, Map.of(), Optional.empty()).run("completion"));
        Path script = Files.write(folder.resolve("stack.bash"), out.toByteArray());
        String asked = "source " + script + "; COMP_WORDS=(stack dash); COMP_CWORD=1; COMP_LINE='stack dash'; _complete_stack; "
                + "echo \"${COMPREPLY[@]}\"; COMP_WORDS=(stack up --reten); COMP_CWORD=2; COMP_LINE='stack up --reten'; "
                + "_complete_stack; echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", asked).redirectErrorStream(true).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), answer);
        assertTrue(answer.contains("dashboards") && answer.contains("--retention"), answer);
    }
}
