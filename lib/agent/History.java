package agent;

import agent.Situation.Round;
import agent.Situation.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened so far, folded from the events: the loop reads its state here and keeps none beside it, so that a session
 * is resumed by replaying its journal.
 */
public final class History implements RunListener {
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Verification> verdicts = new LinkedHashMap<>();
    private Optional<Round> opening = Optional.empty();
    private Optional<Reasoning> sent = Optional.empty();
    private Optional<String> instruction = Optional.empty();
    private Optional<WorkerReport> report = Optional.empty();
    private Changes changes = Changes.NONE;
    private Optional<FunctionResult> check = Optional.empty();
    private Optional<String> conversation = Optional.empty();
    private Optional<Reasoning> undecided = Optional.empty();
    /** Whether the round that goes on follows from no decision: a person resumed the session with a new instruction. */
    private boolean further;
    private boolean roundObserved = true;
    private boolean checkJustRan;
    private String baseState = "";
    private String state = "";
    private List<TodoItem> todo = List.of();
    private TokenUsage usage = TokenUsage.NONE;
    private Usd cost = Usd.ZERO;
    private boolean costIncomplete;
    private int iterations;
    private int rounds;
    private Optional<Task> task = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            task = Optional.of(started.task());
            outcome = Optional.empty();
        } else if (event instanceof RunEvent.WorkerStarted started) {
            further = sent.isEmpty() && !steps.isEmpty();
            instruction = Optional.of(started.instruction().text());
            report = Optional.empty();
            changes = Changes.NONE;
            check = Optional.empty();
        } else if (event instanceof RunEvent.WorkerEnded ended) {
            workerEnded(ended.report());
        } else if (event instanceof RunEvent.TreeObserved observed) {
            treeObserved(observed);
        } else if (event instanceof RunEvent.FunctionEnded ended) {
            functionEnded(ended);
        } else if (event instanceof RunEvent.ReasoningEnded ended) {
            iterations = ended.iteration();
            ended.reasoning().ifPresent(this::decided);
        } else if (event instanceof RunEvent.ModelCallEnded ended) {
            usage = usage.plus(ended.answer().usage());
            book(ended.answer().cost(), ended.answer().usage());
        } else if (event instanceof RunEvent.TodoChanged changed) {
            todo = changed.todo();
        } else if (event instanceof RunEvent.RunEnded ended) {
            outcome = Optional.of(ended.outcome());
        }
    }

    /** The task as it was first given; empty before the first run. */
    public Optional<Task> task() {
        return task;
    }

    /** How the last run of the session ended; empty while one goes on, or when it was killed. */
    public Optional<Outcome> outcome() {
        return outcome;
    }

    /** The worker's own conversation, to go on with. */
    public Optional<String> conversation() {
        return conversation;
    }

    /** What the worker is to be told next: decided, or begun but not ended when a run was cut off. */
    public Optional<String> pendingInstruction() {
        if (sent.isPresent() && report.isEmpty()) {
            return sent.map(s -> ((Decision.SendToClaude) s.decision())).map(History::text);
        }
        return report.isEmpty() ? instruction : Optional.empty();
    }

    /** Whether no round has ended yet and nothing was decided. */
    public boolean fresh() {
        return opening.isEmpty() && steps.isEmpty() && report.isEmpty() && sent.isEmpty();
    }

    /** A round that ended but whose automatic check is still owed, as after a kill between the two. */
    public boolean checkOwed() {
        return report.isPresent() && check.isEmpty();
    }

    public Optional<WorkerReport> lastReport() {
        return report.or(() -> lastRound().map(Round::report));
    }

    /** Decisions so far, the number of the last iteration. */
    public int iterations() {
        return iterations;
    }

    /** The tree's state when the session began; empty before it was observed. */
    public String baseState() {
        return baseState;
    }

    /** The tree's state when it was observed last. */
    public String state() {
        return state;
    }

    public List<TodoItem> todo() {
        return todo;
    }

    /** The latest verdict on each subject since the worker last changed the tree; insertion order. */
    public List<Verification> verdicts() {
        return List.copyOf(verdicts.values());
    }

    /** Whether some check of the present tree failed and has not passed since. */
    public boolean red() {
        return verdicts.values().stream().anyMatch(Verification::failed);
    }

    public Usd cost() {
        return cost;
    }

    public Totals totals(Duration duration) {
        return new Totals(iterations, rounds, usage, cost, costIncomplete, duration);
    }

    /** Steps that are complete, with the round that is going on closed into its step. */
    public List<Step> steps() {
        List<Step> all = new ArrayList<>(steps);
        sent.ifPresent(s -> all.add(new Step(s, FunctionResult.ok("carried out"), currentRound())));
        closeFurther(all);
        return all;
    }

    public Optional<Round> opening() {
        return sent.isPresent() || opening.isPresent() || !steps.isEmpty() ? opening : currentRound();
    }

    public Optional<Round> lastRound() {
        List<Step> all = steps();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).round().isPresent()) {
                return all.get(i).round();
            }
        }
        return opening();
    }

    static String text(Decision.SendToClaude decision) {
        return decision.context().map(why -> decision.instruction() + "\n\nWhy: " + why).orElse(decision.instruction());
    }

    private Optional<Round> currentRound() {
        return report.map(r -> new Round(instruction.orElse(""), r, changes, check));
    }

    private void workerEnded(WorkerReport ended) {
        report = Optional.of(ended);
        roundObserved = false;
        checkJustRan = false;
        rounds++;
        conversation = ended.conversation().or(() -> conversation);
        usage = usage.plus(ended.usage());
        book(ended.cost(), ended.usage());
    }

    private void treeObserved(RunEvent.TreeObserved observed) {
        if (baseState.isEmpty()) {
            baseState = observed.state();
        }
        state = observed.state();
        if (!roundObserved) {
            changes = observed.changes();
            roundObserved = true;
        }
        // What a check leaves behind (caches, build output) does not undo its verdict; the worker's and anybody else's
        // changes do.
        if (!checkJustRan && !observed.changes().none()) {
            verdicts.clear();
        }
        checkJustRan = false;
    }

    private void functionEnded(RunEvent.FunctionEnded ended) {
        checkJustRan = ended.result().verification().isPresent();
        ended.result().verification().ifPresent(v -> {
            // Taken out first, so that the order is that of the latest verdicts.
            String key = v.type() + " " + v.subject();
            verdicts.remove(key);
            verdicts.put(key, v);
        });
        if (ended.automatic()) {
            check = Optional.of(ended.result());
        } else {
            undecided.ifPresent(reasoning -> steps.add(new Step(reasoning, ended.result(), Optional.empty())));
            undecided = Optional.empty();
        }
    }

    /** A decision closes the round before it; a new round begins only with the next instruction. */
    private void decided(Reasoning reasoning) {
        if (sent.isPresent()) {
            steps.add(new Step(sent.get(), FunctionResult.ok("carried out"), currentRound()));
            sent = Optional.empty();
        } else if (opening.isEmpty() && steps.isEmpty()) {
            opening = currentRound();
        }
        closeFurther(steps);
        further = false;
        if (reasoning.decision() instanceof Decision.SendToClaude) {
            sent = Optional.of(reasoning);
            report = Optional.empty();
            undecided = Optional.empty();
        } else {
            undecided = Optional.of(reasoning);
        }
    }

    /** A round that follows from no decision stands with the last one before it. */
    private void closeFurther(List<Step> all) {
        if (further) {
            Step last = all.remove(all.size() - 1);
            all.add(new Step(last.reasoning(), last.result(), currentRound().or(last::round)));
        }
    }

    private void book(Optional<Usd> amount, TokenUsage used) {
        amount.ifPresent(a -> cost = cost.plus(a));
        costIncomplete |= amount.isEmpty() && used.total() > 0;
    }
}
