package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verdict.Scene;

/** Whatever happens in the copy, the user's tree stays as it is, what git ignores included; and the disk is given back. */
class VerifyKilledTest {
    private static final int PATIENCE = 12_000;

    @TempDir
    Path folder;

    /** @param run during which it is killed: on the old files, or on the new ones */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aKillInsideOfTheProofTouchesNothingAndTheNextOneGivesTheDiskBack(int run) throws Exception {
        Path home = Files.createDirectories(folder.toRealPath().resolve("home"));
        Path project = project(home, run);
        String before = Scene.contents(project);
        Pa pa = new Pa(home).withBarePath();
        Process process = pa.start(project, "verify", "--verify", "sh check.sh");
        Path begun = home.resolve("begun" + run);
        for (int i = 0; i < PATIENCE && process.isAlive() && !Files.exists(begun); i++) {
            Thread.sleep(10);
        }
        assertTrue(Files.exists(begun), () -> "the check was not reached: " + pa.result(process));
        process.destroyForcibly().waitFor();
        assertEquals(before, Scene.contents(project));
        Files.writeString(home.resolve("go"), "");
        Pa.Result again = pa.run(project, "verify", "--verify", "sh check.sh");
        assertEquals(0, again.exitCode(), again.toString());
        assertEquals(before, Scene.contents(project));
        assertEquals(0, copies(home), "the killed one's copy is gone too");
    }

    @Test
    void aProofThatWritesAndDeletesAllItFindsTouchesNothing() throws Exception {
        Path home = Files.createDirectories(folder.toRealPath().resolve("home"));
        Path project = project(home, 0);
        Files.writeString(home.resolve("go"), "");
        Files.writeString(project.resolve("a.txt"), "good\n");
        String before = Scene.contents(project);
        Pa.Result result = new Pa(home).withBarePath().run(project, "verify", "--verify",
                "sh -c 'grep -q good a.txt || exit 1; rm -rf node_modules .env a.txt; echo x > check.sh'");
        assertEquals(0, result.exitCode(), result.toString());
        assertEquals(before, Scene.contents(project));
        assertEquals(0, copies(home));
    }

    private static Path project(Path home, int run) throws Exception {
        Path project = Files.createDirectories(home.resolve("project"));
        Files.writeString(project.resolve("a.txt"), "bad\n");
        Files.writeString(project.resolve(".gitignore"), "node_modules/\n.env\n");
        // Counts its runs, and stays in the wanted one until it may go.
        Files.writeString(project.resolve("check.sh"), "n=$(($(cat '" + home + "/n' 2>/dev/null || echo 0) + 1))\necho $n > '" + home
                + "/n'\necho dirt > node_modules/dirt; echo dirt > dirt; : > '" + home + "/begun'$n\nwhile [ $n = " + run + " ] && [ ! -e '"
                + home + "/go' ]; do sleep 0.05; done\ngrep -q good a.txt\n");
        Scene.run(project, "git", "init", "-q");
        Scene.run(project, "git", "add", "-A");
        Scene.run(project, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "begin");
        Files.createDirectories(project.resolve("node_modules/left"));
        Files.writeString(project.resolve("node_modules/left/index.js"), "module.exports = 1;\n");
        Files.writeString(project.resolve(".env"), "A=1\n");
        Files.writeString(project.resolve("a.txt"), "good\n");
        return project;
    }

    private static long copies(Path home) throws IOException {
        try (Stream<Path> all = Files.find(home.resolve("state"), 8, (path, attributes) -> path.getParent().endsWith("copies"))) {
            return all.count();
        }
    }
}
