package functions;

import agent.Bounds;
import agent.Changes;
import agent.Functions;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.TodoItem;
import functions.tree.ShadowTree;
import functions.tree.Workspace;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import process.CommandWords;

/** The functions that PA may decide. Each has a file of its own; this class calls them. For one run, on one thread. */
public final class DefaultFunctions implements Functions {
    private static final Set<FunctionName> CHECKS = EnumSet.of(FunctionName.VERIFY_CODE, FunctionName.RUN_TESTS,
            FunctionName.CHECK_SERVER, FunctionName.VERIFY_PRODUCT);
    private static final Set<FunctionName> QA = EnumSet.of(FunctionName.REVIEW_CHANGES, FunctionName.VERIFY_PRODUCT);

    private final FunctionOptions options;
    private final ProjectChecks checks;
    private final ChangedFiles changed;
    private final VerifyCode verifyCode;
    private final RunTests runTests;
    private final CheckServer checkServer;
    private final ReadFile readFile;
    private final ReviewChanges reviewChanges;
    private final VerifyProduct verifyProduct;
    private final TodoList todo;

    /**
     * @param tree the tree that the loop observes, for {@code review_changes}
     * @param todo PA's task list at the end of the session's last run; empty for a new session
     */
    public DefaultFunctions(Workspace workspace, ShadowTree tree, FunctionOptions options, List<TodoItem> todo) {
        this.options = options;
        Commands commands = new Commands(workspace, options);
        Runners runners = new Runners(commands);
        Leave leave = new Leave(options.consent());
        checks = new ProjectChecks(commands, tree);
        changed = new ChangedFiles(workspace, runners, tree);
        verifyCode = new VerifyCode(commands, runners, options, leave);
        runTests = new RunTests(commands, checks, options, leave);
        checkServer = new CheckServer(options);
        readFile = new ReadFile(workspace);
        reviewChanges = new ReviewChanges(workspace, tree);
        verifyProduct = new VerifyProduct(commands, runners, options, leave);
        this.todo = new TodoList(todo);
    }

    @Override
    public Set<FunctionName> offered() {
        Set<FunctionName> offered = EnumSet.allOf(FunctionName.class);
        offered.remove(FunctionName.NO_OP);
        if (!options.verification()) {
            offered.removeAll(CHECKS);
        }
        if (!options.qa()) {
            offered.removeAll(QA);
        }
        return Collections.unmodifiableSet(offered);
    }

    @Override
    public Decision automaticVerification(Changes sinceStart) {
        if (!options.verification()) {
            return new Decision.VerifyCode(List.of());
        }
        Optional<List<String>> command = options.verifyCommand().or(checks::tests);
        if (command.isPresent()) {
            return new Decision.RunTests(command.map(CommandWords::join));
        }
        return new Decision.VerifyCode(options.consent() == Consent.ALWAYS ? changed.programs(sinceStart)
                : changed.parseable(sinceStart));
    }

    /** The check that the worker's instruction names: the user's, or the project's own at the session's start. */
    public Optional<String> namedCheck() throws InterruptedException {
        Optional<List<String>> words = options.verifyCommand().isPresent() ? options.verifyCommand() : checks.testsAtStart();
        return words.map(CommandWords::join);
    }

    /**
     * The check that was added during this run, as words: the project's present check, or, without one, a changed program with the name
     * of a test or a check. Only for a run in which such a program may be run.
     */
    public Optional<List<String>> newCheck(Changes sinceStart) {
        Optional<List<String>> found = options.verifyCommand().or(checks::tests);
        return found.isPresent() || options.consent() != Consent.ALWAYS ? found
                : changed.check(sinceStart);
    }

    @Override
    public boolean checkable() throws InterruptedException {
        return options.verification() && (options.verifyCommand().isPresent() || checks.testsAtStart().isPresent());
    }

    @Override
    public FunctionResult automatic(Decision decision, Bounds bounds) throws InterruptedException {
        bounds.interruption().check();
        // A change of a file is no reason to ask the user.
        if (decision instanceof Decision.VerifyCode code) {
            // If the old check is gone, it is still the one that counts.
            Optional<FunctionResult> old = checkable() ? options.oldCheck().run(bounds) : Optional.empty();
            return old.isPresent() ? old.get() : verifyCode.execute(code, whyNothing(), false, bounds);
        }
        return execute(decision, bounds);
    }

    @Override
    public FunctionResult execute(Decision decision, Bounds bounds) throws InterruptedException {
        bounds.interruption().check();
        boolean nothingToRun = decision instanceof Decision.VerifyCode code && code.filePaths().isEmpty();
        if (!offered().contains(decision.function()) && !(decision instanceof Decision.NoOp) && !nothingToRun) {
            return FunctionResult.refused("refused: " + decision.function().value() + " is turned off in this run ("
                    + (options.verification() ? "--no-qa" : "--no-verify") + ")");
        }
        return switch (decision.function()) {
            case VERIFY_CODE -> verifyCode.execute((Decision.VerifyCode) decision, whyNothing(), true, bounds);
            case RUN_TESTS -> runTests.execute((Decision.RunTests) decision, bounds);
            case CHECK_SERVER -> checkServer.execute((Decision.CheckServer) decision, bounds);
            case READ_FILE -> readFile.execute((Decision.ReadFile) decision);
            case REVIEW_CHANGES -> reviewChanges.execute((Decision.ReviewChanges) decision, bounds);
            case VERIFY_PRODUCT -> verifyProduct.execute((Decision.VerifyProduct) decision, bounds);
            case CREATE_TASK -> todo.create((Decision.CreateTask) decision);
            case UPDATE_TASK -> todo.update((Decision.UpdateTask) decision);
            case COMPLETE_TASK -> todo.complete((Decision.CompleteTask) decision);
            case NO_OP -> FunctionResult.refused(((Decision.NoOp) decision).reason());
            case SEND_TO_WORKER, MARK_DONE, SAVE_SESSION ->
                throw new IllegalArgumentException("the loop itself must carry out " + decision.function().value());
        };
    }

    private String whyNothing() {
        return options.verification()
                ? "Nothing was verified: no tests were found here (Makefile with a target test, Maven, Gradle, a test script"
                + " in package.json, pytest or unittest, Cargo, Go, .NET), and there is no changed file whose syntax can be"
                + " checked. The user can " + RunTests.HOW_TO_VERIFY
                : "Nothing was verified: verification is turned off (--no-verify)";
    }

    @Override
    public List<TodoItem> todo() {
        return todo.items();
    }
}
