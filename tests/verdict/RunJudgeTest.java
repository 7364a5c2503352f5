package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Evidence;
import agent.Interruption;
import agent.RunEvent;
import agent.decision.FunctionResult;
import agent.decision.Verification.Verdict;
import contract.EvidenceLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run asks of its judge besides the verdict: the check beside the work, the check as it was, the whole change. */
class RunJudgeTest extends VerdictLab {
    private static List<String> notices(Scene scene) {
        return scene.events.stream().filter(RunEvent.Notice.class::isInstance).map(e -> ((RunEvent.Notice) e).text()).toList();
    }

    private static List<String> checks(Scene scene) {
        return scene.events.stream().filter(RunEvent.CheckEnded.class::isInstance).map(RunEvent.CheckEnded.class::cast)
                .map(ended -> ended.place().value() + " " + ended.verification().verdict().value()).toList();
    }

    /** A check that notes each of its runs, and on the old files waits until the work is done. */
    private Scene waiting() throws IOException {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("check.sh", "echo run >> '" + scene.outside + "/runs'", "grep -q good a.txt && exit 0",
                "while [ ! -f '" + scene.outside + "/go' ]; do sleep 0.02; done", "exit 1");
        return scene;
    }

    @Test
    void theCheckRunsOnTheOldFilesBesideTheWorkAndIsNotRunThereAgain() throws Exception {
        Scene scene = waiting();
        scene.begin();
        try (RunJudge judge = scene.judgeOf(CHECK)) {
            judge.besideTheWork(scene.beside());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            assertEquals(List.of("the check is run on the old files beside the worker (--baseline beside): sh check.sh"), notices(scene));
            scene.file("a.txt", "good");
            Files.createFile(scene.outside.resolve("go"));
            judge.settle(scene.bounds, scene.events::add);
            Evidence evidence = scene.judge(judge);
            assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
            assertEquals(List.of("base fail", "proof pass", "base fail"), checks(scene), "the base is told where it is used");
            assertEquals(3, Files.readAllLines(scene.outside.resolve("runs")).size());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            assertEquals(1, entries(scene.copies) / 2, "it is begun with the first round only: a folder and its lock");
        }
        assertEquals(0, entries(scene.copies), "the disk is given back");
    }

    @Test
    void aCheckThatStillRunsBesideIsWaitedForAndThatIsSaid() throws Exception {
        Scene scene = waiting();
        scene.begin();
        try (RunJudge judge = scene.judgeOf(CHECK)) {
            judge.settle(scene.bounds, scene.events::add);
            assertEquals(List.of(), notices(scene), "nothing runs");
            judge.besideTheWork(scene.beside());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            judge.settle(scene.bounds, event -> {
                scene.events.add(event);
                try {
                    Files.createFile(scene.outside.resolve("go"));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals("waiting for the check on the old files, which still runs beside", notices(scene).get(1));
            int said = scene.events.size();
            judge.settle(scene.bounds, scene.events::add);
            assertEquals(said, scene.events.size(), "it is over");
        }
    }

    @Test
    void whatRunsBesideEndsWithTheRun() throws Exception {
        Scene scene = waiting();
        scene.begin();
        RunJudge judge = scene.judgeOf(CHECK);
        judge.besideTheWork(scene.beside());
        judge.workBegins(scene.before(), scene.bounds, scene.events::add);
        judge.close();
        assertEquals(0, entries(scene.copies));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void withoutTheOptionNothingRunsBeside() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.judgeOf(CHECK).workBegins(scene.before(), scene.bounds, scene.events::add);
        assertEquals(List.of(), scene.events);
        assertFalse(Files.exists(scene.copies));
    }

    @Test
    void whereThereCanBeNoCopyNothingRunsBesideAndThatIsSaid() throws Exception {
        Scene scene = fixable();
        scene.copies = Files.createFile(scene.outside.resolve("a-file"));
        scene.begin();
        try (RunJudge judge = scene.judgeOf(CHECK)) {
            judge.besideTheWork(scene.beside());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            assertTrue(notices(scene).get(0).startsWith("the check is not run beside the worker: no copy can be made: "),
                    notices(scene).toString());
        }
    }

    @Test
    void workThatNeedsWhatWasInstalledSinceIsTriedInAFreshCopy() throws Exception {
        Scene scene = new Scene(folder);
        scene.file(".gitignore", "node_modules/");
        scene.file("a.txt", "bad");
        scene.file("check.sh", "grep -q good a.txt && test -f node_modules/ok");
        scene.begin();
        try (RunJudge judge = scene.judgeOf(CHECK)) {
            judge.besideTheWork(scene.beside());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            judge.settle(scene.bounds, scene.events::add);
            scene.file("node_modules/ok");
            scene.file("a.txt", "good");
            Evidence evidence = scene.judge(judge);
            assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
            assertEquals(List.of("in the copy that was made when the work began the check does not pass, so one was made anew"),
                    evidence.notes());
        }
    }

    @Test
    void theCheckAsItWasIsRunOnThePresentFiles() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        scene.file("check.sh", "exit 1");
        FunctionResult passed = scene.judgeOf(CHECK).run(scene.bounds).orElseThrow();
        assertTrue(passed.success(), passed.output());
        assertEquals("$ sh check.sh\n\n→ pass: the check's definition changed in this run (check.sh), so it was run in a "
                + "copy as it was when "
                + "the session began", passed.output());
        scene.file("a.txt", "bad");
        FunctionResult failed = scene.judgeOf(CHECK).run(scene.bounds).orElseThrow();
        assertEquals(Verdict.FAIL, failed.verification().orElseThrow().verdict());
        assertEquals(0, entries(scene.copies));
    }

    @Test
    void whereItCannotBeRunThatIsSaidAndNothingIsProven() throws Exception {
        Scene scene = fixable();
        scene.copies = Files.createFile(scene.outside.resolve("a-file"));
        scene.begin();
        scene.file("check.sh", "exit 0");
        FunctionResult skipped = scene.judgeOf(CHECK).run(scene.bounds).orElseThrow();
        assertEquals(Verdict.SKIPPED, skipped.verification().orElseThrow().verdict());
        assertTrue(skipped.output().startsWith("$ sh check.sh\n→ not run: the check's definition changed in this run, and it cannot be run "
                + "as it was: no copy can be made: "), skipped.output());
    }

    @Test
    void withoutACheckThereIsNoneToRun() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.begin();
        assertEquals(Optional.empty(), scene.judgeOf().run(scene.bounds));
    }

    @Test
    void theProjectsOwnCheckIsTheOneThatItHadWhenTheSessionBegan() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.file("Makefile", "test:", "\t@grep -q good a.txt");
        scene.begin();
        scene.file("a.txt", "good");
        Files.delete(scene.root.resolve("Makefile"));
        Evidence evidence = scene.judge();
        assertEquals(EvidenceLevel.INDEPENDENT, evidence.level(), evidence.toString());
        assertEquals(List.of("Makefile"), evidence.guarded());
        assertEquals(List.of("the check's definition changed (Makefile) and nobody allowed the new one, so it was run as it was before"),
                evidence.notes());
    }

    @Test
    void aReviewerIsShownTheWholeChange() throws Exception {
        Scene scene = fixable();
        scene.begin();
        scene.file("a.txt", "good");
        String patch = scene.judgeOf(CHECK).change(scene.before(), scene.now()).patch().orElseThrow();
        assertTrue(patch.contains("-bad\n+good\n"), patch);
    }

    @Test
    void aCheckThatCameInTheRunIsNamedAndNotRun() throws Exception {
        Scene scene = new Scene(folder);
        scene.file("a.txt", "bad");
        scene.begin();
        Path ran = scene.outside.resolve("ran");
        scene.file("check.sh", "touch '" + ran + "'");
        RunJudge judge = scene.judgeOf();
        judge.newChecksFrom(changes -> Optional.of(List.of(CHECK)).filter(words -> changes.paths().contains("check.sh")));
        Evidence evidence = scene.judge(judge);
        assertEquals("the check sh check.sh came with the change and nobody allowed it to be run (--run-new-checks), so nothing was run",
                evidence.sentence());
        assertEquals(EvidenceLevel.NONE, evidence.level());
        assertFalse(Files.exists(ran));
        scene.mayRunNew = true;
        RunJudge allowed = scene.judgeOf();
        allowed.newChecksFrom(changes -> Optional.of(List.of(CHECK)));
        scene.judge(allowed);
        assertTrue(Files.exists(ran));
    }

    @Test
    void aProgramIsAskedByTheNameThatIsInstalled() throws Exception {
        Scene scene = new Scene(folder);
        pythonByItsOldName(scene);
        scene.begin();
        try (RunJudge judge = scene.judgeOf()) {
            judge.besideTheWork(scene.beside());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            assertTrue(notices(scene).get(0).contains("(--baseline beside): python -m "), notices(scene).toString());
        }
    }

    @Test
    void aSignalEndsWhatRunsBesideAndTheWaitForIt() throws Exception {
        Scene scene = waiting();
        Interruption interruption = new Interruption();
        scene.bounds = new Bounds(interruption, Instant.MAX);
        scene.begin();
        try (RunJudge judge = scene.judgeOf(CHECK)) {
            judge.besideTheWork(scene.beside());
            judge.workBegins(scene.before(), scene.bounds, scene.events::add);
            assertThrows(InterruptedException.class, () -> judge.settle(scene.bounds, event -> interruption.request(2)));
            judge.settle(Bounds.none(), scene.events::add);
            assertFalse(Files.exists(scene.outside.resolve("go")), "it was ended, not waited for");
        }
        assertEquals(0, entries(scene.copies));
    }

    @Test
    void whoEndsItWhileInterruptedStaysInterrupted() throws Exception {
        Scene scene = waiting();
        scene.begin();
        RunJudge judge = scene.judgeOf(CHECK);
        judge.besideTheWork(scene.beside());
        judge.workBegins(scene.before(), scene.bounds, scene.events::add);
        Thread.currentThread().interrupt();
        judge.close();
        assertTrue(Thread.interrupted());
        assertEquals(0, entries(scene.copies));
    }
}
