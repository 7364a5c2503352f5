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
public final class History implements RunListener, RunEventHandler {
    private static final FunctionResult CARRIED_OUT = FunctionResult.ok("carried out");

    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Verification> verdicts = new LinkedHashMap<>();
    private Optional<Round> opening = Optional.empty();
    private Optional<Reasoning> sent = Optional.empty();
    /** What the worker is to be told next: decided, or said by a person. */
    private Optional<String> pending = Optional.empty();
    /** What it was told in a round that has not ended. */
    private Optional<String> begun = Optional.empty();
    private String instruction = "";
    private Optional<WorkerReport> report = Optional.empty();
    private Changes changes = Changes.NONE;
    private Optional<FunctionResult> check = Optional.empty();
    private Optional<String> conversation = Optional.empty();
    private Optional<Reasoning> undecided = Optional.empty();
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
    private List<String> settings = List.of();
    private Optional<Evidence> evidence = Optional.empty();

    @Override
    public void on(RunEvent event) {
        event.tell(this);
    }

    @Override
    public void on(RunEvent.RunStarted event) {
        runStarted(event);
    }

    @Override
    public void on(RunEvent.WorkerStarted event) {
        closeRound();
        instruction = Briefing.original(event.instruction().text());
        begun = Optional.of(instruction);
        pending = Optional.empty();
    }

    @Override
    public void on(RunEvent.ConversationKnown event) {
        conversation = Optional.of(event.conversation());
    }

    @Override
    public void on(RunEvent.WorkerEnded event) {
        workerEnded(event.report());
    }

    @Override
    public void on(RunEvent.TreeObserved event) {
        treeObserved(event);
    }

    @Override
    public void on(RunEvent.FunctionEnded event) {
        functionEnded(event);
    }

    @Override
    public void on(RunEvent.ReasoningEnded event) {
        iterations = event.iteration();
        event.reasoning().ifPresent(this::decided);
    }

    @Override
    public void on(RunEvent.ModelCallEnded event) {
        usage = usage.plus(event.answer().usage());
        book(event.answer().cost(), event.answer().usage());
    }

    @Override
    public void on(RunEvent.TodoChanged event) {
        todo = event.todo();
    }

    @Override
    public void on(RunEvent.RunEnded event) {
        outcome = Optional.of(event.outcome());
    }

    // What follows changes nothing that the loop has to know.

    @Override
    public void on(RunEvent.Traced event) {}

    @Override
    public void on(RunEvent.SelfCheckStarted event) {}

    @Override
    public void on(RunEvent.SelfCheckEnded event) {}

    @Override
    public void on(RunEvent.WorkerSpawned event) {}

    @Override
    public void on(RunEvent.WorkerSaid event) {}

    @Override
    public void on(RunEvent.ToolStarted event) {}

    @Override
    public void on(RunEvent.ToolEnded event) {}

    @Override
    public void on(RunEvent.WorkerNotice event) {}

    @Override
    public void on(RunEvent.FunctionStarted event) {}

    @Override
    public void on(RunEvent.ReasoningStarted event) {}

    @Override
    public void on(RunEvent.ModelCallStarted event) {}

    @Override
    public void on(RunEvent.AttemptFailed event) {}

    @Override
    public void on(RunEvent.StallDetected event) {}

    @Override
    public void on(RunEvent.Notice event) {}

    @Override
    public void on(RunEvent.CheckStarted event) {}

    @Override
    public void on(RunEvent.CheckEnded event) {}

    @Override
    public void on(RunEvent.Judged event) {
        evidence = Optional.of(event.evidence());
    }

    /** How the work was judged last; empty before done was claimed. */
    public Optional<Evidence> evidence() {
        return evidence;
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

    /** What the worker is to be told next: decided, or said by a person, and not told yet. */
    public Optional<String> pendingInstruction() {
        return pending;
    }

    /** What the worker was told in a round that was cut off before it ended. */
    public Optional<String> begunInstruction() {
        return begun;
    }

    /** The options of the session's last run. */
    public List<String> settings() {
        return settings;
    }

    /** Whether nothing was begun and nothing was decided. */
    public boolean fresh() {
        return rounds == 0 && iterations == 0 && pending.isEmpty() && begun.isEmpty();
    }

    /** A round that ended but whose automatic check is still owed, as after a kill between the two. */
    public boolean checkOwed() {
        return report.isPresent() && check.isEmpty();
    }

    public Optional<WorkerReport> lastReport() {
        return report.or(() -> lastRound().map(Round::report));
    }

    /** Rounds of the worker that ended. */
    public int rounds() {
        return rounds;
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

    /** The decisions so far with their results, the round that has just ended in its place among them. */
    public List<Step> steps() {
        List<Step> all = new ArrayList<>(steps);
        if (roundOpens()) {
            return all;
        }
        currentRound().ifPresentOrElse(round -> place(round, all),
                () -> sent.ifPresent(s -> all.add(new Step(s, CARRIED_OUT, Optional.empty()))));
        return all;
    }

    /** The last round before the first decision. */
    public Optional<Round> opening() {
        return roundOpens() ? currentRound() : opening;
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

    static String text(Decision.SendToWorker decision) {
        return decision.context().map(why -> decision.instruction() + "\n\nWhy: " + why).orElse(decision.instruction());
    }

    private Optional<Round> currentRound() {
        return report.map(r -> new Round(instruction, r, changes, check));
    }

    private boolean roundOpens() {
        return report.isPresent() && sent.isEmpty() && steps.isEmpty() && opening.isEmpty();
    }

    private void runStarted(RunEvent.RunStarted started) {
        task = Optional.of(started.task());
        settings = started.settings();
        outcome = Optional.empty();
        // Whatever happened between two runs was not done by a check.
        checkJustRan = false;
        started.further().ifPresent(text -> {
            closeRound();
            sent.ifPresent(s -> steps.add(new Step(s, FunctionResult.refused("a person gave another instruction instead"),
                    Optional.empty())));
            sent = Optional.empty();
            begun = Optional.empty();
            pending = Optional.of(text);
        });
    }

    /** Puts the round that has ended where it belongs: with the decision that led to it, or first of all. */
    private void closeRound() {
        if (roundOpens()) {
            opening = currentRound();
        } else {
            currentRound().ifPresent(round -> place(round, steps));
        }
        if (report.isPresent()) {
            sent = Optional.empty();
        }
        report = Optional.empty();
        changes = Changes.NONE;
        check = Optional.empty();
    }

    private void place(Round round, List<Step> all) {
        if (sent.isPresent()) {
            all.add(new Step(sent.get(), CARRIED_OUT, Optional.of(round)));
            return;
        }
        // A person resumed the session with an instruction of their own: the round stands with the decision before it.
        Optional<Step> last = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        if (last.isPresent() && last.get().round().isEmpty()) {
            all.set(all.size() - 1, new Step(last.get().reasoning(), last.get().result(), Optional.of(round)));
        } else {
            Decision byPerson = new Decision.SendToWorker(round.instruction(), Optional.empty());
            all.add(new Step(Reasoning.of(byPerson, "a person said this"), CARRIED_OUT, Optional.of(round)));
        }
    }

    private void workerEnded(WorkerReport ended) {
        report = Optional.of(ended);
        begun = Optional.empty();
        roundObserved = false;
        checkJustRan = false;
        rounds++;
        conversation = ended.conversation().or(() -> conversation);
        usage = usage.plus(ended.usage());
        book(ended.cost(), ended.usage());
        // What a worker of any kind did cost something, also when it cannot say what.
        costIncomplete |= ended.cost().isEmpty() && ended.exitCode().isPresent();
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
            // One that was cut off is still owed.
            check = ended.result().equals(FunctionResult.INTERRUPTED) ? Optional.empty() : Optional.of(ended.result());
        } else {
            undecided.ifPresent(reasoning -> steps.add(new Step(reasoning, ended.result(), Optional.empty())));
            undecided = Optional.empty();
        }
    }

    /** A decision closes the round before it; a new round begins only with the next instruction. */
    private void decided(Reasoning reasoning) {
        closeRound();
        if (reasoning.decision() instanceof Decision.SendToWorker send) {
            sent = Optional.of(reasoning);
            pending = Optional.of(text(send));
            undecided = Optional.empty();
        } else {
            undecided = Optional.of(reasoning);
        }
    }

    private void book(Optional<Usd> amount, TokenUsage used) {
        amount.ifPresent(a -> cost = cost.plus(a));
        costIncomplete |= amount.isEmpty() && used.total() > 0;
    }
}
