package cli.run;

import agent.Limits;
import agent.Usd;
import console.Format;
import contract.EvidenceLevel;
import contract.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reasoning.ReasonerKind;
import workers.WorkerKind;

/** The options of a run: the same for a new session and for a resumed one. */
public final class RunOptions {
    private static final Duration LONGEST = Duration.ofDays(365);

    /** When the check is run on the old files. */
    enum Baseline { claimed, beside, off }

    public enum DisplayName { rich, plain, simple, json, quiet }

    @Option(names = {"-d", "--working-dir"}, paramLabel = "DIR", defaultValue = ".",
            description = "The folder where the worker works (default: here).")
    public Path directory;

    @Mixin public StateOption state = new StateOption();

    @Option(names = "--reasoner", paramLabel = "REASONER", defaultValue = Reasoners.DEFAULT,
            converter = Reasoners.Converter.class, completionCandidates = Reasoners.Candidates.class,
            description = "The judge that decides: ${COMPLETION-CANDIDATES} (default: gemini). 'rules' needs no model: it runs the check, "
                    + "gives a failure back to the worker, and is done when the check passes.")
    ReasonerKind reasoner;

    @Option(names = "--model", paramLabel = "NAME", description = "The reasoner's model (default: the value of its variable, such as "
            + "OPENAI_MODEL; for Gemini without it, a built-in name).")
    Optional<String> model;

    @Option(names = "--worker", paramLabel = "WORKER", defaultValue = Workers.DEFAULT,
            converter = Workers.Converter.class, completionCandidates = Workers.Candidates.class,
            description = "The agent that works: ${COMPLETION-CANDIDATES} (default: claude).")
    WorkerKind worker;

    @Option(names = "--worker-cmd", paramLabel = "CMD",
            description = "Any command as the worker: it gets the instruction on its stdin, and exit code 0 is success.")
    Optional<String> workerCommand;

    @Option(names = "--claude-bin", paramLabel = "PATH", description = "The program of Claude Code (default: CLAUDE_BIN, or claude on "
            + "the PATH).")
    Optional<String> claudeBin;

    /** The modes of the Claude Code version that this was written for. A newer one may know more, so any word is passed on. */
    static final class PermissionModes extends ArrayList<String> {
        PermissionModes() {
            super(List.of("acceptEdits", "bypassPermissions", "default", "dontAsk", "plan"));
        }
    }

    @Option(names = "--permission-mode", paramLabel = "MODE", defaultValue = "acceptEdits",
            completionCandidates = PermissionModes.class,
            description = "Claude Code's permission mode (default: acceptEdits).")
    String permissionMode;

    @Option(names = "--verify", paramLabel = "CMD", description = "The check's command (default: the project's own: "
            + "make test, mvn, gradle, npm, pytest, cargo, go, dotnet).")
    Optional<String> verify;

    @Option(names = "--no-verify", description = "Accept the work without a check.")
    boolean noVerify;

    @Option(names = "--run-new-checks", description = "Let PA also run programs that this run added or changed: a check by the "
            + "worker, scripts, and the reasoner's commands. Without this option PA asks on the terminal.")
    boolean runNewChecks;

    @Option(names = "--no-allow-check", description = "Do not allow Claude Code to run the check's command by itself.")
    boolean noAllowCheck;

    @Option(names = "--baseline", paramLabel = "WHEN", description = "When the check runs on the old files. claimed: when the reasoner "
            + "first says that the work is done. beside: in a copy during the worker's first round, which saves time if the check is long."
            + " off: never, and then no test can prove the work, only a review (default: claimed).")
    Optional<Baseline> baseline;

    @Mixin EvidenceOptions evidence = new EvidenceOptions();

    @Option(names = "--no-qa", description = "Do not let the reasoner review changes or try the product.")
    boolean noQa;

    @Option(names = "--remote-servers", description = "Let check_server contact other machines than this one.")
    boolean remoteServers;

    @Option(names = "--max-iterations", paramLabel = "N", description = "The largest number of decisions (default: 25).")
    Optional<Integer> maxIterations;

    @Option(names = "--max-cost", paramLabel = "USD", description = "The cost limit for the session, in US dollars.")
    Optional<String> maxCost;

    @Option(names = "--max-turns", paramLabel = "N", description = "The largest number of Claude Code's turns in a round.")
    Optional<Integer> maxTurns;

    @Option(names = "--timeout", paramLabel = "TIME", description = "The time limit for the run, for instance 30m or 1h30m.")
    Optional<String> timeout;

    @Option(names = "--worker-idle", paramLabel = "TIME", description = "End a round without output for this long "
            + "(default: 10m).")
    Optional<String> workerIdle;

    @Option(names = "--worker-timeout", paramLabel = "TIME", description = "End a round after this long (default: 1h).")
    Optional<String> workerTimeout;

    @Option(names = "--end-stalled-rounds", description = "End a round in which the worker makes no progress. Without this option PA "
            + "only shows it and tells the reasoner.")
    boolean endStalledRounds;

    @Option(names = "--wait", description = "If an account is used up until a known time, wait for it instead of ending the run.")
    boolean wait;

    @Option(names = "--setting-sources", paramLabel = "LIST", description = "The settings that Claude Code reads: user, "
            + "project, local (default: all).")
    Optional<String> settingSources;

    @Option(names = "--display", paramLabel = "HOW", description = "rich, plain (or simple), json, quiet (default: rich on a "
            + "terminal and with FORCE_COLOR, otherwise plain).")
    public Optional<DisplayName> display;

    @Option(names = "--notify", paramLabel = "CMD", description = "Run this command when the run ends, and when it waits for you. "
            + "PA_EVENT, PA_STATUS, PA_REASON and other variables tell the command about the event.")
    Optional<String> notify;

    @Option(names = "--telemetry", negatable = true, description = "Send spans, metrics and logs over OTLP (default: "
            + "AGENTPROXY_ENABLE_TELEMETRY).")
    Optional<Boolean> telemetry;

    @Option(names = "--no-claude-telemetry", description = "Turn off Claude Code's own telemetry; PA rebuilds the spans of its tools "
            + "from its output.")
    boolean noClaudeTelemetry;

    @Option(names = "--rehearse", description = "Make the whole run with stand-ins on this machine: no key, no model, no cost. "
            + "It uses the real Claude Code if it is installed.")
    boolean rehearse;

    @Option(names = "--verbose", description = "Show longer messages, and stack traces.")
    boolean verbose;

    Limits limits() {
        return new Limits(
                atLeastOne(maxIterations, "--max-iterations").orElse(Limits.DEFAULT_MAX_ITERATIONS),
                maxCost.map(RunOptions::usd),
                timeout.map(t -> duration(t, "--timeout")),
                workerIdle.map(t -> duration(t, "--worker-idle")).orElse(Limits.DEFAULT_WORKER_IDLE),
                workerTimeout.map(t -> duration(t, "--worker-timeout")).orElse(Limits.DEFAULT_WORKER_TOTAL),
                atLeastOne(maxTurns, "--max-turns").map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    boolean withoutBaseline() {
        return baseline.filter(Baseline.off::equals).isPresent();
    }

    boolean baselineBeside() {
        return baseline.filter(Baseline.beside::equals).isPresent();
    }

    /** The typed options must be possible together: without a run on the old files, no test can be shown to have failed there. */
    void refuseUnreachableEvidence() {
        EvidenceLevel wanted = evidence.wanted();
        if (withoutBaseline() && !noVerify && !EvidenceLevel.REVIEWED.atLeast(wanted)) {
            throw Failure.usage("--baseline off and --evidence " + wanted.value() + " cannot be used together: without a check on "
                    + "the old files, no test can be shown to have failed there", "leave one of them out");
        }
    }

    /** The working directory, absolute; a failed self-check when it does not exist. */
    Path directory() {
        Path absolute = directory.toAbsolutePath().normalize();
        if (!java.nio.file.Files.isDirectory(absolute)) {
            throw Failure.selfCheck("the working directory does not exist: " + absolute,
                    "make it: mkdir -p " + absolute + "; or choose another with -d DIR");
        }
        return absolute;
    }

    private static Optional<Integer> atLeastOne(Optional<Integer> number, String option) {
        number.filter(n -> n < 1).ifPresent(n -> {
            throw Failure.usage(option + " must be at least 1, not " + n, "");
        });
        return number;
    }

    private static final int LONGEST_AMOUNT = 40;
    private static final double MOST_USD = 1_000_000;

    private static Usd usd(String text) {
        try {
            Usd usd = Usd.of(text.startsWith("$") ? text.substring(1) : text);
            // As a double: exact arithmetic with an absurd amount would take hours.
            if (text.length() <= LONGEST_AMOUNT && usd.toDouble() > 0 && usd.toDouble() <= MOST_USD) {
                return usd;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Reported below, together with amounts outside of the limits.
        }
        throw Failure.usage("--max-cost takes an amount of US dollars above 0 and at most a million, not '" + Format.oneLine(text,
                LONGEST_AMOUNT) + "'",
                "for instance --max-cost 2.50");
    }

    private static Duration duration(String text, String option) {
        return Format.parseDuration(text).filter(d -> d.compareTo(LONGEST) <= 0).orElseThrow(() -> Failure.usage(
                option + " takes a time of at most a year, not '" + text + "'", "for instance 90s, 30m or 1h30m"));
    }

    /** Options of a new session only. */
    public static final class Material {
        @Option(names = "--context-dir", paramLabel = "DIR",
                description = "A folder with texts (.md, .txt) and pictures at its top level, as context of the task.")
        Optional<Path> contextFolder;

        @Option(names = "--screenshot", arity = "1..2", paramLabel = "PATH [DESC]",
                description = "A reference picture and its description; repeatable.")
        List<String> screenshot = List.of();

        public boolean given() {
            return contextFolder.isPresent() || !screenshot.isEmpty() || !added.isEmpty();
        }

        /**
         * The last word that --screenshot took, if there is no other task and the word is not a file: in {@code pa --screenshot
         * a.png "Fix the layout"} the words can mean a description or the task, and a task is required.
         */
        public Optional<String> taskAfterScreenshot() {
            int last = screenshot.size() - 1;
            if (last < 1 || java.nio.file.Files.exists(Path.of(screenshot.get(last)))) {
                return Optional.empty();
            }
            String words = screenshot.get(last);
            screenshot = screenshot.subList(0, last);
            return Optional.of(words);
        }

        @Option(names = "--add-screenshot", paramLabel = "PATH", description = "A reference picture; repeatable.")
        List<Path> added = new ArrayList<>();
    }
}
