package cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options for good: the user's file says everything, a project's only limits and models, and what is typed wins. */
class SettingsFilesTest {
    @TempDir Path home;
    @TempDir Path project;

    private void user(String text) {
        write(home.resolve("config/agentproxy/settings.properties"), text);
    }

    private void project(String text) {
        write(project.resolve("agentproxy.properties"), text);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Pa.Result run(String... words) {
        return new Pa(home).withBarePath().run(project, words);
    }

    @Test
    void theUsersFileSaysWhoDecidesAndWorks() {
        user("reasoner=rules\nworker-cmd=sh -c 'cat > told.txt'\nno-verify=true\n");
        assertEquals(0, run("do it").exitCode());
        assertTrue(Files.exists(project.resolve("told.txt")));
        Pa.Result typed = run("--worker-cmd", "sh -c 'cat > other.txt'", "do it");
        assertEquals(0, typed.exitCode(), typed.toString());
        assertTrue(Files.exists(project.resolve("other.txt")), "what is typed wins");
    }

    @Test
    void aProjectMaySetLimitsAndOnlyLowerThem() {
        user("reasoner=rules\nworker-cmd=sh -c 'echo x >> work.txt; exit 1'\nverify=false\n");
        project("max-iterations=1\n");
        Pa.Result lowered = run("--verify", "true", "do it");
        assertEquals(3, lowered.exitCode(), lowered.toString());
        project("max-iterations=1000\nmodel=x\n");
        Pa.Result raised = run("--verify", "true", "--timeout", "1s", "do it");
        assertTrue(raised.err().contains("can only lower a limit: --max-iterations=1000 is ignored"), raised.toString());
        user("reasoner=rules\nworker-cmd=true\nmax-iterations=2\n");
        project("max-iterations=1\n");
        assertFalse(run("--verify", "true", "do it").err().contains("can only lower"), "the user's own file beats the project's");
    }

    @Test
    void aProjectCannotSayWhatRuns() {
        project("worker-cmd=sh -c 'touch owned'\n");
        Pa.Result refused = run("--reasoner", "rules", "do it");
        assertEquals(2, refused.exitCode(), refused.toString());
        assertTrue(refused.err().contains("agentproxy.properties sets 'worker-cmd', which is not allowed there"), refused.toString());
        assertTrue(refused.err().contains("it can set: max-cost"), refused.toString());
        assertFalse(Files.exists(project.resolve("owned")));
    }

    @Test
    void aLinkIsNoProjectsFile() throws IOException {
        Files.createSymbolicLink(project.resolve("agentproxy.properties"), Path.of("/dev/zero"));
        user("reasoner=rules\nworker-cmd=true\nno-verify=true\n");
        Pa.Result result = run("do it");
        assertEquals(0, result.exitCode(), result.toString());
    }

    @Test
    void aSettingThatDoesNotExistOrIsWrongNamesTheFile() {
        user("resoner=rules\n");
        Pa.Result unknown = run("do it");
        assertEquals(2, unknown.exitCode(), unknown.toString());
        assertTrue(unknown.err().contains("settings.properties sets 'resoner'"), unknown.toString());
        user("max-iterations=many\n");
        Pa.Result wrong = run("do it");
        assertEquals(2, wrong.exitCode(), wrong.toString());
        assertTrue(wrong.err().contains("settings.properties: ") && wrong.err().contains("many"), wrong.toString());
    }

    /** Also when it is the user's command that fails: the run is what counts. */
    @Test
    void whoWantsToKnowIsToldHowItEnded() throws IOException {
        user("reasoner=rules\nworker-cmd=sh -c 'echo x > work.txt'\nno-verify=true\n"
                + "notify=sh -c 'env | grep ^PA_ > told; env | grep -c secret-key >> told; exit 3'\n");
        Pa.Result result = new Pa(home).withBarePath().with("GEMINI_API_KEY", "secret-key").run(project, "do it");
        assertEquals(0, result.exitCode(), result.toString());
        String told = Files.readString(project.resolve("told"));
        assertTrue(told.contains("PA_EVENT=ended") && told.contains("PA_STATUS=completed") && told.contains("PA_EXIT_CODE=0")
                && told.contains("PA_TASK=do it") && told.contains("PA_DIRECTORY=" + project), told);
        assertTrue(told.endsWith("0\n"), "no key in its environment: " + told);
        assertTrue(result.err().contains("--notify") && result.err().contains("exit code 3"), result.err());
    }
}
