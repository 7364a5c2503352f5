package rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Changes;
import agent.Functions;
import agent.Interruption;
import agent.Limits;
import agent.Outcome;
import agent.Reasoner;
import agent.RoundEnvironment;
import agent.RunEvent;
import agent.Task;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.WorkingTree;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.decision.Verification;
import agent.loop.Fakes;
import agent.loop.History;
import agent.loop.Supervisor;
import claude.ClaudeWorker;
import claude.InstalledClaude;
import contract.Status;
import gemini.GeminiOptions;
import gemini.GeminiReasoner;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reasoning.RulesReasoner;
import workers.WorkerLimits;

/** The loop, the Gemini client and the worker as they are, against the stand-ins: a fault is written, found and fixed. */
class RehearsedRunTest {
    @TempDir
    Path folder;
    private final List<RunEvent> events = new ArrayList<>();

    @Test
    void withStandInsOnly() throws Exception {
        Outcome outcome = run(RehearsalScript.standard(), Optional.empty(), false);
        assertEquals(Status.COMPLETED, outcome.status(), outcome.reason());
        assertEquals(List.of("SEND_TO_WORKER", "MARK_DONE"), decisions());
    }

    /** As many rounds as there can be, none of which looks like a stall; and the books agree with the script. */
    @Test
    void theLongestScriptAndItsSums() throws Exception {
        RehearsalScript script = RandomScript.of(42, RehearsalScript.MAX_ROUNDS);
        Outcome outcome = run(script, Optional.empty(), false);
        assertEquals(Status.COMPLETED, outcome.status(), outcome.reason());
        assertEquals(0, events.stream().filter(RunEvent.StallDetected.class::isInstance).count());

        Totals totals = ((RunEvent.RunEnded) events.get(events.size() - 1)).totals();
        assertEquals(RehearsalScript.MAX_ROUNDS, totals.rounds());
        TokenUsage expected = TokenUsage.NONE;
        Usd cost = Usd.ZERO;
        for (RehearsalScript.Round r : script.rounds()) {
            expected = expected.plus(new TokenUsage(r.input() + r.cacheRead() + r.cacheCreation(), r.output(), r.cacheRead(),
                    r.cacheCreation(), 0));
            cost = cost.plus(new Usd(r.costUsd()));
        }
        for (RehearsalScript.Decision d : script.decisions()) {
            TokenUsage used = new TokenUsage(d.prompt(), d.candidates() + d.thoughts(), d.cached(), 0, d.thoughts());
            expected = expected.plus(used);
            cost = cost.plus(madeUpPrice(used));
        }
        assertEquals(expected, totals.usage());
        assertEquals(0, cost.compareTo(totals.cost()), cost + " and " + totals.cost());
    }

    /** Of the model {@code rehearsal} in the price table: 1.00 USD a million in, 0.10 from the cache, 4.00 out. */
    private static Usd madeUpPrice(TokenUsage used) {
        BigDecimal hundredths = BigDecimal.valueOf((used.input() - used.cacheRead()) * 100 + used.cacheRead() * 10 + used.output() * 400);
        return new Usd(hundredths.movePointLeft(8));
    }

    @Test
    void withTheReasonerThatNeedsNoModel() throws Exception {
        Outcome outcome = run(RandomScript.of(1, 3), Optional.empty(), true);
        assertEquals(Status.COMPLETED, outcome.status(), outcome.reason());
    }

    @Test
    void withTheRealClaudeCode() throws Exception {
        Outcome outcome = run(RandomScript.of(2, 3), Optional.of(InstalledClaude.require()), false);
        assertEquals(Status.COMPLETED, outcome.status(), outcome.reason());
        assertEquals(List.of("SEND_TO_WORKER", "SEND_TO_WORKER", "MARK_DONE"), decisions());
        long conversations = events.stream().filter(RunEvent.WorkerEnded.class::isInstance)
                .map(e -> ((RunEvent.WorkerEnded) e).report().conversation()).distinct().count();
        assertEquals(1, conversations);
    }

    private Outcome run(RehearsalScript script, Optional<Path> claude, boolean rules) throws IOException {
        Path directory = Files.createDirectories(folder.toRealPath().resolve("work"));
        Map<String, String> users = Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString());
        try (Rehearsal rehearsal = Rehearsal.start(script, directory, folder.resolve("home"), claude, Optional.empty(),
                Cast.USUAL)) {
            ClaudeWorker worker = new ClaudeWorker(new claude.Setup(directory, rehearsal.workerEnvironment(users),
                    new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(120))).command(rehearsal.workerCommand()).options());
            Reasoner reasoner = rules ? new RulesReasoner() : new GeminiReasoner(GeminiOptions.fromEnvironment(
                    rehearsal.environment(users), Optional.empty()));
            Limits limits = new Limits(100, Optional.empty(), Optional.of(Duration.ofMinutes(5)), Duration.ofMinutes(1),
                    Duration.ofMinutes(1), OptionalInt.empty());
            Task task = new Task("20261122-rehearsal", "Create a web shop", directory, List.of(), List.of());
            Scripts scripts = new Scripts(directory);
            agent.loop.Fakes.TrustingJudge judge = new agent.loop.Fakes.TrustingJudge();
            judge.always = Optional.of(agent.loop.Fakes.TrustingJudge.evidence("", contract.EvidenceLevel.INDEPENDENT, List.of()));
            Outcome outcome = new Supervisor(Fakes.supervision(task, limits, true, true, Optional.empty()), reasoner, worker,
                    scripts, scripts, judge, new History(), List.of(events::add), new Interruption(), RoundEnvironment.NONE).run();
            assertTrue(outcome.exitCode() == 0 || !outcome.reason().isEmpty());
            return outcome;
        }
    }

    private List<String> decisions() {
        return events.stream().filter(RunEvent.ReasoningEnded.class::isInstance)
                .map(e -> ((RunEvent.ReasoningEnded) e).reasoning().orElseThrow().decision().function().name()).toList();
    }

    /** A working directory whose check is the sample program's. */
    private record Scripts(Path directory) implements Functions, WorkingTree {
        @Override
        public Set<FunctionName> offered() {
            return EnumSet.of(FunctionName.SEND_TO_WORKER, FunctionName.VERIFY_CODE, FunctionName.RUN_TESTS,
                    FunctionName.MARK_DONE, FunctionName.SAVE_SESSION);
        }

        @Override
        public Decision automaticVerification(Changes sinceStart) {
            return new Decision.VerifyCode(sinceStart.paths());
        }

        @Override
        public FunctionResult execute(Decision decision, Bounds bounds) throws InterruptedException {
            try {
                Process check = new ProcessBuilder("sh", directory.resolve(SampleProgram.CHECK).toString())
                        .redirectErrorStream(true).start();
                String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                Verification.Verdict verdict = check.waitFor() == 0 ? Verification.Verdict.PASS : Verification.Verdict.FAIL;
                return FunctionResult.verified(new Verification(Verification.Type.CODE, verdict, SampleProgram.CHECK), output);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public List<TodoItem> todo() {
            return List.of();
        }

        @Override
        public String state() {
            try {
                Path file = directory.resolve(SampleProgram.GREET);
                return Files.exists(file) ? Files.readString(file) : "nothing";
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Changes between(String before, String after) {
            return before.equals(after) ? Changes.NONE : new Changes(List.of(SampleProgram.GREET), 1, 1);
        }
    }
}
