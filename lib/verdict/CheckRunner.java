package verdict;

import agent.Bounds;
import agent.CheckPlace;
import agent.RunEvent;
import agent.RunListener;
import agent.decision.Verification;
import agent.decision.Verification.Type;
import agent.decision.Verification.Verdict;
import checks.FileView;
import checks.Instrumented;
import checks.TestReport;
import checks.TestRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import process.CannotStart;
import process.CommandWords;
import process.Completed;
import process.ProcessSpec;
import process.SafeRun;

/**
 * Runs a check and tells of it; in the copy it reads which tests it ran. One at a time.
 *
 * @param environment the check's own
 * @param limit for one run
 */
record CheckRunner(Map<String, String> environment, Duration limit, Bounds bounds, RunListener listener) {
    private static final int OUTPUT = 512 * 1024;
    private static final int OUTPUT_IN_TREE = 64 * 1024;
    /** A shell's exit codes for a command that is not there, or cannot be run. */
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;

    /** For runs that may take no longer than this either. */
    CheckRunner atMost(Duration most) {
        return new CheckRunner(environment, most.compareTo(limit) < 0 ? most : limit, bounds, listener);
    }

    /**
     * Runs it in the working directory, where nobody asks which tests there are.
     *
     * @param where for people
     * @return empty where it could not be started
     */
    Optional<Completed> inTree(Path root, List<String> words, String where) throws InterruptedException {
        String subject = CommandWords.join(words);
        listener.on(new RunEvent.CheckStarted(CheckPlace.TREE, where, subject));
        Optional<Completed> run = Optional.empty();
        try {
            run = Optional.of(SafeRun.run(ProcessSpec.of(words, root, environment), bounds.atMost(limit), OUTPUT_IN_TREE));
            return run;
        } catch (CannotStart e) {
            return run;
        } finally {
            Verdict verdict = run.map(done -> done.succeeded() ? Verdict.PASS : Verdict.FAIL).orElse(Verdict.SKIPPED);
            listener.on(new RunEvent.CheckEnded(CheckPlace.TREE, where, new Verification(Type.TESTS, verdict, subject),
                    Optional.empty(), run.map(Completed::duration).orElse(Duration.ZERO)));
        }
    }

    /** @param files of the state that the copy holds */
    CheckRun run(Copy copy, List<String> words, FileView files, CheckPlace place, String what)
            throws Unfit, InterruptedException {
        String subject = CommandWords.join(words);
        listener.on(new RunEvent.CheckStarted(place, what, subject));
        long begun = System.nanoTime();
        CheckRun run = new CheckRun(new Verification(Type.TESTS, Verdict.SKIPPED, subject), TestReport.NONE, "interrupted",
                Duration.ZERO);
        try {
            run = execute(copy, words, files, subject);
            return run;
        } catch (IOException e) {
            throw new Unfit("the check cannot be run in the copy: " + e.getMessage(), e);
        } finally {
            listener.on(new RunEvent.CheckEnded(place, what, run.verification(), run.counts(),
                    Duration.ofNanos(System.nanoTime() - begun)));
        }
    }

    private CheckRun execute(Copy copy, List<String> words, FileView files, String subject)
            throws IOException, InterruptedException {
        Duration time = bounds.atMost(limit);
        if (time.isZero()) {
            throw new InterruptedException("the run's time is over");
        }
        Path report = copy.scratch();
        long since = System.currentTimeMillis() - 1000;
        Map<String, String> variables = new TreeMap<>(copy.environment(environment));
        Instrumented asking = Instrumented.of(words, report, files, variables);
        variables.putAll(asking.environment());
        variables.put("PWD", copy.directory().toString());
        // Compiled files are told apart by time and size, and the copy is switched faster than that.
        variables.put("PYTHONDONTWRITEBYTECODE", "1");
        ProcessSpec spec = ProcessSpec.of(copy.command(asking.words()), copy.root(), variables);
        try {
            Completed done = functions.tree.Interruptible.call(bounds.interruption(), () -> SafeRun.run(spec, time, OUTPUT));
            if (done.timedOut() && time.compareTo(limit) < 0) {
                throw new InterruptedException("the run's time is over");
            }
            TestReport tests = Instrumented.read(report, copy.root(), List.of(copy.directory(), copy.root()), done.output(), since);
            boolean uncounted = !tests.counts() || tests.total().getAsInt() == 0;
            boolean nothing = uncounted && TestRunner.of(words).testedNothing(done).isPresent();
            boolean missing = TestRunner.of(words).isMissing(done).isPresent();
            Verdict verdict = nothing || missing ? Verdict.SKIPPED : verdict(done, tests, words.get(0).contains("/"));
            return new CheckRun(new Verification(Type.TESTS, verdict, subject), tests, done.output(), done.duration(), nothing);
        } catch (CannotStart e) {
            return new CheckRun(new Verification(Type.TESTS, words.get(0).contains("/") ? Verdict.FAIL : Verdict.SKIPPED, subject),
                    TestReport.NONE, e.getMessage(), Duration.ZERO);
        }
    }

    private static Verdict verdict(Completed done, TestReport tests, boolean projects) {
        if (done.succeeded()) {
            boolean nothing = tests.counts() && Optional.of(tests).filter(t -> t.total().getAsInt() - t.skipped() > 0).isEmpty();
            return nothing ? Verdict.SKIPPED : Verdict.PASS;
        }
        int code = done.exitCode().orElse(1);
        // A program of the project that is not there yet is red; one of the machine says nothing.
        return (code == NOT_FOUND || code == NOT_EXECUTABLE) && !projects ? Verdict.SKIPPED : Verdict.FAIL;
    }
}
