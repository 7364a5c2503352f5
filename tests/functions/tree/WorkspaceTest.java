package functions.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Failure;
import contract.Status;
import functions.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {
    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void files() throws Exception {
        project = new Project(folder);
        Files.writeString(folder.resolve("outside.txt"), "secret");
        Files.createDirectory(folder.resolve("work-too"));
        Files.writeString(folder.resolve("work-too/file"), "secret");
        project.file("inside.txt", "text");
        project.file("sub/deep/file", "text");
        project.file(".git/config", "secret");
        project.file(".pa/sessions/x/journal", "secret");
        project.file("sub/.git/config", "secret");
        Files.createSymbolicLink(project.root.resolve("to-file"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(project.root.resolve("to-folder"), folder);
        Files.createSymbolicLink(project.root.resolve("to-root"), Path.of("/"));
        Files.createSymbolicLink(project.root.resolve("to-git"), Path.of(".git"));
        Files.createSymbolicLink(project.root.resolve("to-inside"), Path.of("sub/deep/file"));
        Files.createSymbolicLink(project.root.resolve("to-deep"), Path.of("sub/deep"));
        Files.createSymbolicLink(project.root.resolve("chain"), Path.of("to-file"));
        Files.createSymbolicLink(project.root.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(project.root.resolve("to-proc"), Path.of("/proc/self", "root", "etc", "passwd"));
    }

    /** JUnit warns of links that lead out of its folder. */
    @AfterEach
    void removeLinks() throws Exception {
        Files.delete(project.root.resolve("to-root"));
        Files.delete(project.root.resolve("to-proc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.txt", "sub/../../outside.txt", "/etc/passwd", "../work-too/file", "to-file", "chain",
        "to-folder/outside.txt", "to-root/etc/passwd", "to-proc", "/proc/self/environ", "..", "/", "to-folder",
        "to-folder/work/../outside.txt", "~/x/../../../etc/passwd"})
    void defect16_noPathLeadsOutOfTheWorkingDirectory(String path) {
        Refused e = assertThrows(Refused.class, () -> project.workspace().existing(path));
        assertTrue(e.getMessage().contains("working directory"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {".git/config", ".pa/sessions/x/journal", "sub/.git/config", "to-git/config",
        "sub/../.git/config", ".GIT/config", ".Pa/sessions"})
    void gitAndPaAreOffLimits(String path) {
        assertThrows(Refused.class, () -> project.workspace().existing(path));
    }

    @ParameterizedTest
    @CsvSource({"inside.txt, inside.txt", "./inside.txt, inside.txt", "sub/../inside.txt, inside.txt",
        "to-inside, sub/deep/file", "to-deep/file, sub/deep/file"})
    void whatIsInsideIsFound(String path, String found) throws Exception {
        assertEquals(found, project.workspace().relative(project.workspace().existing(path)));
    }

    @Test
    void absolutePathsInsideAreFoundByBothNamesOfTheDirectory() throws Exception {
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), project.root);
        Workspace workspace = new Workspace(alias);
        assertEquals("inside.txt", workspace.relative(workspace.existing(project.root + "/inside.txt")));
        assertEquals("inside.txt", workspace.relative(workspace.existing(alias + "/inside.txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "inside.txt/x", "loop", "", "  ", "nul\0"})
    void whatIsNoFileIsRefusedWithoutACrash(String path) {
        assertThrows(Refused.class, () -> project.workspace().existing(path));
    }

    @Test
    void aMissingDirectoryFailsTheSelfCheck() {
        Failure failure = assertThrows(Failure.class, () -> new Workspace(folder.resolve("gone")));
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
        assertThrows(Failure.class, () -> new Workspace(folder.resolve("outside.txt")));
    }
}
