package functions.tree;

import functions.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project, and the repository by which it is watched. */
abstract class ShadowTreeLab {
    @TempDir
    Path folder;

    Project project;
    ShadowTree tree;

    @BeforeEach
    void project() throws Exception {
        Assumptions.assumeTrue(Project.available("git"), "git is not installed");
        project = new Project(folder);
        tree = project.tree();
    }

    Set<String> treePaths(String state) throws Exception {
        return new GitTree(TreeStore.alone(project.store), project.root, project.options.environment()).contents()
                .entries(state, Project.LONG).keySet();
    }

    /** Every file with its bytes and its time, and every folder. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> {
                try {
                    contents.put(folder.relativize(file).toString(), Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                            ? "folder " + Files.getLastModifiedTime(file)
                            : Files.getLastModifiedTime(file) + Files.readString(file, StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return contents;
    }
}
