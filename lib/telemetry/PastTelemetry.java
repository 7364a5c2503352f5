package telemetry;

import agent.TelemetryPlan;
import contract.Failure;
import contract.StateFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import journal.Unsent;
import journal.Watermarks;
import telemetry.fold.Redactor;

/**
 * Telemetry of runs that are over: what waits, and sending it, for {@code pa telemetry status} and {@code pa telemetry send}.
 * Delivery is at least once: what lies behind the watermark of a receiver is not sent to it again, and what is sent again
 * has the same ids.
 */
public final class PastTelemetry {
    private PastTelemetry() {}

    /**
     * A run that can be sent, or why it cannot.
     *
     * @param folder of the session
     * @param number of the run in its session, from 1
     * @param project the run's working directory
     * @param telemetryOn whether the run had telemetry on
     * @param killed whether it was killed: it is ended as interrupted when it is sent
     * @param obstacle why it cannot be sent; empty when it can
     */
    public record Job(Path folder, int number, Path project, Instant begun, boolean telemetryOn, boolean killed,
            Optional<String> obstacle) {
        public String session() {
            return folder.getFileName().toString();
        }
    }

    /** A run whose telemetry was on and is not acknowledged. */
    public record Waiting(Path folder, String endpoint, Instant started) {
        public String session() {
            return folder.getFileName().toString();
        }
    }

    /**
     * What to send.
     *
     * @param whole whether everything is sent, also what was acknowledged: receivers know it again by its ids
     * @param oldMetricsAsOfNow whether metrics that are older than {@link PastSender#METRICS_PAST} are sent as of now; else they
     *     are sent to a receiver that stores a point by its own time, and left out for any other
     */
    public record Options(boolean whole, boolean oldMetricsAsOfNow) {}

    /**
     * What became of a run's telemetry.
     *
     * @param spans acknowledged now, like {@code logs} and {@code metrics} (instruments)
     * @param metricsLeftOut whether its metrics are too old for this receiver
     * @param problem why something was not acknowledged; empty when everything was
     */
    public record Result(Job job, long spans, long logs, long metrics, long rejected, boolean metricsLeftOut,
            Optional<String> problem) {}

    /** Loads no class of the SDK. Oldest first. */
    public static List<Waiting> waiting(Map<String, String> environment) {
        return new Unsent(StateFolders.state(environment)).list().stream()
                .map(run -> new Waiting(run.session(), run.endpoint(), run.started())).toList();
    }

    /** Where {@code send} sends to, without credentials. Loads no class of the SDK. */
    public static String endpoint(Map<String, String> environment) {
        return Plans.endpoint(OtelVariables.of(environment));
    }

    /**
     * The runs of these sessions. Loads no class of the SDK.
     *
     * @param byId whether somebody named them: only then is a run taken that had {@code --no-telemetry}
     */
    public static List<Job> jobs(Map<String, String> environment, List<Path> sessions, boolean byId) {
        List<Job> jobs = new ArrayList<>();
        for (Path session : sessions) {
            List<PastRun> runs = PastRun.of(session);
            for (PastRun run : runs) {
                boolean refused = run.plan().filter(TelemetryPlan::refused).isPresent();
                if (!refused || byId) {
                    jobs.add(job(run, run.state(run == runs.get(runs.size() - 1), environment)));
                }
            }
        }
        return List.copyOf(jobs);
    }

    /** The runs that wait for this endpoint or for another one. Loads no class of the SDK. */
    public static List<Job> waitingJobs(Map<String, String> environment) {
        List<Job> jobs = new ArrayList<>();
        for (Unsent.Run unsent : new Unsent(StateFolders.state(environment)).list()) {
            try {
                List<PastRun> runs = PastRun.of(unsent.session());
                runs.stream().filter(run -> run.firstEvent() == unsent.first()).forEach(run ->
                        jobs.add(job(run, run.state(run == runs.get(runs.size() - 1), environment))));
            } catch (Failure e) {
                jobs.add(new Job(unsent.session(), 1, unsent.session(), unsent.started(), true, false,
                        Optional.of(e.getMessage())));
            }
        }
        return List.copyOf(jobs);
    }

    private static Job job(PastRun run, PastRun.State state) {
        Optional<String> obstacle = switch (state) {
            case ENDED, KILLED -> Optional.empty();
            case RUNNING -> Optional.of("it is still running");
            case ELSEWHERE -> Optional.of("it has no end and ran on another machine: nobody here knows whether it still runs");
        };
        return new Job(run.folder(), run.number(), run.started().directory(), run.begun(),
                run.plan().filter(TelemetryPlan::on).isPresent(), state == PastRun.State.KILLED, obstacle);
    }

    /**
     * Sends them, one after the other; after the first that cannot be delivered the others are left as they are.
     *
     * @param limit for all of it
     * @param done told of each run as it is done
     * @throws Failure when a journal cannot be read
     */
    public static List<Result> send(Map<String, String> environment, List<Job> jobs, Options options, Duration limit,
            Consumer<Result> done) {
        QuietLoggers.install();
        long until = System.nanoTime() + limit.toNanos();
        List<Result> results = new ArrayList<>();
        try (PastSender sender = new PastSender(environment)) {
            for (Job job : jobs) {
                Result result = send(environment, sender, job, options, until);
                results.add(result);
                done.accept(result);
                if (result.problem().isPresent()) {
                    break;
                }
            }
        }
        return List.copyOf(results);
    }

    /**
     * The session as OTLP in JSON, one line for each signal of each run; killed runs are ended. It holds what would be sent:
     * no secret, and content only where the run had allowed it.
     *
     * @throws Failure when the journal cannot be read
     */
    public static List<String> export(Map<String, String> environment, Path session) {
        Redactor redactor = Redactor.of(environment);
        Cleaner cleaner = new Cleaner(redactor, OtelVariables.of(environment));
        List<String> lines = new ArrayList<>();
        List<PastRun> runs = PastRun.of(session);
        for (PastRun run : runs) {
            PastRun.State state = run.state(run == runs.get(runs.size() - 1), environment);
            PastReading reading = PastReading.of(run, state == PastRun.State.ENDED || state == PastRun.State.RUNNING, false, redactor);
            lines.add(OtlpJsonLines.traces(reading.resource(), reading.spansAfter(0).stream().map(cleaner::clean).toList()));
            lines.add(OtlpJsonLines.metrics(reading.resource(), reading.metrics(run)));
            lines.add(OtlpJsonLines.logs(reading.resource(), reading.logsAfter(0).stream().map(cleaner::clean).toList()));
        }
        return List.copyOf(lines);
    }

    private static Result send(Map<String, String> environment, PastSender sender, Job job, Options options, long until) {
        try (Watermarks held = Watermarks.hold(job.folder()).orElse(null)) {
            if (held == null) {
                return new Result(job, 0, 0, 0, 0, false, Optional.of("another pa sends this session just now"));
            }
            PastRun run = PastRun.of(job.folder()).get(job.number() - 1);
            PastSender.Sent sent = sender.send(run, new Marks(Optional.of(held), run.number(), sender.endpoint()),
                    options, !job.killed(), until);
            if (sent.complete()) {
                // Wherever it was meant to go: somebody said where to now.
                new Unsent(StateFolders.state(environment)).remove(new Unsent.Run(job.folder(), run.firstEvent(),
                        sender.endpoint(), run.begun()));
            }
            return new Result(job, sent.sent().getOrDefault(Signal.TRACES, 0L), sent.sent().getOrDefault(Signal.LOGS, 0L),
                    sent.sent().getOrDefault(Signal.METRICS, 0L), sent.rejected(), sent.metricsLeftOut(), sent.problem());
        } catch (IOException e) {
            return new Result(job, 0, 0, 0, 0, false, Optional.of("the session's folder cannot be written: " + e.getMessage()));
        }
    }
}
