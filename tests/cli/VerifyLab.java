package cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import verdict.Scene;

/** A repository with one commit, in which {@code pa verify} is run as a process. */
abstract class VerifyLab {
    static final String CHECK = "grep -q good a.txt";

    @TempDir
    Path folder;

    Path project;

    Path home;

    @BeforeEach
    void aRepositoryWithOneCommit() throws Exception {
        project = Files.createDirectories(folder.toRealPath().resolve("project"));
        home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(project.resolve("a.txt"), "bad\n");
        Files.writeString(project.resolve("b.txt"), "b\n");
        git("init", "-q", "-b", "main");
        commit("first");
    }

    void git(String... words) throws Exception {
        String[] command = new String[words.length + 5];
        System.arraycopy(new String[] {"git", "-c", "user.name=t", "-c", "user.email=t@example.org"}, 0, command, 0, 5);
        System.arraycopy(words, 0, command, 5, words.length);
        Scene.run(project, command);
    }

    void commit(String message) throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    Pa pa() {
        return new Pa(home).withBarePath();
    }
}
