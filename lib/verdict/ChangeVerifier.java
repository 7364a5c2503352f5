package verdict;

import agent.Bounds;
import agent.Changes;
import agent.Evidence;
import agent.RunEvent;
import agent.RunListener;
import agent.WholeChange;
import checks.FileView;
import checks.TestRunner;
import contract.EvidenceLevel;
import contract.Failure;
import functions.CheckEnvironment;
import functions.tree.ShadowTree;
import functions.tree.StateStore;
import functions.tree.TreeStore;
import functions.tree.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import process.CommandWords;
import process.Completed;
import verdict.rules.Rules;

/** {@code pa verify}: the verdict over a change that is there already, whoever made it. */
public final class ChangeVerifier {
    private final Path directory;
    private final Path state;
    private final Map<String, String> environment;
    private final Optional<String> base;
    private final JudgeOptions options;

    /**
     * The verdict.
     *
     * @param base what it was compared with, for people
     * @param output what a red check printed; empty otherwise
     * @param change the whole of it, for a reviewer
     */
    public record Verdict(Evidence evidence, String base, Optional<String> check, String output, WholeChange change) {
        public Verdict with(Evidence other) {
            return new Verdict(other, base, check, output, change);
        }
    }

    /**
     * @param state a folder for what lasts as long as the question; made if it is not there
     * @param base a revision or a folder; empty for the last commit or, where nothing has changed since, where the branch
     *     left its upstream
     */
    public ChangeVerifier(Path directory, Path state, Map<String, String> environment, Optional<String> base,
            JudgeOptions options) {
        this.directory = directory;
        this.state = state;
        this.environment = environment;
        this.base = base;
        this.options = options;
    }

    /** The names that {@code --accept} takes. */
    public static Set<String> rules() {
        return Rules.names();
    }

    /**
     * @param begun asked who is told, once it is known what is compared with what; not asked when that fails
     * @throws Failure when there is nothing to compare with (usage), or the base is not there
     */
    public Verdict verify(Bounds bounds, Supplier<RunListener> begun) throws InterruptedException {
        Workspace workspace = new Workspace(directory);
        try (CopyPlace place = CopyPlace.take(state.resolve("copies"))) {
            ShadowTree tree = new ShadowTree(workspace, TreeStore.alone(place.folder().resolve("states")), environment,
                    bounds.interruption());
            String now = tree.state();
            StateStore states = tree.states().orElseThrow(() -> Failure.error("git is needed to compare with an earlier state",
                    "install git", null));
            Base before = base(workspace, states, now);
            RunListener listener = begun.get();
            FileView old = tree.files(before.state()).orElseThrow();
            Map<String, String> variables = CheckEnvironment.of(environment);
            Examination.Commands commands = new Examination.Commands(
                    options.check(old, workspace.root(), variables),
                    options.check(tree.liveFiles(), workspace.root(), variables), options.runNew());
            return judged(new Examination(tree, state.resolve("copies"), commands,
                    new CheckRunner(variables, options.limit(), bounds, listener), true, true, options.accepted(),
                    Optional.empty()), before, now, tree.between(before.state(), now));
        } catch (IOException e) {
            throw Failure.error("cannot write " + state + ": " + e.getMessage(), "is the disk full, or read-only?", e);
        }
    }

    private Verdict judged(Examination about, Base before, String now, Changes changes) throws InterruptedException {
        Optional<String> check = about.check().isEmpty() ? Optional.empty() : Optional.of(CommandWords.join(about.check()));
        Examiner examiner = new Examiner(about);
        Evidence evidence = examiner.judge(before.state(), now, changes, true);
        String output = "";
        // A check whose definition changed is not run as it is now: it was judged by its old form.
        if (check.isPresent() && !examiner.refuted() && evidence.failToPass().isEmpty() && evidence.passToPass() == 0 && !changes.none()) {
            // Nothing was shown in the copy: the working directory says whether the check is red.
            Optional<Completed> run = about.runner().inTree(about.tree().root(), about.check(), "the working directory");
            TestRunner said = TestRunner.of(about.check());
            Optional<String> missing = run.isEmpty() ? Optional.of("the check could not be started")
                    : said.isMissing(run.get()).map(what -> "the check could not be run: " + what);
            boolean red = missing.isEmpty() && !run.get().succeeded() && said.testedNothing(run.get()).isEmpty();
            if (missing.isPresent() || red) {
                // The copy was compared with a working directory in which the check passes.
                List<String> notes = evidence.notes().stream().filter(note -> !note.startsWith(Trial.ONLY_HERE)).toList();
                output = red ? run.get().output() : "";
                evidence = new Evidence(now, EvidenceLevel.NONE, missing.orElse("the check fails"), notes, evidence.suspicions(),
                        evidence.guarded(), List.of(), 0, red, Optional.empty());
            }
        }
        about.runner().listener().on(new RunEvent.Judged(evidence));
        return new Verdict(evidence, before.name(), check, output, Examination.change(about.tree(), before.state(), now));
    }

    private record Base(String state, String name) {}

    private Base base(Workspace workspace, StateStore states, String now) throws InterruptedException {
        try {
            if (base.isPresent() && Files.isDirectory(Path.of(base.get()))) {
                return new Base(states.adopt(Path.of(base.get()).toRealPath()), base.get());
            }
            Optional<UserGit> git = UserGit.around(workspace.root());
            if (git.isEmpty()) {
                throw Failure.usage(base.isPresent() ? "there is no folder " + base.get() + ", and no git repository here"
                        : "there is no git repository here to compare with", "name a folder with the files as they were: --base DIR");
            }
            if (base.isPresent()) {
                return new Base(adopted(states, git.get(), base.get()), base.get());
            }
            String head = adopted(states, git.get(), "HEAD");
            Optional<String> upstream = head.equals(now) ? states.mergeBase(git.get().folder()) : Optional.empty();
            return upstream.isPresent() ? new Base(adopted(states, git.get(), upstream.get()), "the branch's base "
                    + upstream.get().substring(0, 12)) : new Base(head, "HEAD");
        } catch (StateStore.Unavailable | IOException e) {
            throw Failure.error("the base cannot be read: " + e.getMessage(), "", e);
        }
    }

    private static String adopted(StateStore states, UserGit git, String revision) throws InterruptedException {
        try {
            return states.adopt(git.folder(), revision, git.prefix());
        } catch (StateStore.Unavailable e) {
            throw Failure.usage("there is no revision " + revision + (git.prefix().isEmpty() ? "" : " with a folder " + git.prefix()),
                    "name a commit, a branch or a folder: --base REV|DIR");
        }
    }
}
