package verdict;

import agent.Bounds;
import agent.Changes;
import agent.CheckPlace;
import agent.Evidence;
import agent.Judge;
import agent.RunEvent;
import agent.RunListener;
import agent.WholeChange;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import checks.FileView;
import functions.CheckEnvironment;
import functions.OldCheck;
import functions.tree.ShadowTree;
import functions.tree.StateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import process.CommandWords;
import verdict.rules.Guarded;

/** Judges the work of a run, by the files that it has observed. Costs nothing before done is claimed. */
public final class RunJudge implements Judge, OldCheck, AutoCloseable {
    private final ShadowTree tree;
    private final Path copies;
    private final Map<String, String> environment;
    private final JudgeOptions options;
    private boolean baseline = true;
    private Optional<ShadowTree> besideTree = Optional.empty();
    private Optional<EarlyBaseline> early = Optional.empty();
    private Function<Changes, Optional<List<String>>> newCheck = changes -> Optional.empty();

    /**
     * @param copies the folder of all copies
     * @param environment PA's own; what holds a secret is taken out
     */
    public RunJudge(ShadowTree tree, Path copies, Map<String, String> environment, JudgeOptions options) {
        this.tree = tree;
        this.copies = copies;
        this.environment = CheckEnvironment.of(environment);
        this.options = options;
    }

    /** Where a check comes from that the project did not have when the session began. */
    public void newChecksFrom(Function<Changes, Optional<List<String>>> source) {
        newCheck = source;
    }

    /** Leaves out the check's run on the old files: what failed before is not known then. */
    public void withoutBaseline() {
        baseline = false;
    }

    /**
     * Has the check run on the old files while the worker works, beginning with its first round.
     *
     * @param own the same states by an index of their own: another thread uses them
     */
    public void besideTheWork(ShadowTree own) {
        besideTree = Optional.of(own);
    }

    @Override
    public void workBegins(String before, Bounds bounds, RunListener listener) throws InterruptedException {
        if (besideTree.isEmpty()) {
            return;
        }
        ShadowTree own = besideTree.get();
        besideTree = Optional.empty();
        Examination about = about(bounds, listener);
        Optional<StateStore> states = own.states();
        if (about.commands().before().isEmpty() || states.isEmpty() || own.files(before).isEmpty()) {
            return;
        }
        try {
            Copy copy = Copy.make(states.get(), tree.root(), copies, List.of(before), tree.seen(before), environment);
            early = Optional.of(EarlyBaseline.start(copy, before, about.commands().before(), about.runner(), own, bounds));
            listener.on(new RunEvent.Notice("the check is run on the old files beside the worker (--baseline beside): "
                    + CommandWords.join(about.commands().before())));
        } catch (Unfit e) {
            listener.on(new RunEvent.Notice("the check is not run beside the worker: " + e.getMessage()));
        }
    }

    @Override
    public void settle(Bounds bounds, RunListener listener) throws InterruptedException {
        if (early.isPresent() && early.get().runs()) {
            listener.on(new RunEvent.Notice("waiting for the check on the old files, which still runs beside"));
            early.get().await(bounds);
        }
    }

    /** Ends what still runs beside, and removes its copy. */
    @Override
    public void close() {
        early.ifPresent(EarlyBaseline::close);
        early = Optional.empty();
    }

    @Override
    public Evidence judge(String before, String now, boolean passes, Bounds bounds, RunListener listener)
            throws InterruptedException {
        Changes changes = tree.between(before, now);
        return new Examiner(about(bounds, listener)).judge(before, now, changes, passes);
    }

    @Override
    public WholeChange change(String before, String now) throws InterruptedException {
        return Examination.change(tree, before, now);
    }

    /** The check as it was when the session began, on the sources as they are. */
    @Override
    public Optional<FunctionResult> run(Bounds bounds) throws InterruptedException {
        Examination about = about(bounds, RunListener.NONE);
        Optional<StateStore> states = tree.states();
        Optional<String> before = tree.first();
        if (about.commands().before().isEmpty() || states.isEmpty() || before.isEmpty()) {
            return Optional.empty();
        }
        String now = tree.state();
        Optional<FileView> old = tree.files(before.get());
        Optional<FileView> fresh = tree.files(now);
        if (old.isEmpty() || fresh.isEmpty()) {
            return Optional.empty();
        }
        Guarded guard = new Guarded(old.get(), fresh.get(), about.commands().before());
        List<String> definition = guard.among(tree.between(before.get(), now).paths()).stream().filter(guard::defines)
                .filter(old.get()::exists).toList();
        String subject = CommandWords.join(about.commands().before());
        try {
            String judged = states.get().compose(now, before.get(), definition);
            try (Copy copy = Copy.make(states.get(), tree.root(), copies, List.of(before.get(), now), tree.seen(before.get()),
                    environment)) {
                FileView files = tree.files(judged).orElseThrow(() -> new Unfit("the state cannot be read"));
                copy.show(judged, Set.copyOf(files.paths()));
                CheckRun run = about.runner().run(copy, about.commands().before(), files, CheckPlace.PROOF,
                        "the new sources with the old check");
                String output = "$ " + subject + "\n" + run.output().strip() + "\n→ " + run.verification().verdict().value()
                        + ": the check's definition changed in this run (" + Sentence.names(definition)
                        + "), so it was run in a copy as it was when the session began";
                return Optional.of(FunctionResult.verified(run.verification(), output));
            }
        } catch (Unfit | StateStore.Unavailable e) {
            return Optional.of(FunctionResult.verified(new Verification(Verification.Type.TESTS, Verification.Verdict.SKIPPED, subject),
                    "$ " + subject + "\n→ not run: the check's definition changed in this run, and it cannot be run as it was: "
                            + e.getMessage()));
        }
    }

    private Examination about(Bounds bounds, RunListener listener) throws InterruptedException {
        List<String> old = options.verify().isPresent() ? options.verify().get()
                : options.check(tree.filesAtStart(), tree.root(), environment);
        Changes changes = tree.first().isPresent() ? tree.between(tree.first().get(), tree.state()) : Changes.NONE;
        List<String> fresh = newCheck.apply(changes).orElse(List.of());
        return new Examination(tree, copies, new Examination.Commands(old, fresh, options.runNew()),
                new CheckRunner(environment, options.limit(), bounds, listener), true, baseline, options.accepted(), early);
    }
}
