package agent.loop;

import agent.Bounds;
import agent.Changes;
import agent.Functions;
import agent.Instruction;
import agent.Interruption;
import agent.Judge;
import agent.Outcome;
import agent.Problem;
import agent.Reasoner;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RoundEnvironment;
import agent.RunEvent;
import agent.RunListener;
import agent.Situation;
import agent.Stopwatch;
import agent.Usd;
import agent.Worker;
import agent.WorkerReport;
import agent.WorkingTree;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import agent.loop.StallDetector.Stall;
import contract.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The loop: instruct, observe, verify, reason, act, until an outcome. It only decides the order; what happened is in the
 * {@link History}, what it means is decided by the reasoner, and everybody else learns of it as a {@link RunListener}.
 */
public final class Supervisor {
    private static final int NUDGES = 2;
    /** What may run the check, or something like it. */
    private static final Set<FunctionName> CHECKS = EnumSet.of(FunctionName.RUN_TESTS, FunctionName.VERIFY_CODE,
            FunctionName.VERIFY_PRODUCT);

    private final Supervision plan;
    private final Reasoner reasoner;
    private final Worker worker;
    private final Functions functions;
    private final WorkingTree tree;
    private final Judge judge;
    private final History history;
    private final RoundEnvironment surroundings;
    private final List<RunListener> listeners;
    private final RunListener listener;
    private final Bounds bounds;
    private final Stopwatch whole = new Stopwatch();
    private final Endings endings;
    private final DoneClaim claim;
    private final Waiting waiting;
    private String advice = "";
    private Optional<String> limitation = Optional.empty();
    private int nudges;
    private int roundsAtNudge = -1;

    /**
     * @param history empty, or replayed from a journal to go on with its session
     * @param listeners told in this order, before the history is; the first should be the journal, so that a step is
     *     written down before it takes effect
     * @param surroundings what every round's process finds beside the worker's own settings
     */
    public Supervisor(Supervision plan, Reasoner reasoner, Worker worker, Functions functions, WorkingTree tree, Judge judge,
            History history, List<? extends RunListener> listeners, Interruption interruption, RoundEnvironment surroundings) {
        this.claim = new DoneClaim(plan, history, functions, judge, reasoner);
        this.surroundings = surroundings;
        this.plan = plan;
        this.reasoner = reasoner;
        this.worker = worker;
        this.functions = functions;
        this.tree = tree;
        this.judge = judge;
        this.history = history;
        this.listeners = new ArrayList<>(listeners);
        this.listeners.add(history);
        this.listener = RunListener.all(this.listeners);
        this.bounds = new Bounds(interruption, plan.limits().timeout().map(Instant.now()::plus).orElse(Instant.MAX));
        this.endings = new Endings(plan, history, bounds);
        this.waiting = new Waiting(plan.terms().waits(), bounds, listener);
    }

    /** Runs to an outcome. Never throws for what goes wrong in the world. */
    public Outcome run() {
        boolean resumed = history.task().isPresent();
        listener.on(new RunEvent.RunStarted(plan.task(), plan.limits(), reasoner.name(), worker.name(), plan.rehearsal(),
                resumed, plan.further(), plan.settings(), plan.telemetry(), plan.origin()));
        Outcome outcome;
        try {
            outcome = supervise();
        } catch (InterruptedException e) {
            outcome = endings.cutOff();
        } catch (ReasonerException e) {
            outcome = endings.noDecision(e);
        } catch (Failure e) {
            outcome = endings.failed(e);
        } catch (RuntimeException e) {
            // Every start still has its end; whoever called shows the exception.
            end(endings.unexpected(e));
            throw e;
        }
        return end(outcome);
    }

    /** Everybody learns of the end, also when one of them (a journal on a full disk) fails at it. */
    private Outcome end(Outcome outcome) {
        RunEvent ended = new RunEvent.RunEnded(outcome, history.totals(whole.elapsed()));
        Optional<RuntimeException> failure = Optional.empty();
        for (RunListener each : listeners) {
            try {
                each.on(ended);
            } catch (RuntimeException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return outcome;
    }

    private Outcome supervise() throws InterruptedException, ReasonerException {
        selfCheck();
        observeTree();
        Optional<Instruction> next = firstInstruction();
        if (next.isEmpty() && plan.terms().verification() && history.checkOwed()) {
            verify();
        }
        while (true) {
            Optional<Outcome> end = endings.limitReached();
            if (end.isEmpty() && next.isPresent()) {
                work(next.get());
                end = endings.endedByWorker(waiting::over).or(endings::limitReached);
            }
            end = end.or(this::stalled);
            if (end.isPresent()) {
                return end.get();
            }
            Reasoning reasoning = reason();
            end = act(reasoning);
            if (end.isPresent()) {
                return end.get();
            }
            next = history.pendingInstruction().map(this::instruction);
        }
    }

    private void selfCheck() throws InterruptedException {
        Told.selfCheck(listener, () -> {
            reasoner.selfCheck(bounds, listener);
            worker.selfCheck();
            plan.limits().maxCost().ifPresent(max -> Stream.of(reasoner.unpriced(), worker.unpriced()).flatMap(Optional::stream)
                    .forEach(why -> listener.on(new RunEvent.Notice("--max-cost cannot bind everything: " + why))));
        });
    }

    private Optional<Instruction> firstInstruction() {
        if (history.fresh()) {
            Decision check = functions.automaticVerification(Changes.NONE);
            return Optional.of(instruction(Briefing.opening(plan.task(), check, plan.terms().verification())));
        }
        return history.pendingInstruction().or(() -> history.begunInstruction().map(Briefing::again)).map(this::instruction);
    }

    private Instruction instruction(String text) {
        Optional<Usd> left = plan.limits().maxCost().map(max -> max.minus(history.cost()));
        return new Instruction(text, history.conversation(), left);
    }

    /** One round of the worker, what changed, and the check that follows by itself. */
    private void work(Instruction instruction) throws InterruptedException {
        Map<String, String> own = worker.environment();
        if (plan.terms().verification()) {
            judge.workBegins(history.baseState(), bounds, listener);
        }
        listener.on(new RunEvent.WorkerStarted(iteration(), instruction, surroundings.ownSpans(own)));
        Stopwatch took = new Stopwatch();
        WorkerReport report;
        try (RoundWatch watch = new RoundWatch(listener, plan.terms().endsStalledRounds(), bounds)) {
            report = watch.explained(worker.work(instruction, surroundings.around(own), watch.bounds(), watch));
        }
        listener.on(new RunEvent.WorkerEnded(iteration(), report, took.elapsed()));
        bounds.interruption().check();
        observeTree();
        if (plan.terms().verification() && report.error().filter(Problem::ends).isEmpty() && !bounds.expired()) {
            verify();
        }
    }

    private void verify() throws InterruptedException {
        Decision check = functions.automaticVerification(tree.between(history.baseState(), history.state()));
        carryOut(check, Optional.empty(), true);
    }

    private Reasoning reason() throws InterruptedException, ReasonerException {
        int iteration = iteration();
        return Told.decision(iteration, listener, () -> decide(situation(iteration)));
    }

    private Reasoning decide(Situation situation) throws InterruptedException, ReasonerException {
        while (true) {
            try {
                return reasoner.decide(situation, bounds, listener);
            } catch (ReasonerException e) {
                if (e.problem().hold().isEmpty() || !waiting.over(e.problem().hold().get())) {
                    throw e;
                }
            }
        }
    }

    private Situation situation(int iteration) {
        return new Situation(plan.task(), plan.limits(), iteration, history.opening(), history.steps(), history.todo(),
                functions.offered(), plan.terms().verification(), advice,
                history.evidence().filter(e -> e.state().equals(history.state())), claim.question());
    }

    /** Carries the decision out; an outcome when it ends the run. {@code send_to_claude} is carried out by the next round. */
    private Optional<Outcome> act(Reasoning reasoning) throws InterruptedException {
        Decision decision = reasoning.decision();
        if (decision instanceof Decision.SendToWorker) {
            return Optional.empty();
        }
        carryOut(decision, reasoning.callId(), false);
        if (decision instanceof Decision.MarkDone) {
            return claim.ending();
        }
        if (decision instanceof Decision.SaveSession save) {
            return Optional.of(endings.saved(save));
        }
        return Optional.empty();
    }

    private void carryOut(Decision decision, Optional<String> callId, boolean automatic)
            throws InterruptedException {
        if (CHECKS.contains(decision.function())) {
            judge.settle(bounds, listener);
        }
        int iteration = automatic ? iteration() : history.iterations();
        listener.on(new RunEvent.FunctionStarted(iteration, decision, callId, automatic));
        Stopwatch took = new Stopwatch();
        FunctionResult result = FunctionResult.INTERRUPTED;
        List<TodoItem> before = history.todo();
        try {
            result = automatic ? functions.automatic(decision, bounds) : resultOf(decision);
        } finally {
            listener.on(new RunEvent.FunctionEnded(iteration, decision, result, automatic,
                    took.elapsed()));
        }
        if (!functions.todo().equals(before)) {
            listener.on(new RunEvent.TodoChanged(functions.todo()));
        }
        if (result.verification().isPresent()) {
            // A check may leave files behind; they are not the worker's doing and do not undo the verdict.
            observeTree();
        }
    }

    private FunctionResult resultOf(Decision decision) throws InterruptedException {
        if (decision instanceof Decision.MarkDone done) {
            return claim.decide(done, tree.state(), bounds, listener);
        }
        if (decision instanceof Decision.SaveSession) {
            return FunctionResult.ok("saved");
        }
        if (decision instanceof Decision.NoOp unusable) {
            return FunctionResult.refused(unusable.reason());
        }
        return functions.execute(decision, bounds);
    }

    private void observeTree() throws InterruptedException {
        String before = history.state();
        String now = tree.state();
        Changes changes = before.isEmpty() || before.equals(now) ? Changes.NONE : tree.between(before, now);
        listener.on(new RunEvent.TreeObserved(now, changes));
        if (!tree.limitation().equals(limitation)) {
            limitation = tree.limitation();
            limitation.ifPresent(text -> listener.on(new RunEvent.Notice(text)));
        }
    }

    private Optional<Outcome> stalled() {
        int rounds = history.rounds();
        Optional<Stall> stall = StallDetector.look(history, rounds > roundsAtNudge);
        if (stall.isEmpty()) {
            if (rounds > roundsAtNudge) {
                advice = "";
                nudges = StallDetector.progress(history) ? 0 : nudges;
            }
            return Optional.empty();
        }
        advice = stall.get().message();
        roundsAtNudge = rounds;
        boolean stopping = nudges >= NUDGES;
        nudges++;
        listener.on(new RunEvent.StallDetected(stall.get().pattern(), stall.get().message(), stopping));
        return stopping ? Optional.of(endings.stalled(stall.get().message())) : Optional.empty();
    }

    private int iteration() {
        return history.iterations() + 1;
    }
}
