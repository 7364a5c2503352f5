package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project whose check is there and has no tests yet: a runner that says so is neither green nor red. */
class UntestedProjectTest {
    @TempDir
    Path folder;

    private Path project;
    private Path programs;

    /** A stand-in for pytest: its exit code 5 means that there was no test; here a test is a file that says pass. */
    @BeforeEach
    void aProjectAndARunner() throws IOException {
        project = Files.createDirectories(folder.toRealPath().resolve("project"));
        programs = Files.createDirectories(folder.resolve("programs"));
        Files.writeString(project.resolve("a.py"), "x = 1\n");
        program("pytest", "if [ ! -f test_a.py ]; then echo 'collected 0 items'; exit 5; fi", "grep -q pass test_a.py && "
                + "echo '=== 1 passed in 0.01s ==='");
    }

    private String program(String name, String... lines) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return file.toString();
    }

    private Pa.Result pa(ReviewerStandIn model, String worker, String... words) throws IOException {
        List<String> all = new java.util.ArrayList<>(List.of("--worker-cmd", program("worker", "cat >/dev/null", worker), "--verify",
                "pytest"));
        all.addAll(List.of(words));
        all.add("Do it.");
        return model.in(new Pa(Files.createDirectories(folder.resolve("home")))).with("PATH", programs + ":/usr/bin:/bin")
                .run(project, all.toArray(new String[0]));
    }

    @Test
    void documentsAreReviewedThereAsAnywhere() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Pa.Result result = pa(model, "echo hi > README.md", "--reasoner", "openai");
            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(result.toString().contains("evidence reviewed"), result.toString());
            assertEquals(1, model.reviews().size());
        }
    }

    @Test
    void withoutAModelThatIsUnprovenAndNotSaidToPass() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Pa.Result result = pa(model, "echo hi > README.md", "--reasoner", "rules");
            assertEquals(10, result.exitCode(), result.toString());
            assertTrue(!result.toString().contains("the check passes"), result.toString());
        }
    }

    @Test
    void testsThatAreTakenAwayAreNoSuchProject() throws IOException {
        Files.writeString(project.resolve("test_a.py"), "pass\n");
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Pa.Result result = pa(model, "rm test_a.py", "--reasoner", "openai");
            assertEquals(10, result.exitCode(), result.toString());
            assertEquals(0, model.reviews().size(), "nobody is even asked");
        }
    }

    @Test
    void paVerifyCallsItUnprovenAndNotRed() throws IOException {
        Path before = Files.createDirectories(folder.resolve("before"));
        Files.writeString(before.resolve("a.py"), "x = 1\n");
        Files.writeString(project.resolve("README.md"), "hi\n");
        Pa.Result result = new Pa(Files.createDirectories(folder.resolve("home"))).with("PATH", programs + ":/usr/bin:/bin")
                .run(project, "verify", "--base", before.toString(), "--verify", "pytest");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().contains("evidence unchanged"), result.toString());
    }
}
