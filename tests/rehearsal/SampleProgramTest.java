package rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program is run for what it is: its check fails once per fault, each time in other words, and then passes. */
class SampleProgramTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, RehearsalScript.MAX_ROUNDS - 1})
    void eachMendingBringsTheCheckOneFurther(int faults) throws Exception {
        Files.createDirectory(folder.resolve(SampleProgram.FOLDER));
        Files.writeString(folder.resolve(SampleProgram.GREET), SampleProgram.greet(faults));
        Files.writeString(folder.resolve(SampleProgram.CHECK), SampleProgram.check(faults));
        Set<String> failures = new HashSet<>();
        for (int fixed = 0; fixed < faults; fixed++) {
            String failure = SampleProgram.failure(run(SampleProgram.CHECK, 1));
            assertTrue(failures.add(failure.replaceAll("\\d+", "#")), "said before, as in a stall: " + failure);
            String script = Files.readString(folder.resolve(SampleProgram.GREET));
            String better = SampleProgram.fixing(failure).applyTo(script);
            assertTrue(!better.equals(script), failure);
            Files.writeString(folder.resolve(SampleProgram.GREET), better);
        }
        assertEquals(SampleProgram.PASS + (faults + 1) + " greetings are right", run(SampleProgram.CHECK, 0));
        assertEquals("Hello, world!", run(SampleProgram.GREET, 0));
    }

    @Test
    void theFailureIsFoundInOtherText() {
        assertEquals("FAIL: greet.sh de Ada: expected 'a' but got 'b'",
                SampleProgram.failure("$ sh check.sh\nFAIL: greet.sh de Ada: expected 'a' but got 'b'\n→ exit 1"));
        assertEquals("", SampleProgram.failure("FAIL: something else"));
        assertThrows(IllegalArgumentException.class, () -> SampleProgram.fixing("FAIL: greet.sh xx Ada"));
    }

    private String run(String script, int expected) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", folder.resolve(script).toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(expected, process.waitFor(), output);
        return output;
    }
}
