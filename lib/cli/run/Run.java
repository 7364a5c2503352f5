package cli.run;

import agent.Interruption;
import agent.Reasoner;
import agent.RunEvent;
import agent.RunListener;
import agent.TelemetryPlan;
import agent.loop.Supervisor;
import console.Console;
import contract.Failure;
import contract.KnownSecrets;
import contract.StateFolders;
import contract.Status;
import contract.TraceLink;
import display.JsonDisplay;
import display.LineDisplay;
import display.Printable;
import display.QuietDisplay;
import functions.Consent;
import functions.DefaultFunctions;
import functions.FunctionOptions;
import functions.OldCheck;
import functions.tree.ShadowTree;
import functions.tree.TreeStore;
import functions.tree.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import journal.Entry;
import journal.Journal;
import journal.Project;
import journal.SessionFolder;
import journal.SessionRemoval;
import journal.StateHome;
import process.CommandWords;
import reasoning.ReasonerSetup;
import telemetry.Plans;
import telemetry.RunPlace;
import verdict.JudgeOptions;
import verdict.RunJudge;

/** One run from its request to its exit code: connects the parts, starts the loop, and closes everything at the end. */
public final class Run {
    private final RunRequest request;
    private final Optional<Notification> notification;
    private final RunOptions options;
    private final Console console;
    private final StateHome home;
    private final Interruption interruption = new Interruption();

    public Run(RunRequest request) {
        this.request = request;
        this.options = request.options();
        this.console = request.console();
        this.home = StateHome.of(request.environment());
        this.notification = request.options().notify.map(command -> new Notification(CommandWords.split(command),
                request.environment(), request.console()));
    }

    /** Runs it and returns the exit code of its outcome. */
    public int execute() throws InterruptedException {
        SignalHandlers.endRunOn(interruption);
        request.notes().forEach(note -> console.note("pa: " + note));
        Project project = home.project(request.plan().task().directory());
        try (LastResort resort = LastResort.watch(interruption, request.plan().limits().timeout(), console::note);
                SessionFolder folder = SessionFolder.hold(project, request.plan().task().session());
                Journal journal = Journal.open(folder, Clock.systemUTC(), KnownSecrets.of(request.environment()));
                Stage stage = Stage.of(request, folder)) {
            project.earlierFolder().ifPresent(earlier -> console.note("pa: " + earlier + " is from an earlier version, and PA does not "
                    + "use it: sessions are now in " + home.folder() + ". Remove it when you do not need it any more"));
            try {
                return supervise(folder, project, journal, stage);
            } finally {
                folder.discardIfEmpty();
            }
        }
    }

    private int supervise(SessionFolder folder, Project project, Journal journal, Stage stage)
            throws InterruptedException {
        Map<String, String> environment = stage.environment();
        Workspace workspace = new Workspace(request.plan().task().directory());
        ShadowTree tree = new ShadowTree(workspace, new TreeStore(project.tree(), folder.path().resolve("tree"),
                List.of(home.folder(), StateFolders.data(request.environment()))), environment, interruption);
        FunctionOptions functionOptions = functionOptions(environment);
        RunJudge judge = new RunJudge(tree, home.folder().resolve("copies"), environment,
                new JudgeOptions(functionOptions.verifyCommand(), functionOptions.consent() == Consent.ALWAYS,
                        options.evidence.accepted(), functionOptions.limits().command()));
        if (options.withoutBaseline()) {
            judge.withoutBaseline();
        }
        if (options.baselineBeside()) {
            judge.besideTheWork(new ShadowTree(workspace, new TreeStore(project.tree(), folder.path().resolve("tree-beside"),
                    List.of(home.folder(), StateFolders.data(request.environment()))), environment, interruption));
        }
        DefaultFunctions functions = new DefaultFunctions(workspace, tree, functionOptions.withOldCheck(judge),
                request.history().todo());
        judge.newChecksFrom(functions::newCheck);
        RunWorker worker = RunWorker.of(request, stage, allowedCheck(functions));
        Reasoner reasoner = reasoner(stage.judgeEnvironment());
        request.earlier().forEach(worker.worker()::recall);
        TelemetryPlan decided = telemetryPlan();
        TelemetrySink telemetry = TelemetrySink.of(request.environment(), new RunPlace(request.plan().task().session(),
                folder.path(), StateFolders.state(request.environment()), runNumber(), request.history().rounds(),
                journal.sequence() + 1, decided), worker.telemetry(), journal);

        List<RunListener> listeners = new ArrayList<>();
        listeners.add(journal);
        RunListener display = unbreakable(display(stage, journal, environment, telemetry, worker));
        listeners.add(display);
        listeners.add(trace(telemetry, journal, display));
        notification.ifPresent(n -> listeners.add(unbreakable(n)));

        try {
            return new Supervisor(request.plan().withTelemetry(decided), reasoner, worker.worker(), functions, tree, judge,
                    request.history(), listeners, interruption, telemetry.surroundings()).run().exitCode();
        } finally {
            judge.close();
            telemetry.close().map(console::pasteable).ifPresent(console::note);
            new SessionRemoval(home).daily(Instant.now());
        }
    }

    /** Uses the user's own environment, not the stage's; the journal keeps the decision for later readings. */
    private TelemetryPlan telemetryPlan() {
        Plans.Decided decided = Plans.of(request.environment(), options.telemetry, request.plan().task().session(), runNumber());
        decided.warnings().forEach(warning -> console.note("pa: telemetry: " + console.pasteable(warning)));
        return decided.plan();
    }

    private int runNumber() {
        return 1 + (int) request.earlier().stream().filter(RunEvent.RunStarted.class::isInstance).count();
    }

    /** A bug in the display does not end a run: the display reports it once and then shows nothing more. */
    private RunListener unbreakable(RunListener display) {
        KnownSecrets secrets = KnownSecrets.of(request.environment());
        AtomicBoolean broken = new AtomicBoolean();
        return event -> {
            if (broken.get()) {
                return;
            }
            try {
                display.on(Printable.of(event, secrets));
            } catch (RuntimeException e) {
                broken.set(true);
                console.note("pa: the display has a bug (" + e + "); the run continues; see it afterwards with "
                        + console.pasteable("pa show"));
            }
        };
    }

    /** A line for each entry of the journal: only written entries are printed. */
    private RunListener lines(Journal journal) {
        AtomicReference<RuntimeException> defect = new AtomicReference<>();
        AtomicReference<RunEvent> written = new AtomicReference<>();
        JsonDisplay display = new JsonDisplay(console);
        journal.tell(entry -> {
            written.set(entry.event());
            try {
                display.on(entry);
            } catch (RuntimeException e) {
                defect.set(e);
                throw e;
            }
        });
        return event -> {
            if (defect.get() != null) {
                throw defect.get();
            }
            // A script needs the end even if the journal has no room for it any more.
            if (event instanceof RunEvent.RunEnded && written.get() != event) {
                display.on(new Entry(journal.sequence(), Instant.now(), event));
            }
        };
    }

    private FunctionOptions functionOptions(Map<String, String> environment) {
        return new FunctionOptions(options.verify.map(CommandWords::split), !options.noVerify, !options.noQa,
                options.remoteServers, FunctionOptions.TimeLimits.DEFAULT, environment, consent(), OldCheck.NONE);
    }

    private Consent consent() {
        if (options.runNewChecks || request.plan().rehearsal()) {
            return Consent.ALWAYS;
        }
        boolean watched = options.display.map(d -> d != RunOptions.DisplayName.json && d != RunOptions.DisplayName.quiet)
                .orElse(true) && console.live();
        Consent asked = watched ? new TerminalConsent(console) : Consent.NEVER;
        return watched ? notification.map(n -> n.before(asked)).orElse(asked) : asked;
    }

    /** The only command that the worker may run without being denied: the check that its instruction names. */
    private Optional<String> allowedCheck(DefaultFunctions functions) throws InterruptedException {
        return options.noAllowCheck || options.noVerify ? Optional.empty() : functions.namedCheck();
    }

    private Reasoner reasoner(Map<String, String> environment) {
        try {
            return options.reasoner.making().apply(new ReasonerSetup(request.plan().task().directory(), environment,
                    options.model));
        } catch (Failure e) {
            if (e.exitCode() != Status.FAILED_SELF_CHECK.exitCode()) {
                throw e;
            }
            return new UnavailableReasoner(options.reasoner.name(), e);
        }
    }

    /** The trace's id belongs to the session, but only the telemetry knows it, after the run has begun. */
    private static RunListener trace(TelemetrySink telemetry, RunListener journal, RunListener display) {
        AtomicBoolean told = new AtomicBoolean();
        return event -> {
            // Telemetry is set up in the background, so the id may be missing at the first event.
            if (!told.get()) {
                telemetry.traceId().map(RunEvent.Traced::new).ifPresent(traced -> {
                    told.set(true);
                    journal.on(traced);
                    display.on(traced);
                });
            }
        };
    }

    private RunListener display(Stage stage, Journal journal, Map<String, String> environment, TelemetrySink telemetry,
            RunWorker worker) {
        RunOptions.DisplayName name = options.display.orElse(
                console.live() || console.palette().coloured() ? RunOptions.DisplayName.rich : RunOptions.DisplayName.plain);
        LineDisplay.Header header = new LineDisplay.Header(options.reasoner.name(), worker.label(), stage.label(),
                request.history().totals(Duration.ZERO), () -> telemetry.traceId().flatMap(id -> TraceLink.of(id, environment)));
        return switch (name) {
            case quiet -> new QuietDisplay(console);
            case json -> lines(journal);
            case rich -> new LineDisplay(console, true, header, options.verbose);
            case plain, simple -> new LineDisplay(console, false, header, options.verbose);
        };
    }
}
