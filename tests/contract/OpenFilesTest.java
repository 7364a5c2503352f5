package contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ulimit -n 64}: one sentence, not a class that cannot be found. */
class OpenFilesTest {
    @TempDir Path folder;

    @Test
    void readsTheLimitThatHolds() {
        String line = "Max open files            %d                   1048576              files     ";
        assertTrue(OpenFiles.lacking(List.of("Max processes 5 5 processes", String.format(line, 64))).orElseThrow().getMessage()
                .contains("may have 64 files open"));
        assertEquals(Optional.empty(), OpenFiles.lacking(List.of(String.format(line, 128))));
        assertEquals(Optional.empty(), OpenFiles.lacking(List.of("Max open files            unlimited  unlimited  files")));
        assertEquals(Optional.empty(), OpenFiles.lacking(List.of("something else")));
    }

    /** {@code stack} says it in the same words; its class cannot stand in one classpath with a package of that name. */
    @Test
    void paSaysItAndEnds() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/limits")), "the limit is looked up in /proc");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder("sh", "-c", "ulimit -n 64; exec \"$@\"", "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                "pa", "sessions").redirectError(err.toFile()).redirectOutput(folder.resolve("out").toFile()).start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it hangs");
        String told = Files.readString(err);
        assertEquals(1, process.exitValue(), told);
        assertTrue(told.startsWith("pa: this process may have 64 files open, and needs 128"), told);
        assertTrue(told.contains("ulimit -n 1024"), told);
        assertTrue(told.lines().count() <= 3, told);
    }
}
