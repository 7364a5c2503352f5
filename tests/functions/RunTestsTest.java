package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.decision.Verification.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTestsTest {
    private static final Duration SHORT = Duration.ofMillis(800);

    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void project() throws Exception {
        project = new Project(folder);
    }

    @ParameterizedTest
    @CsvSource({"0, PASS", "1, FAIL", "77, FAIL", "127, FAIL"})
    void defect10_theExitCodeDecidesAndNoWordInTheOutput(int code, Verdict verdict) throws Exception {
        project.program("check", "#!/bin/sh", "echo PASS SUCCESS FAIL ERROR", "exit " + code);
        FunctionResult result = project.run("./check");
        assertEquals(Optional.of(new Verification(Verification.Type.TESTS, verdict, "./check")), result.verification());
        assertEquals(verdict == Verdict.PASS, result.success());
        assertTrue(result.output().contains("$ ./check\nPASS SUCCESS FAIL ERROR\n→ exit code " + code), result.output());
    }

    @Test
    void aMissingProgramIsSkippedNotPassed() throws Exception {
        FunctionResult result = project.run("no-such-test-runner --all");
        assertEquals(Verdict.SKIPPED, verdict(result));
        assertFalse(result.success());
        assertTrue(result.output().contains("no-such-test-runner was not found on the PATH; install"), result.output());
    }

    @Test
    void anEndlessCommandFailsAtItsLimit() throws Exception {
        project.options = Options.within(project.options, new FunctionOptions.TimeLimits(SHORT, SHORT, SHORT, SHORT));
        project.program("endless", "#!/bin/sh", "while :; do sleep 1; done");
        FunctionResult result = project.run("./endless");
        assertEquals(Verdict.FAIL, verdict(result));
        assertTrue(result.output().contains("did not end within 0.8 s"), result.output());
    }

    @Test
    void aFloodingCommandIsCapped() throws Exception {
        project.program("flood", "#!/bin/sh", "head -c 30000000 /dev/zero | tr '\\0' x", "echo the end", "exit 1");
        FunctionResult result = project.run("./flood");
        assertEquals(Verdict.FAIL, verdict(result));
        assertTrue(result.output().length() < FunctionOptions.OUTPUT_CAP + 500);
        assertTrue(result.output().contains("bytes left out") && result.output().contains("the end\n→ exit code 1"));
    }

    @Test
    void aKilledCommandFailsAndSaysSo() throws Exception {
        project.program("die", "#!/bin/sh", "kill -9 $$");
        FunctionResult result = project.run("./die");
        assertEquals(Verdict.FAIL, verdict(result));
        assertTrue(result.output().contains("killed by SIGKILL"), result.output());
    }

    @Test
    void childrenLeftBehindAreEndedAndMentioned() throws Exception {
        project.program("fork", "#!/bin/sh", "sleep 600 >/dev/null 2>&1 &", "echo $! > pid");
        FunctionResult result = project.run("./fork");
        assertEquals(Verdict.PASS, verdict(result));
        assertTrue(result.output().contains("1 left processes were ended"), result.output());
        assertFalse(Project.lives(Long.parseLong(Files.readString(project.root.resolve("pid")).strip())));
    }

    @Test
    void noSecretIsInTheEnvironmentOfChecks() throws Exception {
        Map<String, String> environment = new TreeMap<>(project.options.environment());
        environment.putAll(Map.of("GEMINI_API_KEY", "CANARY1", "ANTHROPIC_API_KEY", "CANARY2", "GITHUB_TOKEN", "CANARY3",
                "CLAUDE_CODE_X", "CANARY4", "DATABASE_URL", "postgres://a:CANARY5@db/x", "MY_SETTING", "kept",
                "OTEL_EXPORTER_OTLP_HEADERS", "authorization=CANARY6"));
        project.options = Options.consenting(Options.defaults(environment), Consent.ALWAYS);
        project.program("env", "#!/bin/sh", "env");
        for (FunctionResult result : List.of(project.run("./env"), project.verify("env"))) {
            assertTrue(result.output().contains("MY_SETTING=kept"), result.output());
            assertTrue(result.output().contains("CI=true"));
            assertFalse(result.output().contains("CANARY"), result.output());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"make test && echo done", "cat x | grep y", "echo 'open"})
    void whatNeedsAShellIsRefused(String command) throws Exception {
        FunctionResult result = project.run(command);
        assertFalse(result.success());
        assertTrue(result.verification().isEmpty());
    }

    @Test
    void wordsAreNotReadByAShell() throws Exception {
        project.program("show", "#!/bin/sh", "for a in \"$@\"; do echo \"[$a]\"; done");
        assertTrue(project.run("./show '$(touch hacked)' \"a b\" ;x").output().contains("[$(touch hacked)]\n[a b]\n[;x]\n"));
        assertFalse(Files.exists(project.root.resolve("hacked")));
    }

    @Test
    void theUsersOwnCommandWinsAndNoOtherCounts() throws Exception {
        project.file("Makefile", "test:", "\texit 1");
        project.program("mine", "#!/bin/sh", "exit 0");
        project.options = Options.verifiedBy(project.options, "./mine", "a b");
        Decision automatic = project.functions().automaticVerification(Project.changed("x.py"));
        assertEquals(new Decision.RunTests(Optional.of("./mine 'a b'")), automatic);
        FunctionResult result = project.functions().execute(automatic, Bounds.none());
        assertEquals(new Verification(Verification.Type.TESTS, Verdict.PASS, "./mine 'a b'"), result.verification().get());
        FunctionResult byDefault = project.functions().execute(new Decision.RunTests(Optional.empty()), Bounds.none());
        assertEquals(Verdict.PASS, verdict(byDefault));
        FunctionResult other = project.run("./mine");
        assertTrue(other.success() && other.verification().isEmpty());
        assertTrue(other.output().contains("the user decided that ./mine 'a b' verifies the work"), other.output());
    }

    @Test
    void theUsersCommandFailsWhileItsOwnFileIsMissing() throws Exception {
        project.options = Options.verifiedBy(project.options, "./check.sh");
        FunctionResult result = project.functions().execute(new Decision.RunTests(Optional.empty()), Bounds.none());
        assertEquals(Verdict.FAIL, verdict(result));
        project.file("check.sh", "exit 0");
        result = project.functions().execute(new Decision.RunTests(Optional.empty()), Bounds.none());
        assertEquals(Verdict.FAIL, verdict(result));
        assertTrue(result.output().contains("chmod +x"), result.output());
    }

    @Test
    void theUsersCommandIsSkippedWhileItsProgramIsNotInstalled() throws Exception {
        project.options = Options.verifiedBy(project.options, "no-such-test-runner");
        FunctionResult result = project.functions().execute(new Decision.RunTests(Optional.empty()), Bounds.none());
        assertEquals(Verdict.SKIPPED, verdict(result));
    }

    @Test
    void withoutAnyTestsItIsSkippedAndSaysWhatToDo() throws Exception {
        FunctionResult result = project.functions().execute(new Decision.RunTests(Optional.empty()), Bounds.none());
        assertEquals(Verdict.SKIPPED, verdict(result));
        assertTrue(result.output().contains("--verify CMD"));
    }

    @Test
    void anInterruptionEndsTheCommandAndLeavesNoInterruptFlag() throws Exception {
        project.program("wait", "#!/bin/sh", "echo $$ > pid.new; mv pid.new pid; sleep 600");
        Interruption interruption = new Interruption();
        Thread signal = new Thread(() -> {
            try {
                Project.await("the command runs", () -> Files.exists(project.root.resolve("pid")));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            interruption.request(2);
        });
        signal.start();
        assertThrows(InterruptedException.class, () -> project.functions()
                .execute(new Decision.RunTests(Optional.of("./wait")), new Bounds(interruption, Instant.MAX)));
        assertFalse(Thread.interrupted());
        signal.join();
        assertFalse(Project.lives(Long.parseLong(Files.readString(project.root.resolve("pid")).strip())));
    }

    @Test
    void theRunsDeadlineEndsTheCommandAndTheRun() throws Exception {
        project.program("wait", "#!/bin/sh", "sleep 600");
        Bounds bounds = new Bounds(new Interruption(), Instant.now().plusMillis(500));
        assertThrows(InterruptedException.class, () -> project.functions()
                .execute(new Decision.RunTests(Optional.of("./wait")), bounds));
        assertThrows(InterruptedException.class, () -> project.functions()
                .execute(new Decision.RunTests(Optional.of("./wait")), bounds));
    }

    private static Verdict verdict(FunctionResult result) {
        return result.verification().orElseThrow().verdict();
    }
}
