package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewChangesTest {
    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void project() throws Exception {
        project = new Project(folder);
        project.file("a.txt", "one", "two");
        project.file("b.txt", "one");
        project.file("gone.txt", "one");
    }

    @Test
    void theDifferenceSinceTheSessionBeganIsShown() throws Exception {
        Assumptions.assumeTrue(Project.available("git"), "git is not installed");
        project.tree().state();
        assertEquals("Nothing has changed since the session began.", review().output());
        change();
        FunctionResult result = review();
        assertTrue(result.success() && result.verification().isEmpty());
        for (String line : List.of("+zwei", "-two", "+++ b/a.txt", "--- a/gone.txt", "3 files changed", "b.txt")) {
            assertTrue(result.output().contains(line), line + " in " + result.output());
        }
        assertFalse(result.output().contains("CANARY"), ".env is not shown");
    }

    @Test
    void onlyTheFilesAskedForAreShown() throws Exception {
        Assumptions.assumeTrue(Project.available("git"), "git is not installed");
        project.tree().state();
        change();
        String one = review("./b.txt").output();
        assertTrue(one.contains("+more") && !one.contains("a.txt"), one);
        assertTrue(review("gone.txt").output().contains("-one"));
        assertTrue(review(".").output().contains("3 files changed"));
        assertEquals("Nothing has changed in these files since the session began.", review("*.txt").output());
        assertFalse(review("../outside").success());
        assertFalse(review("/etc/passwd").success());
    }

    @Test
    void aHugeDifferenceIsCapped() throws Exception {
        Assumptions.assumeTrue(Project.available("git"), "git is not installed");
        project.tree().state();
        Files.writeString(project.root.resolve("big"), "a line\n".repeat(100_000));
        String text = review().output();
        assertTrue(text.contains("100000 insertions") && text.contains("bytes left out"));
        assertTrue(text.length() < FunctionOptions.OUTPUT_CAP + 500);
    }

    @Test
    void withoutGitItListsTheFilesAndSaysSo() throws Exception {
        Map<String, String> environment = new TreeMap<>(project.options.environment());
        environment.put("PATH", "/no/such/folder");
        project.options = Options.defaults(environment);
        project.tree().state();
        change();
        String text = review().output();
        assertTrue(text.contains("(their lines cannot be shown):\na.txt\nb.txt\ngone.txt"), text);
        assertTrue(text.contains("Note: git is not installed"), text);
    }

    private void change() throws Exception {
        // Another size: without git, a change in the same moment shows by it.
        project.file("a.txt", "one", "zwei");
        project.file("b.txt", "one", "more");
        project.file(".env", "KEY=CANARY");
        Files.delete(project.root.resolve("gone.txt"));
    }

    private FunctionResult review(String... files) throws InterruptedException {
        return project.functions().execute(new Decision.ReviewChanges(List.of(files), Optional.empty()), Bounds.none());
    }
}
