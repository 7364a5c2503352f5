package launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says of a jar that is not the one that libraries.lock names. */
class LockedLibrariesTest {
    private static final String SHA256_OF_JAR = "92dfa5e08274e8a51e8b33ebcafc8e9f57b0a5a4b5ae4e4ec3b0fda7fee8dd67";

    @TempDir
    Path root;
    private Path jar;

    private record Said(int code, String text) {}

    @BeforeEach
    void prepare() throws Exception {
        assumeTrue(run("command -v sha256sum").code == 0, "sha256sum is not installed");
        jar = root.resolve("m2 of ada/repository/org/x/y/1.0/y-1.0.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "content");
    }

    private static Said run(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    /** The launcher's own function, on a command line as JBang writes it. */
    private Said locked() throws Exception {
        String launcher = Files.readString(Path.of("jbang"));
        String function = launcher.substring(launcher.indexOf("locked() {"), launcher.indexOf("\n}\n",
                launcher.indexOf("locked() {")) + 3);
        return run("set -eu\nroot='" + root + "'\nmemory='" + root + "/memory'\nsay() { printf '%s\\n' \"$*\"; }\n" + function
                + "(locked \"'/usr/bin/java' -XX:+UseSerialGC -classpath '" + root + "/other.jar:" + jar + "' pa\") || exit 1\n"
                + "echo runs\n");
    }

    private void lock(String sha256) throws Exception {
        Files.writeString(root.resolve("libraries.lock"), "# comment\n" + sha256 + "  org/x/y/1.0/y-1.0.jar\n");
    }

    private String sha256() throws Exception {
        return run("sha256sum <'" + jar + "'").text.substring(0, SHA256_OF_JAR.length());
    }

    @Test
    void aJarThatIsTheOneInTheLockRuns() throws Exception {
        lock(sha256());
        assertEquals(new Said(0, "runs\n"), locked());
        assertTrue(Files.exists(root.resolve("memory.locked")), "and is not looked at again");
    }

    @Test
    void aJarThatIsAnotherOneIsNamedAndNothingRuns() throws Exception {
        lock(SHA256_OF_JAR);
        Said said = locked();
        assertEquals(1, said.code);
        assertTrue(said.text.contains("SHA-256 differs") && said.text.contains(jar.toString()), said.text);
        assertTrue(said.text.contains("nothing was run"), said.text);
    }

    @Test
    void aJarThatChangesAfterwardsIsNoticed() throws Exception {
        lock(sha256());
        locked();
        Files.writeString(jar, "other content");
        assertEquals(1, locked().code);
    }

    @Test
    void everyLineOfTheLockIsASumAndAPath() throws Exception {
        List<String> lines;
        try (Stream<String> all = Files.lines(Path.of("libraries.lock"))) {
            lines = all.filter(line -> !line.startsWith("#")).toList();
        }
        assertTrue(lines.size() > 50, "lines: " + lines.size());
        lines.forEach(line -> assertTrue(line.matches("[0-9a-f]{64}  [\\w./+-]+\\.jar"), line));
    }
}
