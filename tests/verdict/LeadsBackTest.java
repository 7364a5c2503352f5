package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Interruption;
import functions.tree.ShadowTree;
import functions.tree.TreeStore;
import functions.tree.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leads from a copy back into the working directory, where the copy cannot stand in its place. */
class LeadsBackTest {
    @TempDir
    Path folder;

    private Path live;
    private Path copy;
    private Path home;

    @BeforeEach
    void folders() throws IOException {
        folder = folder.toRealPath();
        live = Files.createDirectory(folder.resolve("live"));
        copy = Files.createDirectory(folder.resolve("copy"));
        home = Files.createDirectory(folder.resolve("home"));
    }

    private Optional<String> find(String... installed) throws Exception {
        ShadowTree tree = new ShadowTree(new Workspace(live), TreeStore.alone(folder.resolve("states")), System.getenv(),
                new Interruption());
        String state = tree.state();
        return LeadsBack.find(tree.states().orElseThrow(), List.of(state), live, copy, List.of(installed), Map.of("HOME", home.toString()));
    }

    private void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aProjectOfItsOwnLeadsNowhere() throws Exception {
        write(live.resolve("a.txt"), "see " + folder.resolve("other/b.txt"));
        Files.createSymbolicLink(live.resolve("inside"), Path.of("a.txt"));
        Files.createSymbolicLink(live.resolve("outside"), folder.resolve("other"));
        write(copy.resolve("node_modules/a.js"), "x");
        assertEquals(Optional.empty(), find("node_modules", "missing"));
    }

    @Test
    void aFileThatNamesTheWorkingDirectoryDoes() throws Exception {
        write(live.resolve("go.work"), "use " + live + "/module");
        assertEquals(Optional.of("go.work names the working directory by its absolute path"), find());
    }

    @Test
    void aLinkByTheAbsolutePathDoes() throws Exception {
        write(live.resolve("real/a.txt"), "x");
        Files.createSymbolicLink(live.resolve("src"), live.resolve("x/../real"));
        assertEquals(Optional.of("the link src names the working directory by its absolute path"), find());
    }

    @Test
    void aLinkAmongTheDependenciesDoes() throws Exception {
        Files.createDirectories(copy.resolve("node_modules"));
        Files.createSymbolicLink(copy.resolve("node_modules/mine"), live.resolve("packages/mine"));
        assertEquals(Optional.of("node_modules: mine leads into the working directory"), find("node_modules"));
        Files.delete(copy.resolve("node_modules/mine"));
        Files.createSymbolicLink(copy.resolve("node_modules/mine"), Path.of("../packages/mine"));
        assertEquals(Optional.empty(), find("node_modules"), "a relative one leads into the copy");
    }

    @Test
    void anInstallationThatCanBeEditedDoes() throws Exception {
        for (String name : List.of("mine.pth", "mine.egg-link", "__editable___mine_finder.py")) {
            Path file = copy.resolve(".venv/site-packages/" + name);
            write(file, live + "\n");
            assertEquals(Optional.of(".venv: " + name + " leads into the working directory"), find(".venv"));
            write(file, folder.resolve("other") + "\n");
            assertEquals(Optional.empty(), find(".venv"), name);
            Files.delete(file);
        }
        write(copy.resolve(".venv/full.pth"), live + "\n" + "x".repeat(64 * 1024 - live.toString().length() - 1));
        assertEquals(Optional.of(".venv: full.pth leads into the working directory"), find(".venv"));
        Files.delete(copy.resolve(".venv/full.pth"));
        write(copy.resolve(".venv/readme.txt"), live + "\n");
        write(copy.resolve(".venv/long.pth"), live + "\n" + "x".repeat(64 * 1024));
        assertEquals(Optional.empty(), find(".venv"), "nothing reads these as a path");
    }

    @Test
    void oneOfTheUsersOwnDoesToo() throws Exception {
        write(home.resolve(".local/lib/python3.12/site-packages/mine.pth"), live + "\n");
        assertEquals(Optional.of("the editable installation mine.pth leads into the working directory"), find());
        Files.move(home.resolve(".local/lib/python3.12/site-packages"), home.resolve(".local/lib/python3.12/other"));
        assertEquals(Optional.empty(), find());
    }
}
