package codex;

import agent.Bounds;
import agent.ContextUse;
import agent.Instruction;
import agent.RunEvent;
import agent.RunListener;
import agent.TokenUsage;
import agent.Worker;
import agent.WorkerReport;
import contract.Failure;
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
import workers.FreshStart;
import workers.Texts;
import workers.TokenLedger;
import workers.Version;
import workers.WorkerEnvironment;
import workers.WorkerKind;
import workers.WorkerProgram;
import workers.WorkerRun;
import workers.WorkingDirectory;

/**
 * Codex: one process per round, resumed by its thread id. The instruction goes to standard input, which is closed after it.
 */
public final class CodexWorker implements Worker {
    /** {@code --worker codex}. */
    public static final WorkerKind KIND = new WorkerKind("codex", Set.of("OPENAI_API_KEY"),
            setup -> new WorkerKind.Made(new CodexWorker(CodexOptions.of(setup)), Optional.empty()));
    private static final String HINT = "install Codex (npm i -g @openai/codex), name it with CODEX_BIN, or use another --worker";
    private static final int MAX_TEXT = 16_000;

    /** As long as a judge's call is retried. */
    private static final Duration OUTAGE = Duration.ofMinutes(5);

    private final CodexOptions options;
    private final Duration outage;
    private final CodexJson parser;
    private final TokenLedger ledger = new TokenLedger();
    private Optional<Version> installed = Optional.empty();
    private Optional<String> passedOver = Optional.empty();

    CodexWorker(CodexOptions options) {
        this(options, OUTAGE);
    }

    /** @param outage how long a round may wait for the network */
    CodexWorker(CodexOptions options, Duration outage) {
        this.options = options;
        this.outage = outage;
        this.parser = new CodexJson(options.directory());
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public void selfCheck() {
        WorkingDirectory.check(options.directory());
        List<String> command = command();
        installed = WorkerProgram.version(command, environment(), WorkerProgram.VERSION_LIMIT, HINT);
        if (command.size() == 1) {
            Instruction none = new Instruction("", Optional.empty(), Optional.empty());
            passedOver = CodexReadiness.check(Path.of(command.get(0)), arguments(none), options, environment());
        }
    }

    @Override
    public Optional<String> unpriced() {
        return Optional.of("Codex does not report its cost");
    }

    @Override
    public Map<String, String> environment() {
        return WorkerEnvironment.of(options.environment());
    }

    @Override
    public void recall(RunEvent earlier) {
        if (earlier instanceof RunEvent.WorkerEnded ended && ended.report().conversation().isPresent()) {
            ledger.recall(ended.report().conversation().get(), ended.report().effort().usage());
        }
    }

    @Override
    public WorkerReport work(Instruction instruction, Map<String, String> environment, Bounds bounds, RunListener listener) {
        passedOver.ifPresent(text -> listener.on(new RunEvent.WorkerNotice("settings", text)));
        passedOver = Optional.empty();
        return FreshStart.round(instruction, listener, one -> attempt(one, environment, bounds, listener));
    }

    private FreshStart.Attempt attempt(Instruction instruction, Map<String, String> environment, Bounds bounds, RunListener listener) {
        try {
            ProcessSpec spec = new ProcessSpec(arguments(instruction), options.directory(), environment,
                    instruction.text().getBytes(StandardCharsets.UTF_8));
            CodexRound round = new CodexRound(listener, outage);
            WorkerRun.End end = new WorkerRun<CodexLine>(spec, options.limits(), bounds).run(parser, listener, round);
            round.finish(end.livedOn());
            boolean nothing = end.stop().isEmpty() && !round.acted() && round.total().isEmpty();
            Optional<String> lost = !nothing ? Optional.empty()
                    : end.stderr().contains("no rollout found") ? Optional.of("cannot be resumed")
                    : round.failure().filter(CodexProblem::refused).isPresent()
                            ? Optional.of("is refused by the model's API") : Optional.empty();
            instruction.conversation().filter(id -> round.thread().isPresent() && !round.thread().get().equals(id))
                    .ifPresent(id -> listener.on(new RunEvent.WorkerNotice("conversation",
                            "Codex did not continue the conversation " + id + " but started another")));
            return new FreshStart.Attempt(report(round, end), lost);
        } catch (Failure | CannotStart e) {
            return new FreshStart.Attempt(WorkerReport.notStarted(e.getMessage(),
                    new WorkerReport.Agent(Optional.empty(), installed.map(Version::toString))), Optional.empty());
        }
    }

    private WorkerReport report(CodexRound round, WorkerRun.End end) {
        TokenUsage added = round.total().map(total -> ledger.book(round.thread().orElse(""), total)).orElse(TokenUsage.NONE);
        // Codex reports neither model nor turns nor cost, and PA does not guess them.
        return new WorkerReport(CodexProblem.of(round, end, options.limits()), Texts.atMost(round.text(), MAX_TEXT),
                round.thread(), end.ending(), new WorkerReport.Effort(added, Optional.empty(), 0, Duration.ZERO),
                new WorkerReport.Agent(Optional.empty(), installed.map(Version::toString)), CodexProblem.denials(end.stderr()),
                ContextUse.UNKNOWN);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(options.command());
        command.set(0, WorkerProgram.require(command.get(0), options.environment(), HINT).toString());
        return command;
    }

    private List<String> arguments(Instruction instruction) {
        List<String> arguments = command();
        arguments.addAll(List.of("exec", "--json", "--skip-git-repo-check", "--sandbox", options.sandbox(),
                // Without this, each run waits five more seconds at its end where the network is closed.
                "-c", "analytics.enabled=false"));
        arguments.addAll(options.arguments());
        instruction.conversation().ifPresent(id -> arguments.addAll(List.of("resume", id)));
        arguments.add("-");
        return arguments;
    }
}
