package cli;

import cli.run.StateOption;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import console.Format;
import contract.ExitCode;
import contract.Failure;
import contract.FallenEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import journal.SessionFolder;
import journal.SessionSummary;
import journal.Sessions;
import journal.StateHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import telemetry.PastTelemetry;

/** {@code pa telemetry send}: reads the journals of ended runs and sends them to the configured endpoint. */
@Command(name = "send", aliases = "flush", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Send the telemetry of ended runs to the configured endpoint: the unsent runs, or the named ones.")
final class TelemetrySendCommand extends Verb {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Sessions to send as a whole, including delivered parts and "
            + "runs with --no-telemetry.")
    List<String> ids = List.of();

    @Option(names = "--since", paramLabel = "DURATION", description = "Send the sessions that began within this time, for instance 2h.")
    Optional<String> since = Optional.empty();

    @Option(names = "--all", description = "Send all sessions of all projects.")
    boolean all;

    @Option(names = "--dry-run", description = "Show what would be sent, and send nothing.")
    boolean dryRun;

    @Option(names = "--metrics",
            description = "Also send the metrics of runs that ended more than five minutes ago, with the present time.")
    boolean metrics;

    @Mixin StateOption state = new StateOption();

    @Option(names = "--json", description = "Print JSON, for a script.")
    boolean json;

    @Override
    int run() {
        if ((ids.isEmpty() ? 0 : 1) + (since.isPresent() ? 1 : 0) + (all ? 1 : 0) > 1) {
            throw Failure.usage("session ids, --since and --all cannot be used together", "give one of them");
        }
        Map<String, String> place = state.in(environment, console);
        List<PastTelemetry.Job> jobs = jobs(place);
        announce(jobs);
        List<PastTelemetry.Job> ready = jobs.stream().filter(job -> job.obstacle().isEmpty()).toList();
        if (dryRun || ready.isEmpty()) {
            if (json) {
                console.out(JsonMapper.builder().build().createObjectNode().put("sent", 0)
                        .put("remaining", dryRun ? ready.size() : 0).toPrettyString());
            } else if (ready.isEmpty()) {
                console.out("nothing to send");
            }
            return ExitCode.OK;
        }
        List<PastTelemetry.Result> results = PastTelemetry.send(place, ready,
                new PastTelemetry.Options(!ids.isEmpty(), metrics), LIMIT, this::report);
        SessionFolder.removeDeliveredVerifications(StateHome.of(place));
        Optional<String> problem = results.stream().flatMap(result -> result.problem().stream()).findFirst();
        long complete = results.stream().filter(result -> result.problem().isEmpty()).count();
        if (json) {
            console.out(json(results, ready.size() - complete).toPrettyString());
        } else {
            console.out(Format.plural(complete, "run") + " sent, " + (ready.size() - complete) + " remaining");
            problem.ifPresent(why -> console.note("pa: not everything was sent: " + why
                    + FallenEngine.at(PastTelemetry.endpoint(environment), environment).map(fallen -> "; "
                    + console.pasteable(fallen)).orElse("")));
        }
        return problem.isEmpty() ? ExitCode.OK : ExitCode.ERROR;
    }

    private List<PastTelemetry.Job> jobs(Map<String, String> place) {
        if (ids.isEmpty() && since.isEmpty() && !all) {
            return PastTelemetry.waitingJobs(place);
        }
        Sessions sessions = new Sessions(StateHome.of(place), Path.of("").toAbsolutePath());
        List<Path> folders = new ArrayList<>();
        if (ids.isEmpty()) {
            Instant from = since.map(text -> Instant.now().minus(duration(text))).orElse(Instant.MIN);
            sessions.all().stream().filter(session -> !session.started().isBefore(from)).map(SessionSummary::folder)
                    .forEach(folders::add);
        } else {
            ids.forEach(id -> folders.add(sessions.find(Optional.of(id)).folder()));
        }
        return PastTelemetry.jobs(place, folders, !ids.isEmpty());
    }

    private static Duration duration(String text) {
        return Format.parseDuration(text).orElseThrow(() -> Failure.usage("--since takes a time, not '" + text + "'",
                "for instance 30m, 2h or 7d"));
    }

    /** Lists the projects and the endpoint first, because a journal may belong to another project than the user expects. */
    private void announce(List<PastTelemetry.Job> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        Map<Path, Integer> projects = new LinkedHashMap<>();
        jobs.stream().filter(job -> job.obstacle().isEmpty()).forEach(job -> projects.merge(job.project(), 1, Integer::sum));
        if (!projects.isEmpty()) {
            console.note("to " + PastTelemetry.endpoint(environment) + ":");
            projects.forEach((project, runs) -> console.note("  " + project + ": " + Format.plural(runs, "run")));
        }
        jobs.stream().filter(job -> job.obstacle().isPresent()).forEach(job ->
                console.note("  not sent: " + job.session() + ": " + job.obstacle().get()));
    }

    private void report(PastTelemetry.Result result) {
        if (result.metricsLeftOut()) {
            console.note("  " + result.job().session() + ": sent without metrics, which are too old for this receiver; --metrics "
                    + "sends them with the present time");
        }
        if (result.rejected() > 0) {
            console.note("  " + result.job().session() + ": " + Format.plural(result.rejected(), "item")
                    + " rejected by the receiver; they will not be sent again");
        }
    }

    private static ObjectNode json(List<PastTelemetry.Result> results, long remaining) {
        ObjectNode node = JsonMapper.builder().build().createObjectNode();
        ArrayNode runs = node.putArray("runs");
        results.forEach(result -> runs.addObject().put("session", result.job().session()).put("run", result.job().number())
                .put("spans", result.spans()).put("logs", result.logs()).put("metrics", result.metrics())
                .put("rejected", result.rejected()).put("metricsLeftOut", result.metricsLeftOut())
                .put("problem", result.problem().orElse(null)));
        return node.put("sent", results.stream().filter(result -> result.problem().isEmpty()).count())
                .put("remaining", remaining)
                .put("problem", results.stream().flatMap(result -> result.problem().stream()).findFirst().orElse(null));
    }
}
