package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code pa verify} as a process: its exit codes and its output. */
class VerifyTest extends VerifyLab {
    @Test
    void aFixOfAFailingCheckIsShownAndExitsZero() throws IOException {
        Files.writeString(project.resolve("a.txt"), "good\n");
        Pa.Result result = pa().run(project, "verify", "--verify", CHECK, "--json");
        assertEquals(0, result.exitCode(), result.toString());
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertEquals("independent", json.path("level").asText(), result.toString());
        assertEquals("completed", json.path("status").asText());
        assertEquals(0, json.path("exit").asInt());
        assertEquals("HEAD", json.path("base").asText());
        assertEquals("the check", json.path("failToPass").path(0).asText());
        assertEquals("", result.err(), "a script reads stdout alone");
    }

    @Test
    void theSentenceNamesTheTestsThatTheRunnerReports() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(java.nio.file.Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not"
                + " in /usr/bin");
        Files.writeString(project.resolve("test_calc.py"), "import unittest\nclass T(unittest.TestCase):\n    def test_a(self):\n"
                + "        self.assertEqual(open('a.txt').read(), 'good\\n')\n    def test_b(self):\n        self.assertEqual(1, 1)\n");
        commit("a test");
        Files.writeString(project.resolve("a.txt"), "good\n");
        Pa.Result lines = pa().run(project, "verify");
        assertEquals(0, lines.exitCode(), lines.toString());
        assertTrue(lines.out().replaceAll("\\s+", " ").matches("completed: test_a \\(test_calc\\.T\\S*\\) fails on the old sources"
                + " and passes now; "
                + "nothing else changed its result .*"), lines.toString());
        JsonNode json = new ObjectMapper().readTree(pa().run(project, "verify", "--json").out());
        assertTrue(json.path("failToPass").path(0).asText().startsWith("test_a (test_calc.T"), json.toString());
        assertTrue(json.path("sentence").asText().endsWith("passes now; nothing else changed its result"), json.toString());
        assertEquals(1, json.path("passToPass").asInt(), json.toString());
    }

    @Test
    void aStateFolderThatCannotBeWrittenExitsOne() throws IOException {
        Files.writeString(project.resolve("a.txt"), "good\n");
        Path file = Files.writeString(folder.resolve("file"), "");
        Pa.Result result = pa().run(project, "verify", "--verify", CHECK, "--state-dir", file.toString());
        assertEquals(1, result.exitCode(), result.toString());
        assertFalse(result.err().contains("\tat "), result.toString());
    }

    @Test
    void withoutGitAndWithoutABaseItIsAUsageError() throws IOException {
        Path plain = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(plain.resolve("a.txt"), "good\n");
        Pa.Result result = pa().run(plain, "verify", "--verify", CHECK);
        assertEquals(2, result.exitCode(), result.toString());
        assertTrue(result.err().contains("--base DIR"), result.toString());
        Path before = Files.createDirectories(folder.resolve("before"));
        Files.writeString(before.resolve("a.txt"), "bad\n");
        assertEquals(0, pa().run(plain, "verify", "--verify", CHECK, "--base", before.toString()).exitCode());
    }

    @Test
    void aCheckThatFailsNowExitsSixAndItsOutputIsShown() throws IOException {
        Files.writeString(project.resolve("a.txt"), "worse\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "sh -c 'echo seen: $(cat a.txt); grep -q good a.txt'");
        assertEquals(6, result.exitCode(), result.toString());
        assertTrue(result.err().contains("| seen: worse"), result.toString());
        assertFalse(result.out().contains("passes in the working directory"), "it does not: " + result);
    }

    @Test
    void aRunnerThatIsNotInstalledSaysNothingAboutTheWork() throws Exception {
        Path python = Files.writeString(project.resolve("python"), "#!/bin/sh\necho 'python: No module named pytest'\nexit 1\n");
        assertTrue(python.toFile().setExecutable(true));
        commit("an environment");
        Files.writeString(project.resolve("a.txt"), "good\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "./python -m pytest");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().replaceAll("\\s+", " ").contains("the check could not be run: pytest is not installed"), result.toString());
    }

    @Test
    void aChangeThatNothingSpeaksForExitsTen() throws IOException {
        Files.writeString(project.resolve("b.txt"), "c\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "true");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().startsWith("unproven: "), result.toString());
    }

    @Test
    void onACleanTreeTheBranchIsComparedWithWhereItLeftItsUpstream() throws Exception {
        git("checkout", "-q", "-b", "fix");
        git("branch", "-q", "--set-upstream-to=main");
        Files.writeString(project.resolve("a.txt"), "good\n");
        commit("fix it");
        Pa.Result result = pa().run(project, "verify", "--verify", CHECK);
        assertEquals(0, result.exitCode(), result.toString());
        assertTrue(result.out().contains("compared with the branch's base"), result.toString());
    }

    @Test
    void aCheckThatCameWithTheChangeIsNamed() throws IOException {
        Files.writeString(project.resolve("Makefile"), "test:\n\ttouch ran\n");
        Pa.Result result = pa().run(project, "verify");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().contains("the check make test came with the change and nobody allowed it to be run "
                + "(--run-new-checks)"), result.toString());
        assertFalse(Files.exists(project.resolve("ran")));
    }
}
