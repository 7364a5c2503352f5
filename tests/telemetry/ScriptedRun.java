package telemetry;

import agent.Changes;
import agent.ContextUse;
import agent.Events;
import agent.Instruction;
import agent.Limits;
import agent.ModelCall;
import agent.Outcome;
import agent.Problem;
import agent.Reasoning;
import agent.Reports;
import agent.RoundEnvironment;
import agent.RunEvent;
import agent.RunListener;
import agent.StallPattern;
import agent.Task;
import agent.TelemetryPlan;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.ErrorType;
import contract.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import journal.Origins;

/** Tells a listener a run, event by event, as the loop would; each method is one thing that happens. */
public final class ScriptedRun {
    public static final String TASK = "Write a program that greets, and make it pass its test";
    public static final String SESSION = "20261122-101500-abcd";
    public static final ModelCall CALL = new ModelCall("gemini", "gemini-3.8-flash", 0.5, 8192, "127.0.0.1", 8080);

    private final RunListener listener;
    private final RoundEnvironment surroundings;
    private final String session;
    private final Optional<TelemetryPlan> plan;
    private String worker = "claude";
    private Map<String, String> childEnvironment = new TreeMap<>();

    public ScriptedRun(RunListener listener) {
        this.listener = listener;
        this.surroundings = RoundEnvironment.NONE;
        this.session = SESSION;
        this.plan = Optional.empty();
    }

    /** @param plan what was decided about telemetry, which the start of the run says */
    public ScriptedRun(RunListener listener, Optional<RoundEnvironment> surroundings, String session, TelemetryPlan plan) {
        this.listener = listener;
        this.surroundings = surroundings.orElse(RoundEnvironment.NONE);
        this.session = session;
        this.plan = Optional.of(plan);
    }

    /** The worker's name from the start on; {@code claude} unless said. */
    public ScriptedRun worker(String name) {
        worker = name;
        return this;
    }

    /** What a child has in its environment before telemetry adds to it. */
    public ScriptedRun childHas(String name, String value) {
        childEnvironment.put(name, value);
        return this;
    }

    /** What the last child found in its environment. */
    public Map<String, String> childEnvironment() {
        return childEnvironment;
    }

    public ScriptedRun start() {
        return start(TASK, false);
    }

    public ScriptedRun start(String task, boolean rehearsal) {
        return start(new Task(session, task, Path.of("/project"), List.of(), List.of()), rehearsal);
    }

    public ScriptedRun start(Task task, boolean rehearsal) {
        return tell(new RunEvent.RunStarted(task, Limits.defaults(), "gemini", worker, rehearsal, false, Optional.empty(),
                List.of(), plan, Origins.here(Map.of())));
    }

    public ScriptedRun selfCheck() {
        return tell(new RunEvent.SelfCheckStarted(), new RunEvent.TreeObserved("s0", Changes.NONE),
                new RunEvent.SelfCheckEnded(Optional.empty()));
    }

    public ScriptedRun workerStarts(int iteration, String instruction) {
        tell(new RunEvent.WorkerStarted(iteration, new Instruction(instruction, Optional.empty(), Optional.empty()),
                surroundings.ownSpans(childEnvironment)));
        childEnvironment = surroundings.around(childEnvironment);
        return tell(new RunEvent.WorkerSpawned("claude", 4711));
    }

    public ScriptedRun toolStarts(String id, String tool) {
        return tell(Events.toolStarted(id, tool, "hello.py"));
    }

    public ScriptedRun toolEnds(String id, String tool, boolean success) {
        return tell(new RunEvent.ToolEnded(id, tool, success, false, Duration.ofMillis(120)));
    }

    /** A round that ended well. */
    public ScriptedRun workerEnds(int iteration) {
        return workerEnds(iteration, report(Optional.empty()));
    }

    public ScriptedRun workerFails(int iteration, Problem problem) {
        return workerEnds(iteration, report(Optional.of(problem)));
    }

    private ScriptedRun workerEnds(int iteration, WorkerReport report) {
        return tell(new RunEvent.WorkerEnded(iteration, report, Duration.ofSeconds(3)),
                new RunEvent.TreeObserved("s" + iteration, new Changes(List.of("hello.py", "test.py"), 12, 3)));
    }

    private WorkerReport report(Optional<Problem> error) {
        if (!worker.equals("claude")) {
            return Reports.builder().error(error).text("done").exitCode(OptionalInt.of(error.isPresent() ? 1 : 0))
                    .build();
        }
        return Reports.builder().error(error).text("I wrote it").conversation(Optional.of("claude-session-1"))
                .exitCode(OptionalInt.of(error.isPresent() ? 1 : 0)).usage(new TokenUsage(1000, 200, 600, 100, 0))
                .cost(Optional.of(Usd.of("0.0125"))).model(Optional.of("claude-sonnet-5")).version(Optional.of("2.1.330"))
                .subtype(Optional.of("success")).turns(4).apiTime(Duration.ofMillis(2500))
                .denials(List.of(new WorkerReport.Denial("Bash", "curl"))).context(new ContextUse(48_000, 200_000)).build();
    }

    public ScriptedRun verification(int iteration, Verification.Verdict verdict) {
        return function(iteration, new Decision.RunTests(Optional.of("make test")), true, FunctionResult.verified(
                new Verification(Verification.Type.TESTS, verdict, "make test"), "output of the tests"));
    }

    public ScriptedRun function(int iteration, Decision decision, boolean automatic, FunctionResult result) {
        return tell(new RunEvent.FunctionStarted(iteration, decision, automatic ? Optional.empty() : Optional.of("call-1"),
                automatic), new RunEvent.FunctionEnded(iteration, decision, result, automatic, Duration.ofMillis(700)));
    }

    /** A decision after one call, of which {@code failures} attempts failed before. */
    public ScriptedRun reasoning(int iteration, Decision decision, int failures) {
        tell(new RunEvent.ReasoningStarted(iteration),
                new RunEvent.ModelCallStarted(CALL, Optional.of("You are PA.")));
        for (int i = 1; i <= failures; i++) {
            tell(new RunEvent.AttemptFailed(CALL, new ModelCall.Attempt(i, OptionalInt.of(429), ErrorType.HTTP,
                    "Resource has been exhausted", 250)));
        }
        return tell(new RunEvent.ModelCallEnded(CALL, new ModelCall.Answer(Optional.of("gemini-3.8-flash-001"),
                        Optional.of("response-" + iteration), List.of("STOP"), new TokenUsage(500, 80, 100, 0, 30),
                        Optional.of(Usd.of("0.001")), failures + 1, Optional.empty()), Duration.ofMillis(900)),
                new RunEvent.ReasoningEnded(iteration, Optional.of(new Reasoning(decision, Optional.of("call-1"),
                        "because it is right", OptionalDouble.of(0.9), "")), Optional.empty(), Duration.ofSeconds(1)));
    }

    public ScriptedRun stall(StallPattern pattern, boolean stopping) {
        return tell(new RunEvent.StallDetected(pattern, "nothing moves", stopping));
    }

    public ScriptedRun end(Status status, int exitCode) {
        return tell(new RunEvent.RunEnded(new Outcome(status, exitCode, "the reason", "what next"),
                new Totals(2, 2, new TokenUsage(3000, 560, 1400, 200, 60), Usd.of("0.027"), false, Duration.ofSeconds(9))));
    }

    /** A run with everything in it: a failed check, its fixing, retries, a stall. */
    public ScriptedRun whole() {
        return start().selfCheck()
                .workerStarts(1, "Do it: " + TASK)
                .toolStarts("t1", "Write").toolStarts("t2", "mcp__files__list").toolEnds("t1", "Write", true)
                .toolEnds("t2", "mcp__files__list", false)
                .workerEnds(1)
                .verification(1, Verification.Verdict.FAIL)
                .reasoning(1, new Decision.SendToWorker("fix it", Optional.empty()), 2)
                .workerStarts(2, "fix it").toolStarts("t3", "Bash").toolEnds("t3", "Bash", true).workerEnds(2)
                .verification(2, Verification.Verdict.PASS)
                .stall(StallPattern.NO_CHANGE, false)
                .reasoning(2, new Decision.MarkDone("done", List.of("make test")), 0)
                .function(2, new Decision.MarkDone("done", List.of("make test")), false, FunctionResult.ok("accepted"))
                .end(Status.COMPLETED, 0);
    }

    public ScriptedRun tell(RunEvent... events) {
        for (RunEvent event : events) {
            listener.on(event);
        }
        return this;
    }
}
