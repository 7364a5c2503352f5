package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import process.Programs;
import verdict.Scene;

/** {@code pa} is killed while the proof runs in its copy: the user's files are untouched, and the next one gives the disk back. */
class KilledProofTest {
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void killedInTheProofItLeavesTheTreeAsItWasAndTheNextOneSweeps() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(Programs.find("git", Path.of("/"), System.getenv()).isPresent(), "git is not"
                + " installed");
        Path project = Files.createDirectory(folder.toRealPath().resolve("project"));
        Path home = Files.createDirectory(folder.toRealPath().resolve("home"));
        Path pid = home.resolve("check.pid");
        Files.writeString(project.resolve("a.txt"), "bad\n");
        Files.writeString(project.resolve(".gitignore"), "node_modules/\n");
        Files.createDirectory(project.resolve("node_modules"));
        Files.writeString(project.resolve("node_modules/library.js"), "installed\n");
        git(project, "init", "-q");
        git(project, "add", ".");
        git(project, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "begin");
        Files.writeString(project.resolve("a.txt"), "good\n");
        String held = Scene.contents(project);

        Process pa = new Pa(home).withBarePath().start(project, "verify", "--verify", "sh -c 'rm -rf node_modules .git a.txt; echo $$ > "
                + pid + ".new; mv " + pid + ".new " + pid + "; sleep 600'");
        await(() -> Files.exists(pid), "the check begins");
        pa.destroyForcibly().waitFor();
        long check = Long.parseLong(Files.readString(pid).strip());
        await(() -> ProcessHandle.of(check).filter(ProcessHandle::isAlive).isEmpty(), "the check ends with pa");
        Path copies = home.resolve("state/agentproxy/copies");
        assertEquals(held, Scene.contents(project));
        assertNotEquals(List.of(), names(copies), "a killed process cannot clean up");

        Pa.Result next = new Pa(home).withBarePath().run(project, "verify", "--verify", "grep -q good a.txt");
        assertEquals(0, next.exitCode(), next.toString());
        assertEquals(List.of(), names(copies), "the next one removes what is left");
        assertEquals(held, Scene.contents(project));
    }

    private interface Condition {
        boolean met();
    }

    private static void await(Condition condition, String what) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.met()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain: " + what);
            }
            Thread.sleep(20);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    private static void git(Path directory, String... words) throws IOException, InterruptedException {
        Scene.run(directory, Stream.concat(Stream.of("git"), Stream.of(words)).toArray(String[]::new));
    }
}
