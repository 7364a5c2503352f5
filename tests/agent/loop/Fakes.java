package agent.loop;

import agent.Bounds;
import agent.Changes;
import agent.Evidence;
import agent.Functions;
import agent.Judge;
import agent.Limits;
import agent.Origin;
import agent.Problem;
import agent.Reasoner;
import agent.Reasoning;
import agent.Reports;
import agent.RunListener;
import agent.Situation;
import agent.Suspicion;
import agent.Task;
import agent.TokenUsage;
import agent.Usd;
import agent.WholeChange;
import agent.WorkerReport;
import agent.WorkingTree;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.decision.Verification;
import contract.EvidenceLevel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** The loop's partners, scripted. Each runs out with a clear error when it is asked more often than expected. */
public final class Fakes {
    private Fakes() {}

    public static Task task() {
        return new Task("20260101-000000-test", "make it work", java.nio.file.Path.of("/tmp"), List.of(), List.of());
    }

    /** For a run that nobody will resume from a command line. */
    public static Supervision supervision(Task task, Limits limits, boolean verification, boolean rehearsal, Optional<String> further) {
        return new Supervision(task, limits, new Supervision.Terms(verification, EvidenceLevel.REVIEWED, false, false), rehearsal,
                further, List.of(), Optional.empty(), Origin.UNKNOWN);
    }

    public static WorkerReport clean(String text) {
        return report(Optional.empty(), text, Optional.of(Usd.of("0.01")));
    }

    public static WorkerReport failed(Problem problem) {
        return report(Optional.of(problem), "", Optional.of(Usd.of("0.01")));
    }

    public static WorkerReport report(Optional<Problem> problem, String text, Optional<Usd> cost) {
        return Reports.builder().error(problem).text(text).conversation(Optional.of("conversation-1"))
                .exitCode(OptionalInt.of(0)).usage(new TokenUsage(100, 10, 0, 0, 0)).cost(cost).model(Optional.of("model"))
                .version(Optional.of("1")).subtype(Optional.of("success")).turns(1).apiTime(Duration.ofMillis(5)).build();
    }

    public static FunctionResult check(Verification.Verdict verdict, String output) {
        return FunctionResult.verified(new Verification(Verification.Type.TESTS, verdict, "make test"), output);
    }

    /** A stand-in that takes a passing check for all the evidence there can be; the real one is tested in its own room. */
    public static final class TrustingJudge implements Judge {
        public Optional<Evidence> always = Optional.empty();
        public WholeChange change = WholeChange.of(Optional.of("the change"));
        public int asked;

        @Override
        public Evidence judge(String before, String now, boolean passes, Bounds bounds, RunListener listener) {
            asked++;
            return always.map(e -> new Evidence(now, e.level(), e.sentence(), e.notes(), e.suspicions(), e.guarded(), e.failToPass(),
                    e.passToPass(), e.red(), e.reviewer())).orElseGet(() -> evidence(now, passes ? EvidenceLevel.INDEPENDENT
                            : EvidenceLevel.NONE, List.of()));
        }

        @Override
        public WholeChange change(String before, String now) {
            return change;
        }

        public static Evidence evidence(String state, EvidenceLevel level, List<Suspicion> suspicions) {
            return new Evidence(state, level, "the judge says " + level.value(), List.of(), suspicions, List.of(), List.of(), 0, false,
                    Optional.empty());
        }
    }

    /** Gives these decisions in turn. */
    public static class ScriptedReasoner implements Reasoner {
        private final Deque<Decision> decisions;
        public final List<Situation> seen = new ArrayList<>();

        public ScriptedReasoner(Decision... decisions) {
            this.decisions = new ArrayDeque<>(Arrays.asList(decisions));
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public void selfCheck(Bounds bounds, RunListener listener) {}

        @Override
        public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) {
            seen.add(situation);
            return new Reasoning(decisions.remove(), Optional.of("call-" + seen.size()), "", OptionalDouble.empty(), "");
        }
    }

    /** Gives these reports in turn, and changes the tree before each that says so. */
    public static final class ScriptedWorker extends FakeWorker {
        private final Deque<WorkerReport> reports;
        private final FakeTree tree;

        public ScriptedWorker(FakeTree tree, WorkerReport... reports) {
            this.tree = tree;
            this.reports = new ArrayDeque<>(Arrays.asList(reports));
        }

        @Override
        protected WorkerReport round(Map<String, String> env, Bounds bounds, RunListener listener) {
            WorkerReport report = reports.remove();
            if (!report.text().startsWith("(nothing)")) {
                tree.change("file" + told.size());
            }
            return report;
        }
    }

    /** States are numbers; what changed is what was said to have. */
    public static final class FakeTree implements WorkingTree {
        private final List<String> changed = new ArrayList<>();

        public void change(String path) {
            changed.add(path);
        }

        @Override
        public String state() {
            return Integer.toString(changed.size());
        }

        @Override
        public Changes between(String before, String after) {
            List<String> paths = changed.subList(Integer.parseInt(before), Integer.parseInt(after));
            return new Changes(List.copyOf(paths), paths.size(), 0);
        }
    }

    /** Answers each automatic or decided check with the next of these results. */
    public static final class ScriptedFunctions implements Functions {
        private final Deque<FunctionResult> results;
        public final List<Decision> executed = new ArrayList<>();
        public Runnable duringCheck = () -> {};
        public boolean checkable = true;

        public ScriptedFunctions(FunctionResult... results) {
            this.results = new ArrayDeque<>(Arrays.asList(results));
        }

        @Override
        public Set<FunctionName> offered() {
            return Set.of(FunctionName.values());
        }

        @Override
        public Decision automaticVerification(Changes sinceStart) {
            return new Decision.RunTests(Optional.of("make test"));
        }

        @Override
        public boolean checkable() {
            return checkable;
        }

        @Override
        public FunctionResult execute(Decision decision, Bounds bounds) {
            executed.add(decision);
            duringCheck.run();
            return results.remove();
        }

        @Override
        public List<TodoItem> todo() {
            return List.of();
        }
    }
}
