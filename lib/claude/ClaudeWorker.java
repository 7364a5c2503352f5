package claude;

import agent.Bounds;
import agent.Instruction;
import agent.RunEvent;
import agent.RunListener;
import agent.Usd;
import agent.Worker;
import agent.WorkerReport;
import contract.Failure;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import process.CannotStart;
import process.ProcessSpec;
import workers.CostLedger;
import workers.FreshStart;
import workers.OwnTelemetry;
import workers.Texts;
import workers.Version;
import workers.WorkerEnvironment;
import workers.WorkerKind;
import workers.WorkerProgram;
import workers.WorkerRun;
import workers.WorkerSetup;
import workers.WorkingDirectory;

/**
 * Claude Code: one process per round, resumed by its own session id. The instruction goes to standard input, where {@code ps} does
 * not show it and its length is not limited. The events come from its stream-json output.
 */
public final class ClaudeWorker implements Worker, OwnTelemetry {
    /** {@code --worker claude}: Claude Code, which sends its own spans, metrics and events, as a part of the run's trace. */
    public static final WorkerKind KIND = new WorkerKind("claude", Set.of(), ClaudeWorker::made);
    /** The first version that is known to report sums over a conversation. */
    private static final Version ADDS_UP = new Version(2, 1, 277);
    private static final int MAX_TEXT = 16_000;
    /** The smallest budget that is passed on: Claude Code accepts only a budget above zero. */
    private static final BigDecimal LEAST_BUDGET = new BigDecimal("0.0001");

    private final ClaudeOptions options;
    private final ManagedSettings managed;
    private final CostLedger ledger = new CostLedger();
    private final StreamJson parser;
    private Optional<Version> installed = Optional.empty();

    private static WorkerKind.Made made(WorkerSetup setup) {
        ClaudeWorker worker = new ClaudeWorker(ClaudeOptions.of(setup));
        return new WorkerKind.Made(worker, Optional.of(worker));
    }

    public ClaudeWorker(ClaudeOptions options) {
        this(options, ManagedSettings.ofThisMachine());
    }

    ClaudeWorker(ClaudeOptions options, ManagedSettings managed) {
        this.options = options;
        this.managed = managed;
        this.parser = new StreamJson(options.directory());
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public void selfCheck() {
        WorkingDirectory.check(options.directory());
        List<String> command = command();
        installed = WorkerProgram.version(command, environment(), WorkerProgram.VERSION_LIMIT, ClaudeProgram.HINT);
        if (command.size() == 1) {
            Path program = Path.of(command.get(0));
            ClaudeLogin.require(program, options.directory(), environment(), installed);
            ClaudeTrust.require(options, program, environment(), installed);
        }
    }

    /** The version that the self-check found, as {@code 2.1.330}; empty before it, and when the program does not tell its version. */
    public Optional<String> version() {
        return installed.map(Version::toString);
    }

    /** As far as can be known: its version does, and nobody has set it otherwise. */
    @Override
    public boolean tracesTools() {
        return ClaudeTelemetry.tracesItself(version()) && managed.telemetryNotice().isEmpty();
    }

    @Override
    public Map<String, String> settings(Link link) {
        return ClaudeTelemetry.variables(link);
    }

    @Override
    public Map<String, String> environment() {
        return WorkerEnvironment.of(options.environment());
    }

    @Override
    public void recall(RunEvent earlier) {
        if (earlier instanceof RunEvent.WorkerEnded ended && ended.report().conversation().isPresent()) {
            ledger.recall(ended.report().conversation().get(), ended.report().effort().cost(), ended.report().effort().apiTime());
        }
    }

    @Override
    public WorkerReport work(Instruction instruction, Map<String, String> environment, Bounds bounds, RunListener listener) {
        managed.telemetryNotice().ifPresent(text -> listener.on(new RunEvent.WorkerNotice("settings", text)));
        return FreshStart.round(instruction, listener, one -> attempt(one, environment, bounds, listener));
    }

    private FreshStart.Attempt attempt(Instruction instruction, Map<String, String> environment, Bounds bounds, RunListener listener) {
        try (ClaudeSettings settings = ClaudeSettings.of(options.allowedCommand(), ClaudeTelemetry.of(environment))) {
            ProcessSpec spec = new ProcessSpec(arguments(instruction, settings), options.directory(), environment,
                    instruction.text().getBytes(StandardCharsets.UTF_8));
            Round round = new Round(listener);
            WorkerRun.End end = new WorkerRun<StreamLine>(spec, options.limits(), bounds).run(parser, listener, round);
            round.finish(end.livedOn());
            return new FreshStart.Attempt(report(round, end), LostConversation.of(round, end));
        } catch (Failure | CannotStart | IOException e) {
            return new FreshStart.Attempt(WorkerReport.notStarted(e.getMessage(),
                    new WorkerReport.Agent(Optional.empty(), installed.map(Version::toString))), Optional.empty());
        }
    }

    private WorkerReport report(Round round, WorkerRun.End end) {
        Optional<Version> version = round.version().or(() -> installed);
        CostLedger.Added added = round.result().map(StreamLine.Result::spent)
                .map(spent -> ledger.book(round.session().orElse(""), spent.totalCost(), spent.apiTime(), addsUp(version)))
                .orElse(new CostLedger.Added(Optional.empty(), Duration.ZERO));
        return new WorkerReport(RoundProblem.of(round, end, options.limits()), Texts.atMost(round.text(), MAX_TEXT),
                round.session(), new WorkerReport.Ending(end.exitCode(), end.stderr(),
                round.result().map(StreamLine.Result::subtype)),
                new WorkerReport.Effort(round.usage(), added.cost(), round.turns(), added.apiTime()),
                new WorkerReport.Agent(round.model(), version.map(Version::toString)), round.denials(), round.context());
    }

    /**
     * Whether cost and API time are sums over the conversation, also after {@code --resume}. Measured: up to 2.1.276 a result
     * line has the cost of its own process. An unknown version counts as a newer one.
     */
    private static boolean addsUp(Optional<Version> version) {
        return version.isEmpty() || version.get().compareTo(ADDS_UP) >= 0;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(options.command());
        command.set(0, WorkerProgram.require(command.get(0), options.environment(), ClaudeProgram.HINT).toString());
        return command;
    }

    private List<String> arguments(Instruction instruction, ClaudeSettings settings) {
        List<String> arguments = command();
        arguments.addAll(List.of("-p", "--output-format", "stream-json", "--verbose"));
        arguments.addAll(List.of("--permission-mode", options.permissionMode()));
        options.maxTurns().ifPresent(turns -> arguments.addAll(List.of("--max-turns", Integer.toString(turns))));
        instruction.budget().ifPresent(budget -> arguments.addAll(List.of("--max-budget-usd", dollars(budget))));
        instruction.conversation().ifPresent(id -> arguments.addAll(List.of("--resume", id)));
        settings.argument().ifPresent(value -> arguments.addAll(List.of("--settings", value)));
        options.settingSources().ifPresent(sources -> arguments.addAll(List.of("--setting-sources", sources)));
        return arguments;
    }

    private static String dollars(Usd budget) {
        return budget.amount().setScale(4, RoundingMode.DOWN).max(LEAST_BUDGET).toPlainString();
    }
}
