package launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runner.Repository;

/**
 * {@code make release} in a small repository of its own: what is not ready is said with what to do, and then nothing is written.
 * JBang is a stand-in there, which answers as the programs would.
 */
class ReleaseTest {
    private static final String CHANGELOG = """
            # Changelog

            ## Unreleased

            ## 1.2.3 – 2026-11-26
            ### Added
            - A thing.

            ## 1.2.2 – 2026-10-01
            - An older thing.
            """;

    @TempDir Path folder;

    private record Result(int code, String text) {}

    @BeforeEach
    void repository() throws Exception {
        Path script = Files.createDirectories(folder.resolve(".ci")).resolve("release");
        Files.copy(Repository.root().resolve(".ci/release"), script);
        assertTrue(script.toFile().setExecutable(true));
        version("1.2.3");
        changelog(CHANGELOG);
        Files.writeString(folder.resolve(".gitignore"), "/build/\n");
        Path jbang = folder.resolve("jbang");
        Files.writeString(jbang, """
                #!/bin/sh
                # STAND-IN for JBang: the programs' versions, and a bill of materials.
                case "$2 $3" in
                  *" --version") echo "$2 1.2.3" ;;
                  *" sbom") echo '{"bomFormat":"CycloneDX"}' >"$4" ;;
                esac
                """);
        assertTrue(jbang.toFile().setExecutable(true));
        git("init", "-q");
        git("config", "user.name", "Tester");
        git("config", "user.email", "tester@example.invalid");
        commit();
        git("tag", "v1.2.3");
    }

    private void version(String version) throws IOException {
        Path product = Files.createDirectories(folder.resolve("lib/contract")).resolve("Product.java");
        Files.writeString(product, "class Product { public static final String VERSION = \"" + version + "\"; }\n");
    }

    private void changelog(String text) throws IOException {
        Files.writeString(folder.resolve("CHANGELOG.md"), text);
    }

    private void commit() throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", "Change something");
    }

    private void git(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Result result = run(command);
        assertEquals(0, result.code(), result.text());
    }

    private Result run(String... command) throws Exception {
        Path said = folder.resolveSibling(folder.getFileName() + ".said");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), command[0] + " does not end");
        String text = Files.readString(said);
        Files.delete(said);
        return new Result(process.exitValue(), text);
    }

    private Result release() throws Exception {
        return run(folder.resolve(".ci/release").toString());
    }

    private void refused(String... words) throws Exception {
        Result result = release();
        assertEquals(1, result.code(), result.text());
        for (String word : words) {
            assertTrue(result.text().contains(word), result.text());
        }
        assertTrue(result.text().contains("\n  fix: "), result.text());
        assertFalse(Files.exists(folder.resolve("build/release")), "nothing is written");
    }

    @Test
    void whatIsReadyIsWrittenForPublishing() throws Exception {
        Result result = release();
        assertEquals(0, result.code(), result.text());
        assertTrue(result.text().contains("git push origin HEAD v1.2.3"), result.text());
        Path out = folder.resolve("build/release");
        assertEquals("### Added\n- A thing.\n", Files.readString(out.resolve("notes.md")).stripTrailing() + "\n");
        Set<String> names = new TreeSet<>();
        try (ZipFile zip = new ZipFile(out.resolve("agentproxy-java-1.2.3.zip").toFile())) {
            zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> names.add(entry.getName()));
        }
        assertEquals(Set.of("agentproxy-java-1.2.3/.ci/release", "agentproxy-java-1.2.3/.gitignore", "agentproxy-java-1.2.3/CHANGELOG.md",
                "agentproxy-java-1.2.3/jbang", "agentproxy-java-1.2.3/lib/contract/Product.java"), names);
        List<String> sums = Files.readAllLines(out.resolve("SHA256SUMS"));
        assertEquals(2, sums.size());
        for (String sum : sums) {
            String[] parts = sum.split("\\s+\\*?");
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(out.resolve(parts[1])));
            assertEquals(HexFormat.of().formatHex(digest), parts[0], parts[1]);
        }
        assertTrue(Files.readString(out.resolve("agentproxy-java-1.2.3.cdx.json"), StandardCharsets.UTF_8).contains("CycloneDX"));
        assertEquals("", run("git", "status", "--porcelain").text(), "the working tree stays as it was");
        assertEquals(0, release().code(), "and again");
    }

    @Test
    void changesThatAreNotCommittedAreRefused() throws Exception {
        Files.writeString(folder.resolve("new.txt"), "x");
        refused("changes that are not committed");
    }

    @Test
    void aMissingTagIsNamedWithTheCommandThatMakesIt() throws Exception {
        git("tag", "-d", "v1.2.3");
        refused("there is no tag v1.2.3", "git tag v1.2.3");
    }

    /** As when nobody has raised the version since the last release. */
    @Test
    void aTagAtAnEarlierCommitMayMeanThatTheVersionWasNotRaised() throws Exception {
        Files.writeString(folder.resolve("new.txt"), "x");
        commit();
        refused("the tag v1.2.3 is at ", "lib/contract/Product.java", "git tag -f v1.2.3");
    }

    @Test
    void aVersionWithoutItsSectionIsRefusedAndTheLineIsGiven() throws Exception {
        version("1.3.0");
        commit();
        git("tag", "v1.3.0");
        refused("CHANGELOG.md has no section of 1.3.0", "'## 1.3.0 – 20");
    }

    @Test
    void aVersionBelowTheNewestSectionIsRefused() throws Exception {
        version("1.2.2");
        commit();
        git("tag", "v1.2.2");
        refused("the newest section of CHANGELOG.md is not that of 1.2.2");
    }

    @Test
    void aVersionOfAnotherFormEndsAtOnce() throws Exception {
        version("next");
        refused("has no version X.Y.Z but \"next\"");
    }

    @Test
    void entriesThatAreLeftUnderUnreleasedAreCounted() throws Exception {
        changelog(CHANGELOG.replace("## Unreleased\n", "## Unreleased\n- One.\n- Two.\n"));
        commit();
        git("tag", "-f", "v1.2.3");
        refused("CHANGELOG.md has 2 entries under Unreleased", "move them to the section of 1.2.3");
    }

    @Test
    void aSectionThatSaysNothingIsRefused() throws Exception {
        changelog(CHANGELOG.replace("- A thing.\n", ""));
        commit();
        git("tag", "-f", "v1.2.3");
        refused("CHANGELOG.md says nothing about 1.2.3");
    }

    @Test
    void allProblemsAreSaidAtOnce() throws Exception {
        version("1.3.0");
        Result result = release();
        assertEquals(1, result.code());
        assertTrue(result.text().contains("3 to fix"), result.text());
    }

    @Test
    void aProgramThatSaysAnotherVersionIsNamed() throws Exception {
        Path jbang = folder.resolve("jbang");
        Files.writeString(jbang, Files.readString(jbang).replace("1.2.3", "1.2.2"));
        commit();
        git("tag", "-f", "v1.2.3");
        refused("pa --version says 'pa 1.2.2'", "stack --version says 'stack 1.2.2'");
    }
}
