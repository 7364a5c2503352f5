package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pa} as a process: it runs the check, but no program without permission. */
class UnaskedTest {
    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
    }

    @Test
    void aScriptThatTheTaskForbidsToRunIsNotRun() throws IOException {
        Pa.Result result = pa("cat >/dev/null; printf '#!/bin/sh\\ntouch ROTATED\\n' > rotate-keys.sh; chmod +x rotate-keys.sh");
        assertNotEquals(0, result.exitCode(), "nothing was proved: " + result);
        assertTrue(Files.exists(project.resolve("rotate-keys.sh")), result.toString());
        assertFalse(Files.exists(project.resolve("ROTATED")), result.toString());
    }

    @Test
    void aCheckThatTheProjectHadIsRun() throws IOException {
        Files.writeString(project.resolve("Makefile"), "test:\n\tgrep -q good a.txt\n");
        Pa.Result result = pa("cat >/dev/null; echo good > a.txt");
        assertEquals(0, result.exitCode(), result.toString());
    }

    private Pa.Result pa(String script) throws IOException {
        Path worker = Files.write(folder.resolve("worker"), List.of("#!/bin/sh", script));
        assertTrue(worker.toFile().setExecutable(true));
        return new Pa(Files.createDirectories(folder.resolve("home"))).withBarePath().run(project, "--reasoner", "rules",
                "--worker-cmd", worker.toString(), "Write rotate-keys.sh. Do NOT run it.");
    }
}
