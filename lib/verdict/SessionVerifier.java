package verdict;

import agent.Bounds;
import agent.Changes;
import agent.Evidence;
import agent.RunEvent;
import agent.RunListener;
import checks.FileView;
import contract.EvidenceLevel;
import contract.Failure;
import functions.CheckEnvironment;
import functions.tree.ShadowTree;
import functions.tree.TreeStore;
import functions.tree.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import process.CommandWords;

/**
 * {@code pa regrade}: the verdict over what a session did, from the states that were kept of it. Everything runs in a copy: what
 * the working directory holds meanwhile plays no part, but for what git ignores there (dependencies).
 */
public final class SessionVerifier {
    private static final String TODAY = "what git ignores, such as installed dependencies, was taken as it is today";

    private final Path copies;
    private final Map<String, String> environment;
    private final JudgeOptions options;

    /**
     * The past of a session.
     *
     * @param directory its working directory
     * @param store where its states are kept; nobody else may use it meanwhile
     * @param before the state in which it began, {@code now} that in which it ended
     */
    public record Past(Path directory, TreeStore store, String before, String now) {}

    /**
     * @param copies the folder of all copies; made if it is not there
     */
    public SessionVerifier(Path copies, Map<String, String> environment, JudgeOptions options) {
        this.copies = copies;
        this.environment = environment;
        this.options = options;
    }

    /**
     * @param begun asked who is told, once it is known that there is something to judge
     * @throws Failure when the states are not there, because they were taken without git or are lost
     */
    public ChangeVerifier.Verdict verify(Past past, Bounds bounds, Supplier<RunListener> begun) throws InterruptedException {
        if (past.before().isEmpty() || past.now().isEmpty()) {
            throw Failure.error("the session ended before its files were looked at", "there is nothing to judge", null);
        }
        Workspace workspace = new Workspace(past.directory());
        // Opening a store that is not there would make an empty one.
        if (!Files.exists(past.store().repository().resolve("HEAD"))) {
            throw unkept();
        }
        ShadowTree tree = new ShadowTree(workspace, past.store(), environment, bounds.interruption());
        FileView old = tree.files(past.before()).orElseThrow(SessionVerifier::unkept);
        FileView last = tree.files(past.now()).orElseThrow(SessionVerifier::unkept);
        RunListener listener = begun.get();
        Map<String, String> variables = CheckEnvironment.of(environment);
        Examination about = new Examination(tree, copies, new Examination.Commands(
                options.check(old, workspace.root(), variables), options.check(last, workspace.root(), variables),
                options.runNew()), new CheckRunner(variables, options.limit(), bounds, listener), false, true, options.accepted(),
                Optional.empty());
        Changes changes = tree.between(past.before(), past.now());
        Examiner examiner = new Examiner(about);
        Evidence found = examiner.judge(past.before(), past.now(), changes, true);
        Evidence evidence = examiner.failure().isPresent() ? red(found) : found;
        if (!about.check().isEmpty() && !changes.none()) {
            evidence = evidence.noted(TODAY);
        }
        listener.on(new RunEvent.Judged(evidence));
        Optional<String> check = about.check().isEmpty() ? Optional.empty() : Optional.of(CommandWords.join(about.check()));
        return new ChangeVerifier.Verdict(evidence, "the state in which the session began", check,
                examiner.failure().map(CheckRun::output).orElse(""),
                Examination.change(tree, past.before(), past.now()));
    }

    private static Evidence red(Evidence found) {
        return new Evidence(found.state(), EvidenceLevel.NONE, "the check fails on the files in which the session ended", found.notes(),
                found.suspicions(), found.guarded(), List.of(), 0, true, Optional.empty());
    }

    private static Failure unkept() {
        return Failure.error("the session's files were not kept: it ran without git, or its project's states were removed or moved",
                "judge what is there now: pa verify", null);
    }
}
