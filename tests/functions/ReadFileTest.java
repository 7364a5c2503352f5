package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.decision.FunctionResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadFileTest {
    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void project() throws Exception {
        project = new Project(folder);
    }

    @Test
    void aFileIsShownAsItIs() throws Exception {
        project.file("a/b.txt", "grüße", "zwei");
        FunctionResult result = project.read("a/b.txt");
        assertTrue(result.success());
        assertEquals("grüße\nzwei\n", result.output());
        assertTrue(result.verification().isEmpty());
    }

    @Test
    void defect16_readFileStaysInsideDirectlyAndThroughASymlink() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "CANARY");
        Files.createSymbolicLink(project.root.resolve("link"), secret);
        for (String path : new String[] {secret.toString(), "../secret.txt", "link", "/etc/passwd"}) {
            FunctionResult result = project.read(path);
            assertFalse(result.success(), path);
            assertFalse(result.output().contains("CANARY") || result.output().contains("root:"), path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", ".env.local", "sub/.env.production", ".ENV", ".envrc"})
    void filesThatHoldSecretsAreNotShown(String path) throws Exception {
        project.file(path, "KEY=CANARY");
        FunctionResult result = project.read(path);
        assertFalse(result.success());
        assertFalse(result.output().contains("CANARY"));
    }

    @Test
    void aTemplateOfOneIsShown() throws Exception {
        project.file(".env.example", "KEY=");
        assertTrue(project.read(".env.example").success());
    }

    @Test
    void aLongFileIsCapped() throws Exception {
        Files.writeString(project.root.resolve("long"), "START" + "é".repeat(200_000) + "END");
        String text = project.read("long").output();
        assertTrue(text.startsWith("START") && text.endsWith("END"));
        assertTrue(text.contains("[… " + (400_008 - FunctionOptions.OUTPUT_CAP) + " bytes left out …]"));
        assertTrue(text.getBytes(StandardCharsets.UTF_8).length < FunctionOptions.OUTPUT_CAP + 100);
    }

    @Test
    void aBinaryFileIsSaidToBeOne() throws Exception {
        Files.write(project.root.resolve("picture"), new byte[] {'P', 'N', 'G', 0, 1, 2});
        FunctionResult result = project.read("picture");
        assertFalse(result.success());
        assertTrue(result.output().contains("binary file of 6 bytes"));
    }

    @Test
    void aFolderAnEmptyFileAMissingOneAndAPipeAreSaid() throws Exception {
        project.file("sub/one", "1");
        Files.createDirectory(project.root.resolve("sub/two"));
        Files.createFile(project.root.resolve("empty"));
        assertEquals(0, new ProcessBuilder("mkfifo", project.root.resolve("pipe").toString()).start().waitFor());
        assertEquals("sub is a folder. It contains: one, two/", project.read("sub").output());
        assertEquals("(empty is empty)", project.read("empty").output());
        assertTrue(project.read("missing").output().contains("does not exist"));
        assertTrue(project.read("pipe").output().contains("not a regular file"));
    }

    @Test
    void escapeSequencesAreTakenOut() throws Exception {
        project.file("colours", "\u001b[31mred\u001b[0m\u0007");
        assertEquals("red\n", project.read("colours").output());
    }
}
