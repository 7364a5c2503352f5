package agent.loop;

import agent.Evidence;
import agent.Outcome;
import agent.RunEvent;
import agent.RunEventHandler;
import agent.Situation.Round;
import agent.Situation.Step;
import agent.StallPattern;
import agent.Task;
import agent.ToolAction;
import agent.Totals;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.TodoItem;
import agent.decision.Verification;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What happened so far, folded from the events: the loop reads its state here and keeps none beside it, so that a session
 * is resumed by replaying its journal. Where it stands is a {@link Phase}; what is behind it is the {@link Past}.
 */
public final class History implements RunEventHandler {
    private final Past past = new Past();
    private final TreeVerdicts tree = new TreeVerdicts();
    private final Spending spending = new Spending();
    /** Seen in the round that goes on, by their patterns. */
    private final Map<StallPattern, String> stalls = new EnumMap<>(StallPattern.class);
    private final Set<String> edits = new HashSet<>();
    private Phase phase = new Phase.Idle();
    private int iterations;
    private int rounds;
    private List<TodoItem> todo = List.of();
    private List<String> settings = List.of();
    private Optional<Task> task = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();
    private Optional<Evidence> evidence = Optional.empty();
    private Optional<String> conversation = Optional.empty();
    private Optional<String> model = Optional.empty();

    @Override
    public void on(RunEvent.RunStarted event) {
        task = Optional.of(event.task());
        settings = event.settings();
        outcome = Optional.empty();
        tree.notByACheck();
        event.further().ifPresent(text -> {
            past.close(phase);
            phase = phase.told(text);
        });
    }

    @Override
    public void on(RunEvent.WorkerStarted event) {
        if (phase.open().isEmpty()) {
            past.close(phase);
        }
        phase = phase.began(Briefing.original(event.instruction().text()));
        stalls.clear();
        edits.clear();
    }

    @Override
    public void on(RunEvent.ConversationKnown event) {
        conversation = Optional.of(event.conversation());
    }

    @Override
    public void on(RunEvent.WorkerEnded event) {
        rounds++;
        phase = phase.ended(event.report(), List.copyOf(stalls.values()));
        conversation = event.report().conversation().or(() -> conversation);
        spending.add(event.report());
        tree.notByACheck();
    }

    @Override
    public void on(RunEvent.TreeObserved event) {
        phase = phase.looked(event.changes());
        tree.observed(event);
    }

    @Override
    public void on(RunEvent.FunctionEnded event) {
        tree.ended(event.result());
        if (event.automatic()) {
            phase = phase.checked(event.result());
        } else {
            past.carriedOut(phase, event.result());
            phase = phase.carriedOut();
        }
    }

    /** A decision closes the round before it; a new round begins only with the next instruction. */
    @Override
    public void on(RunEvent.ReasoningEnded event) {
        iterations = event.iteration();
        event.reasoning().ifPresent(reasoning -> {
            past.close(phase);
            phase = phase.decided(reasoning);
        });
    }

    @Override
    public void on(RunEvent.ModelCallEnded event) {
        spending.add(event.answer());
        model = event.answer().model().or(() -> Optional.of(event.call().model()));
    }

    @Override
    public void on(RunEvent.StallDetected event) {
        if (event.pattern().inRound()) {
            stalls.put(event.pattern(), event.message());
        }
    }

    @Override
    public void on(RunEvent.ToolStarted event) {
        if (event.action().kind() == ToolAction.Kind.EDIT) {
            edits.add(event.id());
        }
    }

    /** A worker that edits a file after all does not stall any more. */
    @Override
    public void on(RunEvent.ToolEnded event) {
        if (edits.remove(event.id()) && event.success()) {
            stalls.remove(StallPattern.NO_EDIT);
        }
    }

    @Override
    public void on(RunEvent.TodoChanged event) {
        todo = event.todo();
    }

    @Override
    public void on(RunEvent.Judged event) {
        evidence = Optional.of(event.evidence());
    }

    @Override
    public void on(RunEvent.RunEnded event) {
        outcome = Optional.of(event.outcome());
    }

    /** The model that answered last. */
    public Optional<String> model() {
        return model;
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
        return phase instanceof Phase.Instructed instructed ? Optional.of(instructed.instruction()) : Optional.empty();
    }

    /** What the worker was told in a round that was cut off before it ended. */
    public Optional<String> begunInstruction() {
        return phase instanceof Phase.Working working ? Optional.of(working.instruction()) : Optional.empty();
    }

    /** The options of the session's last run. */
    public List<String> settings() {
        return settings;
    }

    /** Whether nothing was begun and nothing was decided. */
    public boolean fresh() {
        return rounds == 0 && iterations == 0 && phase instanceof Phase.Idle;
    }

    /** A round that ended but whose automatic check is still owed, as after a kill between the two. */
    public boolean checkOwed() {
        return phase instanceof Phase.Worked worked && worked.checkOwed();
    }

    public Optional<WorkerReport> lastReport() {
        return lastRound().map(Round::report);
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
        return tree.base();
    }

    /** The tree's state when it was observed last. */
    public String state() {
        return tree.state();
    }

    public List<TodoItem> todo() {
        return todo;
    }

    /** The latest verdict on each subject since the worker last changed the tree; insertion order. */
    public List<Verification> verdicts() {
        return tree.verdicts();
    }

    /** Whether some check of the present tree failed and has not passed since. */
    public boolean red() {
        return tree.verdicts().stream().anyMatch(Verification::failed)
                || evidence.filter(e -> e.red() && e.state().equals(state())).isPresent();
    }

    public Usd cost() {
        return spending.cost();
    }

    public Totals totals(Duration duration) {
        return spending.totals(iterations, rounds, duration);
    }

    /** The decisions so far with their results, the round that has just ended in its place among them. */
    public List<Step> steps() {
        return past.steps(phase);
    }

    /** The last round before the first decision. */
    public Optional<Round> opening() {
        return past.opening(phase);
    }

    /** All rounds that ended, oldest first. */
    List<Round> allRounds() {
        return Stream.concat(opening().stream(), steps().stream().flatMap(step -> step.round().stream())).toList();
    }

    public Optional<Round> lastRound() {
        return allRounds().stream().reduce((earlier, later) -> later);
    }
}
