package agent.loop;

import static agent.loop.Fakes.check;
import static agent.loop.Fakes.clean;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Changes;
import agent.Evidence;
import agent.Functions;
import agent.Instruction;
import agent.Judge;
import agent.Outcome;
import agent.Reasoner;
import agent.RoundEnvironment;
import agent.RunEvent;
import agent.RunListener;
import agent.WholeChange;
import agent.Worker;
import agent.WorkerReport;
import agent.WorkingTree;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.decision.Verification.Verdict;
import agent.loop.Fakes.FakeTree;
import agent.loop.Fakes.ScriptedFunctions;
import agent.loop.Fakes.ScriptedReasoner;
import agent.loop.Fakes.ScriptedWorker;
import contract.EvidenceLevel;
import contract.Failure;
import contract.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The loop's other calls to its partners, and its reaction to unexpected answers. */
class SupervisorPartnersTest extends LoopLab {
    /** Writes down when it was told of what. */
    private final class WatchedJudge implements Judge {
        private final List<String> told = new ArrayList<>();

        @Override
        public Evidence judge(String before, String now, boolean passes, Bounds bounds, RunListener listener) {
            return judge.judge(before, now, passes, bounds, listener);
        }

        @Override
        public void workBegins(String before, Bounds bounds, RunListener listener) {
            told.add("work begins at " + before);
        }

        @Override
        public void settle(Bounds bounds, RunListener listener) {
            told.add("settle");
        }

        @Override
        public WholeChange change(String before, String now) {
            return judge.change(before, now);
        }
    }

    private Supervisor supervisor(Supervision plan, Reasoner reasoner, Worker worker, Functions functions, Judge asked,
            WorkingTree files) {
        return new Supervisor(plan, reasoner, worker, functions, files, asked, history, List.of(events::add), interruption,
                RoundEnvironment.NONE);
    }

    private static Supervision plan(boolean verify) {
        return Fakes.supervision(Fakes.task(), LIMITS, verify, false, Optional.empty());
    }

    private static Decision save() {
        return new Decision.SaveSession("enough", Optional.empty(), OptionalInt.empty());
    }

    private List<String> notices() {
        return events.stream().filter(RunEvent.Notice.class::isInstance).map(e -> ((RunEvent.Notice) e).text()).toList();
    }

    @Test
    void theJudgeLearnsThatWorkBeginsAndSettlesBeforeEveryCheck() {
        WatchedJudge watched = new WatchedJudge();
        supervisor(plan(true), new ScriptedReasoner(new Decision.ReadFile("a"), save()), new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(check(Verdict.FAIL, "no"), FunctionResult.ok("a")), watched, tree).run();
        assertEquals(List.of("work begins at 0", "settle"), watched.told, "reading a file waits for nobody");
    }

    @Test
    void aRunThatChecksNothingAsksNothingOfTheJudge() {
        WatchedJudge watched = new WatchedJudge();
        supervisor(plan(false), new ScriptedReasoner(save()), new ScriptedWorker(tree, clean("x")), new ScriptedFunctions(), watched,
                tree).run();
        assertEquals(List.of(), watched.told);
    }

    @Test
    void aWorkerThatCannotRunStopsBeforeAnyWork() {
        Worker missing = new Worker() {
            @Override
            public String name() {
                return "missing";
            }

            @Override
            public void selfCheck() {
                throw Failure.selfCheck("there is no worker", "install it");
            }

            @Override
            public Map<String, String> environment() {
                return Map.of();
            }

            @Override
            public WorkerReport work(Instruction instruction, Map<String, String> env, Bounds bounds, RunListener listener) {
                throw new AssertionError("it was asked to work");
            }
        };
        Outcome outcome = run(LIMITS, true, new ScriptedReasoner(), missing, new ScriptedFunctions());
        assertEquals(Status.FAILED_SELF_CHECK, outcome.status());
        assertEquals(List.of("RunStarted", "SelfCheckStarted", "SelfCheckEnded", "RunEnded"), names());
    }

    @Test
    void anAnswerThatCannotBeUsedGoesBackWithTheReason() {
        ScriptedReasoner reasoner = new ScriptedReasoner(new Decision.NoOp("no such function: fly"), save());
        ScriptedFunctions functions = new ScriptedFunctions(check(Verdict.PASS, "ok"));
        run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x")), functions);
        assertEquals(FunctionResult.refused("no such function: fly"), reasoner.seen.get(1).steps().get(0).result());
        assertEquals(1, functions.executed.size(), "nothing but the check was carried out");
    }

    @Test
    void aChangeOfTheTaskListIsToldOnceAndShownToTheReasoner() {
        TodoItem item = new TodoItem("1", "write it", "", 1, "pending", "");
        ScriptedReasoner reasoner = new ScriptedReasoner(new Decision.ReadFile("a"), new Decision.ReadFile("b"), save());
        List<TodoItem> todo = new ArrayList<>();
        ScriptedFunctions functions = new ScriptedFunctions(check(Verdict.PASS, "ok"), FunctionResult.ok("a"), FunctionResult.ok("b"));
        Functions listing = new DelegatingFunctions(functions, todo);
        functions.duringCheck = () -> {
            if (functions.executed.size() == 2) {
                todo.add(item);
            }
        };
        run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x")), listing);
        assertEquals(1, names().stream().filter("TodoChanged"::equals).count());
        assertEquals(List.of(), reasoner.seen.get(0).todo());
        assertEquals(List.of(item), reasoner.seen.get(1).todo());
    }

    private record DelegatingFunctions(ScriptedFunctions inner, List<TodoItem> items) implements Functions {
        @Override
        public java.util.Set<FunctionName> offered() {
            return inner.offered();
        }

        @Override
        public Decision automaticVerification(Changes sinceStart) {
            return inner.automaticVerification(sinceStart);
        }

        @Override
        public FunctionResult execute(Decision decision, Bounds bounds) {
            return inner.execute(decision, bounds);
        }

        @Override
        public List<TodoItem> todo() {
            return List.copyOf(items);
        }
    }

    @Test
    void whatCannotBeObservedIsSaidOnceUntilItChanges() {
        FakeTree files = tree;
        WorkingTree limited = new WorkingTree() {
            @Override
            public String state() {
                return files.state();
            }

            @Override
            public Changes between(String before, String after) {
                return files.between(before, after);
            }

            @Override
            public Optional<String> limitation() {
                return Optional.of(files.state().equals("2") ? "the disk is full" : "git is not installed");
            }
        };
        supervisor(plan(false), new ScriptedReasoner(send("more"), save()), new ScriptedWorker(tree, clean("1"), clean("2")),
                new ScriptedFunctions(), judge, limited).run();
        assertEquals(List.of("git is not installed", "the disk is full"), notices());
    }

    @Test
    void aSignalDuringARoundEndsTheRunBeforeAnythingElseIsLookedAt() {
        Worker signalled = new Interrupted(() -> interruption.request(15));
        Outcome outcome = run(LIMITS, true, new ScriptedReasoner(), signalled, new ScriptedFunctions());
        assertEquals(143, outcome.exitCode());
        assertEquals(List.of("WorkerStarted", "WorkerEnded", "RunEnded"), names().subList(names().size() - 3, names().size()));
    }

    private final class Interrupted extends FakeWorker {
        private final Runnable during;

        Interrupted(Runnable during) {
            this.during = during;
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("OWN", "1");
        }

        @Override
        protected WorkerReport round(Map<String, String> env, Bounds bounds, RunListener listener) {
            assertEquals(Map.of("OWN", "1"), env, "its own settings, where nobody adds any");
            during.run();
            assertTrue(!bounds.interruption().requested() || bounds.interruption().signal().getAsInt() == 15,
                    "the round learns of the run's signal");
            tree.change("a");
            return clean("x");
        }
    }

    @Test
    void aRoundOfAWorkerWithoutSpansOfItsOwnSaysSo() {
        run(LIMITS, false, new ScriptedReasoner(save()), new Interrupted(() -> {}), new ScriptedFunctions());
        assertFalse(events.stream().filter(RunEvent.WorkerStarted.class::isInstance).map(RunEvent.WorkerStarted.class::cast)
                .findFirst().orElseThrow().ownSpans());
    }

    @Test
    void theEvidenceIsShownOnlyWhileItsStateIsThePresentOne() {
        judge.always = Optional.of(Fakes.TrustingJudge.evidence("", EvidenceLevel.UNCHANGED, List.of()));
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE, send("more"), save());
        run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("1"), clean("2")),
                new ScriptedFunctions(check(Verdict.PASS, "ok"), check(Verdict.PASS, "ok")));
        assertEquals(Optional.empty(), reasoner.seen.get(0).evidence());
        assertEquals("1", reasoner.seen.get(1).evidence().orElseThrow().state());
        assertEquals(Optional.empty(), reasoner.seen.get(2).evidence());
    }
}
