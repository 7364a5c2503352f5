package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.CheckPlace;
import agent.Interruption;
import agent.RunEvent;
import agent.decision.Verification.Verdict;
import checks.FileView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One run of a check in the copy: what it gets, what its end means, and what is told of it. */
class CheckRunnerTest extends VerdictLab {
    private static final String REPORT = "<testsuite><testcase classname=\"a\" name=\"one\"/></testsuite>";

    private Scene scene;
    private Copy copy;
    private FileView files;
    private Duration limit = Duration.ofMinutes(2);

    @BeforeEach
    void aCopy() throws Exception {
        scene = fixable();
        scene.file("mine.sh", "#!/bin/sh", "exit $CODE");
        assertTrue(scene.root.resolve("mine.sh").toFile().setExecutable(true));
        scene.begin();
        copy = Copy.make(scene.beside().states().orElseThrow(), scene.root, scene.copies, List.of(scene.before()),
                System.currentTimeMillis(), scene.environment);
        files = scene.beside().files(scene.before()).orElseThrow();
        copy.show(scene.before(), java.util.Set.copyOf(files.paths()));
    }

    @AfterEach
    void noCopy() {
        copy.close();
    }

    private CheckRun run(String... words) throws Exception {
        return new CheckRunner(scene.environment, limit, scene.bounds, scene.events::add).run(copy, List.of(words), files,
                CheckPlace.PROOF, "the new files");
    }

    @Test
    void itsBeginningAndItsEndAreTold() throws Exception {
        CheckRun run = run("sh", "-c", "echo 'Ran 3 tests in 0.1s'; echo; echo 'FAILED (failures=1, skipped=1)'; exit 1");
        assertEquals(new RunEvent.CheckStarted(CheckPlace.PROOF, "the new files", run.verification().subject()), scene.events.get(0));
        RunEvent.CheckEnded ended = (RunEvent.CheckEnded) scene.events.get(1);
        assertEquals(run.verification(), ended.verification());
        assertEquals(run.counts(), ended.counts());
        assertTrue(run.counts().isPresent(), run.toString());
        assertTrue(ended.duration().compareTo(run.duration()) >= 0 && ended.duration().compareTo(Duration.ofMinutes(2)) < 0,
                ended.toString());
        assertTrue(run.duration().compareTo(Duration.ZERO) > 0);
        assertEquals(2, scene.events.size());
    }

    @Test
    void itGetsTheFolderThatItRunsInAndPythonWritesNothingThere() throws Exception {
        CheckRun run = run("sh", "-c", "pwd -P; echo \"$PWD $PYTHONDONTWRITEBYTECODE $HOME\"");
        assertEquals(copy.directory() + "\n" + copy.directory() + " 1 " + scene.outside + "\n", run.output());
        assertTrue(run.passed());
    }

    /** A program of the project that is not there yet is red; one of the machine says nothing. */
    @ParameterizedTest
    @CsvSource({"sh, 0, PASS", "sh, 1, FAIL", "sh, 127, SKIPPED", "sh, 126, SKIPPED", "sh, 125, FAIL", "./mine.sh, 127, FAIL",
        "./mine.sh, 126, FAIL", "./mine.sh, 0, PASS"})
    void itsExitCodeIsTheVerdict(String program, int code, Verdict verdict) throws Exception {
        scene.environment.put("CODE", Integer.toString(code));
        CheckRun run = program.equals("sh") ? run("sh", "-c", "exit $CODE") : run(program);
        assertEquals(verdict, run.verification().verdict(), run.toString());
        assertFalse(run.nothing());
        assertFalse(run.empty());
    }

    @Test
    void aProgramThatIsNotThereIsRedWhereItIsTheProjectsOwn() throws Exception {
        // Where the copy stands in the folder's place a shell starts the program, and elsewhere nobody does.
        assertEquals(Verdict.FAIL, run("./no-such.sh").verification().verdict());
        CheckRun machines = run("no-such-program-here");
        assertEquals(Verdict.SKIPPED, machines.verification().verdict());
        assertTrue(machines.output().contains("no-such-program-here"), machines.output());
        assertEquals("no-such-program-here", machines.verification().subject());
    }

    @Test
    void whereNoShellStandsBetweenAProgramThatCannotBeStartedIsTheSame() throws Exception {
        copy.close();
        only(scene, "sh", "git", "grep", "cp", "mkdir", "test", "cat");
        copy = Copy.make(scene.beside().states().orElseThrow(), scene.root, scene.copies, List.of(scene.before()),
                System.currentTimeMillis(), scene.environment);
        copy.show(scene.before(), java.util.Set.copyOf(files.paths()));
        CheckRun own = run("./no-such.sh");
        assertEquals(Verdict.FAIL, own.verification().verdict(), own.toString());
        CheckRun machines = run("no-such-program-here");
        assertEquals(Verdict.SKIPPED, machines.verification().verdict());
        assertEquals(Duration.ZERO, machines.duration());
        assertFalse(machines.empty(), "it did not run");
        assertEquals(copy.root(), copy.directory());
    }

    @ParameterizedTest
    @CsvSource({"'Ran 2 tests in 0.1s\n\nOK (skipped=2)', SKIPPED", "'Ran 2 tests in 0.1s\n\nOK (skipped=1)', PASS",
        "'Ran 1 test in 0.1s\n\nOK', PASS"})
    void aRunThatSkipsAllOfItsTestsHasTestedNothing(String output, Verdict verdict) throws Exception {
        scene.environment.put("SAID", output);
        CheckRun run = run("sh", "-c", "echo \"$SAID\"");
        assertEquals(verdict, run.verification().verdict(), run.toString());
        assertEquals(verdict == Verdict.SKIPPED, run.empty());
    }

    @Test
    void aRunnersOwnWordsThatItTestedNothingAreBelieved() throws Exception {
        Assumptions.assumeTrue(process.Programs.find("python3", folder, System.getenv()).isPresent(), "python3 is not installed");
        CheckRun run = run("python3", "-m", "unittest");
        assertEquals(Verdict.SKIPPED, run.verification().verdict(), run.toString());
        assertTrue(run.empty());
        assertTrue(run.nothing());
    }

    @Test
    void aRunnerThatIsMissingIsNotRed() throws Exception {
        Path python = scene.outside.resolve("python");
        Files.writeString(python, "#!/bin/sh\necho 'python: No module named pytest'\nexit 1\n");
        assertTrue(python.toFile().setExecutable(true));
        CheckRun run = run(python.toString(), "-m", "pytest");
        assertEquals(Verdict.SKIPPED, run.verification().verdict(), run.toString());
        assertFalse(run.nothing());
    }

    @Test
    void aCheckThatTakesLongerThanItsOwnLimitIsRed() throws Exception {
        limit = Duration.ofMillis(300);
        CheckRun run = run("sh", "-c", "echo begun; sleep 600");
        assertEquals(Verdict.FAIL, run.verification().verdict(), run.toString());
    }

    @Test
    void aCheckThatTheRunsTimeEndsIsNoVerdictAndItsEndIsTold() {
        scene.bounds = new Bounds(new Interruption(), Instant.now().plusMillis(500));
        assertEquals("the run's time is over", assertThrows(InterruptedException.class, () -> run("sh", "-c", "sleep 600")).getMessage());
        RunEvent.CheckEnded ended = (RunEvent.CheckEnded) scene.events.get(1);
        assertEquals(Verdict.SKIPPED, ended.verification().verdict());
        scene.bounds = new Bounds(new Interruption(), Instant.now().minusSeconds(1));
        Path ran = scene.outside.resolve("ran");
        assertEquals("the run's time is over", assertThrows(InterruptedException.class, () -> run("touch", ran.toString())).getMessage());
        assertFalse(Files.exists(ran), "it was not begun");
    }

    @Test
    void whereItsReportHasNoPlaceItCannotBeRun() {
        copy.close();
        Unfit unfit = assertThrows(Unfit.class, () -> run(CHECK));
        assertTrue(unfit.getMessage().startsWith("the check cannot be run in the copy: "), unfit.getMessage());
        assertEquals(2, scene.events.size(), "its end is told all the same");
    }

    @Test
    void aRunnerIsAskedForAReportInItsEnvironment() throws Exception {
        CheckRun run = run("sh", "-c", "file=${PYTEST_ADDOPTS##*--junitxml=}; echo '" + REPORT + "' > \"${file%% *}\"");
        assertTrue(run.report().named(), run.toString());
        assertEquals(1, run.counts().orElseThrow().passed());
    }

    @Test
    void aBuildToolsReportIsReadWhereItLiesUnlessItIsOfAnEarlierRun() throws Exception {
        String writes = "mkdir -p target/surefire-reports && echo '" + REPORT + "' > target/surefire-reports/TEST-a.xml";
        assertTrue(run("sh", "-c", writes).report().named());
        assertFalse(run("sh", "-c", writes + "; touch -t 200001010000 target/surefire-reports/TEST-a.xml").report().named());
    }
}
