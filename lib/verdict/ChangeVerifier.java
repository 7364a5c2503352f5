package verdict;

import agent.Bounds;
import agent.Changes;
import agent.CheckPlace;
import agent.Evidence;
import agent.RunEvent;
import agent.RunListener;
import agent.WholeChange;
import agent.decision.Verification;
import checks.Ecosystems;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import process.CommandWords;
import process.Completed;
import process.Programs;
import verdict.rules.Rules;

/** {@code pa verify}: the verdict over a change that is there already, whoever made it. */
public final class ChangeVerifier {
    private static final int OUTPUT = 64 * 1024;

    private final Path directory;
    private final Path state;
    private final Map<String, String> environment;
    private final Options options;

    /**
     * What was asked for.
     *
     * @param base a revision or a folder; empty for the last commit or, where nothing has changed since, where the branch
     *     left its upstream
     * @param verify the user's own check, in words
     * @param runNew whether a check that came or changed with the change may be run
     * @param limit for one run of the check
     */
    public record Options(Optional<String> base, Optional<List<String>> verify, boolean runNew, Set<String> accepted,
            Duration limit) {}

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

    /** @param state a folder for what lasts as long as the question; made if it is not there */
    public ChangeVerifier(Path directory, Path state, Map<String, String> environment, Options options) {
        this.directory = directory;
        this.state = state;
        this.environment = environment;
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
            Base base = base(workspace, states, now);
            RunListener listener = begun.get();
            Changes changes = tree.between(base.state(), now);
            Map<String, String> checkEnvironment = CheckEnvironment.of(environment);
            Predicate<String> installed = program -> Programs.find(program, workspace.root(), checkEnvironment).isPresent();
            FileView before = tree.files(base.state()).orElseThrow();
            List<String> old = options.verify().or(() -> Ecosystems.check(before, installed)).orElse(List.of());
            List<String> fresh = options.verify().or(() -> Ecosystems.check(tree.liveFiles(), installed)).orElse(List.of());
            Examination about = new Examination(tree, state.resolve("copies"), old, fresh, options.runNew(), true, true, checkEnvironment,
                    options.limit(), options.accepted(), bounds, listener);
            return judged(about, base, now, changes, tree);
        } catch (IOException e) {
            throw Failure.error("cannot write " + state + ": " + e.getMessage(), "is the disk full, or read-only?", e);
        }
    }

    private Verdict judged(Examination about, Base base, String now, Changes changes, ShadowTree tree) throws InterruptedException {
        Optional<String> check = about.check().isEmpty() ? Optional.empty() : Optional.of(CommandWords.join(about.check()));
        Examiner examiner = new Examiner(about);
        Evidence evidence = examiner.judge(base.state(), now, changes, true);
        String output = "";
        // A check whose definition changed is not run as it is now: it was judged by its old form.
        if (check.isPresent() && !examiner.refuted() && evidence.failToPass().isEmpty() && evidence.passToPass() == 0 && !changes.none()) {
            // Nothing was shown in the copy: the working directory says whether the check is red.
            Completed run = inTree(about, check.get());
            Optional<String> missing = run == null ? Optional.of("the check could not be started")
                    : TestRunner.of(about.check()).isMissing(run).map(what -> "the check could not be run: " + what);
            boolean red = missing.isEmpty() && !run.succeeded() && TestRunner.of(about.check()).testedNothing(run).isEmpty();
            if (missing.isPresent() || red) {
                // The copy was compared with a working directory in which the check passes.
                List<String> notes = evidence.notes().stream().filter(note -> !note.startsWith(Trial.ONLY_HERE))
                        .collect(Collectors.toList());
                output = red ? run.output() : "";
                evidence = new Evidence(now, EvidenceLevel.NONE, missing.orElse("the check fails"), notes, evidence.suspicions(),
                        evidence.guarded(), List.of(), 0, red, Optional.empty());
            }
        }
        listener(about, evidence);
        return new Verdict(evidence, base.name(), check, output, WholeChange.of(tree.patch(base.state(), now, List.of(),
                2 * WholeChange.MOST)));
    }

    private static void listener(Examination about, Evidence evidence) {
        about.listener().on(new RunEvent.Judged(evidence));
    }

    private static Completed inTree(Examination about, String subject) throws InterruptedException {
        about.listener().on(new RunEvent.CheckStarted(CheckPlace.TREE, "the working directory", subject));
        Completed run = null;
        try {
            run = process.SafeRun.run(process.ProcessSpec.of(about.check(), about.tree().root(), about.environment()),
                    about.bounds().atMost(about.limit()), OUTPUT);
            return run;
        } catch (process.CannotStart e) {
            return null;
        } finally {
            Verification.Verdict verdict = run == null ? Verification.Verdict.SKIPPED
                    : run.succeeded() ? Verification.Verdict.PASS : Verification.Verdict.FAIL;
            about.listener().on(new RunEvent.CheckEnded(CheckPlace.TREE, "the working directory",
                    new Verification(Verification.Type.TESTS, verdict, subject), Optional.empty(),
                    run == null ? Duration.ZERO : run.duration()));
        }
    }

    private record Base(String state, String name) {}

    private Base base(Workspace workspace, StateStore states, String now) throws InterruptedException {
        Optional<String> asked = options.base();
        try {
            if (asked.isPresent() && Files.isDirectory(Path.of(asked.get()))) {
                return new Base(states.adopt(Path.of(asked.get()).toRealPath()), asked.get());
            }
            Optional<UserGit> git = UserGit.around(workspace.root());
            if (git.isEmpty()) {
                throw Failure.usage(asked.isPresent() ? "there is no folder " + asked.get() + ", and no git repository here"
                        : "there is no git repository here to compare with", "name a folder with the files as they were: --base DIR");
            }
            if (asked.isPresent()) {
                return new Base(adopted(states, git.get(), asked.get()), asked.get());
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
