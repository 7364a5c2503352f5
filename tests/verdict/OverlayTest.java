package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the copy can stand in the working directory's place, on machines whose programs are scripts of this test. */
class OverlayTest {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    @TempDir
    Path folder;

    private Path scratch;
    private Path bin;

    @BeforeEach
    void folders() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
        bin = Files.createDirectory(folder.resolve("bin"));
    }

    private void program(String name, String... lines) throws IOException {
        Path file = Files.write(bin.resolve(name), List.of("#!/bin/sh", String.join("\n", lines)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** A namespace that is none: what follows the options is run as it is. */
    private void unshare(String... first) throws IOException {
        program("unshare", String.join("\n", first), "while [ \"$1\" != -- ]; do shift; done", "shift", "exec \"$@\"");
    }

    private Optional<Overlay> find() throws InterruptedException {
        return Overlay.find(scratch, Map.of("PATH", bin + ":" + System.getenv("PATH")));
    }

    @Test
    void itStandsThereForOneProcessOnly() throws Exception {
        Map<String, String> machine = Map.of("PATH", System.getenv("PATH"));
        Optional<Overlay> overlay = Overlay.find(scratch, machine);
        Assumptions.assumeTrue(overlay.isPresent(), "this machine has no namespaces for this user");
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Path live = Files.createDirectory(folder.resolve("live"));
        Files.writeString(copy.resolve("a.txt"), "of the copy");
        Files.writeString(live.resolve("a.txt"), "of the working directory");
        Process process = new ProcessBuilder(overlay.get().command(copy, live, List.of("sh", "-c", "pwd -P; cat \"$1\"", "sh",
                live.resolve("a.txt").toString()))).start();
        assertEquals(live.toRealPath() + "\nof the copy", new String(process.getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
        assertEquals("of the working directory", Files.readString(live.resolve("a.txt")));
    }

    @Test
    void whereTheMountShowsNothingThereIsNoOverlay() throws Exception {
        unshare();
        program("mount", "exit 0");
        assertEquals(Optional.empty(), find());
    }

    @Test
    void whereTheMountIsRefusedThereIsNoOverlay() throws Exception {
        unshare();
        program("mount", "exit 1");
        assertEquals(Optional.empty(), find());
    }

    /** The working directory would be written over. */
    @Test
    void whereOthersSeeTheMountTooThereIsNoOverlay() throws Exception {
        unshare();
        program("mount", "cp \"$2\"/* \"$3\"");
        assertEquals(Optional.empty(), find());
    }

    @Test
    void withoutTheProgramThereIsNoOverlay() throws Exception {
        assertEquals(Optional.empty(), Overlay.find(scratch, Map.of("PATH", bin.toString())));
    }

    @Test
    void whereNoFolderCanBeMadeThereIsNoOverlay() throws Exception {
        assertEquals(Optional.empty(), Overlay.find(scratch.resolve("not-there"), Map.of("PATH", System.getenv("PATH"))));
    }

    /** The mount lasts as long as the process, which here means that it is undone when the test of it is over. */
    private void mountUntilTheEnd() throws IOException {
        program("mount", "ln -s \"$2/seen\" \"$3/seen\"", "echo \"$3\" > '" + folder + "/mounted'");
        unshare("echo \"$1\" >> '" + folder + "/ways'", "case \"$1\" in $REFUSED) exit 1;; esac",
                "while [ \"$1\" != -- ]; do shift; done", "shift", "\"$@\"", "code=$?", "rm -f \"$(cat '" + folder + "/mounted')/seen\"",
                "exit $code");
    }

    @Test
    void theFirstWayThatWorksIsTaken() throws Exception {
        mountUntilTheEnd();
        String path = bin + ":" + System.getenv("PATH");
        List<String> words = Overlay.find(scratch, Map.of("PATH", path)).orElseThrow().command(Path.of("/c"), Path.of("/l"),
                List.of("make", "test"));
        assertEquals(ROOT ? List.of("unshare", "--mount", "--") : List.of("unshare", "--user", "--map-current-user", "--keep-caps",
                "--mount", "--"), words.subList(0, words.indexOf("--") + 1));
        assertEquals(List.of("sh", "/c", "/l", "make", "test"), words.subList(words.size() - 5, words.size()));
        assertEquals(1, Files.readAllLines(folder.resolve("ways")).size());
    }

    @Test
    void whereRootMayNotMountItIsTriedAsAUserAndNobodyElseIsMadeRoot() throws Exception {
        mountUntilTheEnd();
        Optional<Overlay> overlay = Overlay.find(scratch, Map.of("PATH", bin + ":" + System.getenv("PATH"), "REFUSED",
                ROOT ? "--mount" : "--user"));
        assertEquals(ROOT, overlay.isPresent());
        assertEquals(ROOT ? List.of("--mount", "--user") : List.of("--user"), Files.readAllLines(folder.resolve("ways")));
        if (ROOT) {
            List<String> words = overlay.get().command(Path.of("/c"), Path.of("/l"), List.of());
            assertTrue(words.contains("--map-root-user"), words.toString());
            assertFalse(words.contains("--keep-caps"), words.toString());
        }
    }
}
