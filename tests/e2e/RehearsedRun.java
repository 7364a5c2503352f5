package e2e;

import agent.Interruption;
import agent.Limits;
import agent.Outcome;
import agent.RoundEnvironment;
import agent.RunListener;
import agent.Task;
import agent.TelemetryPlan;
import agent.loop.Fakes;
import agent.loop.History;
import agent.loop.Supervisor;
import claude.ClaudeWorker;
import contract.StateFolders;
import functions.Consent;
import functions.DefaultFunctions;
import functions.Options;
import functions.tree.ShadowTree;
import functions.tree.TreeStore;
import functions.tree.Workspace;
import gemini.GeminiOptions;
import gemini.GeminiReasoner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import journal.Journal;
import journal.Project;
import journal.SessionFolder;
import journal.Sessions;
import journal.StateHome;
import rehearsal.Cast;
import rehearsal.Rehearsal;
import rehearsal.RehearsalScript;
import telemetry.Plans;
import telemetry.RunPlace;
import telemetry.Telemetry;
import telemetry.WorkerTelemetry;
import verdict.RunJudge;
import workers.WorkerLimits;

/** A rehearsal of any script, with its parts connected as in {@code pa}; {@code pa --rehearse} has one script only. */
public final class RehearsedRun {
    private RehearsedRun() {}

    /** @param undelivered telemetry's line about it; empty when all was delivered, and when telemetry is off */
    public record Result(String session, Outcome outcome, Optional<String> undelivered) {}

    /** @param users the user's environment, which also says whether telemetry is on */
    public static Result run(Path directory, RehearsalScript script, int maxIterations, Map<String, String> users)
            throws IOException {
        String session = Sessions.newId(LocalDateTime.now());
        Limits limits = new Limits(maxIterations, Optional.empty(), Optional.of(Duration.ofMinutes(5)),
                Duration.ofMinutes(1), Duration.ofMinutes(1), OptionalInt.empty());
        Task task = new Task(session, "Create a web shop", directory, List.of(), List.of());
        Interruption interruption = new Interruption();
        Project project = StateHome.of(users).project(directory);
        try (SessionFolder held = SessionFolder.hold(project, session);
                Journal journal = Journal.open(held, Clock.systemUTC());
                Rehearsal rehearsal = Rehearsal.start(script, directory, held.path().resolve("home"), Optional.empty(),
                        Optional.empty(), Cast.USUAL)) {
            Workspace workspace = new Workspace(directory);
            ShadowTree tree = new ShadowTree(workspace,
                    new TreeStore(project.tree(), held.path().resolve("tree"), List.of()), users, interruption);
            ClaudeWorker worker = new ClaudeWorker(new claude.Setup(directory, rehearsal.workerEnvironment(users),
                    new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(60)))
                            .command(rehearsal.workerCommand()).options());
            TelemetryPlan plan = Plans.of(users, Optional.empty(), session, 1).plan();
            Optional<Telemetry> telemetry = plan.on() ? Optional.of(Telemetry.start(users, new RunPlace(session, held.path(),
                    StateFolders.state(users), 1, 0, 1, plan), WorkerTelemetry.NONE)) : Optional.empty();
            telemetry.ifPresent(journal::tell);
            List<RunListener> listeners = new ArrayList<>(List.of(journal));
            RunJudge judge = new RunJudge(tree, held.path().resolve("copies"), users,
                    new verdict.JudgeOptions(Optional.empty(), true, java.util.Set.of(), Duration.ofMinutes(1)));
            DefaultFunctions functions = new DefaultFunctions(workspace, tree,
                    Options.consenting(Options.defaults(users), Consent.ALWAYS), List.of());
            judge.newChecksFrom(functions::newCheck);
            Outcome outcome = new Supervisor(Fakes.supervision(task, limits, true, true, Optional.empty()).withTelemetry(plan),
                    new GeminiReasoner(
                            GeminiOptions.fromEnvironment(rehearsal.environment(users), Optional.empty())), worker,
                    functions, tree, judge, new History(),
                    listeners, interruption, RoundEnvironment.NONE).run();
            return new Result(session, outcome, telemetry.flatMap(t -> t.close().line()));
        }
    }
}
