package cli.run;

import agent.Worker;
import console.Format;
import contract.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import telemetry.WorkerTelemetry;
import workers.CommandWorker;
import workers.OwnTelemetry;
import workers.WorkerKind;
import workers.WorkerLimits;
import workers.WorkerSetup;

/**
 * The worker of a run, with the data for its own telemetry.
 *
 * @param label for the user, in addition to the bounded name for telemetry
 */
record RunWorker(Worker worker, String label, WorkerTelemetry telemetry) {
    private static final int LABEL = 40;

    /** @param allowedCheck the command that the worker may run without being denied */
    static RunWorker of(RunRequest request, Stage stage, Optional<String> allowedCheck) {
        RunOptions options = request.options();
        Map<String, String> environment = new TreeMap<>(stage.workerEnvironment());
        environment.keySet().removeIf(name -> options.reasoner.secrets().contains(name)
                && (options.workerCommand.isPresent() || !options.worker.secrets().contains(name)));
        WorkerLimits limits = new WorkerLimits(request.plan().limits().workerIdle(), request.plan().limits().workerTotal());
        if (options.workerCommand.isPresent()) {
            CommandWorker command = new CommandWorker(options.workerCommand.get(), request.plan().task().directory(),
                    environment, limits);
            return new RunWorker(command, Format.oneLine(options.workerCommand.get(), LABEL), WorkerTelemetry.NONE);
        }
        WorkerKind.Made made = options.worker.making().apply(new WorkerSetup(request.plan().task().directory(),
                environment, limits, stage.workerCommand(), Optional.of(options.permissionMode),
                request.plan().limits().maxTurns(), allowedCheck, settingSources(request)));
        WorkerTelemetry telemetry = options.noClaudeTelemetry ? WorkerTelemetry.NONE
                : made.telemetry().<WorkerTelemetry>map(own -> new Own(own, request)).orElse(WorkerTelemetry.NONE);
        return new RunWorker(made.worker(), made.worker().name(), telemetry);
    }

    /** A rehearsal's worker reads no project settings: their hooks would run, although the run is not real. */
    private static Optional<String> settingSources(RunRequest request) {
        return request.options().settingSources.or(() -> request.plan().rehearsal() ? Optional.of("user") : Optional.empty());
    }

    private static final List<String> SIGNAL_HEADERS = List.of("OTEL_EXPORTER_OTLP_TRACES_HEADERS",
            "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "OTEL_EXPORTER_OTLP_LOGS_HEADERS");

    /** A worker that sends its own spans, metrics and events, as part of the run's trace. */
    private record Own(OwnTelemetry own, RunRequest request) implements WorkerTelemetry {
        @Override
        public Map<String, String> settings(Link link) {
            Optional<String> headers = Optional.ofNullable(request.environment().get("OTEL_EXPORTER_OTLP_HEADERS"));
            Map<String, String> further = new TreeMap<>();
            // Each round is a process with sums that begin at 0: in one series they would overwrite each other.
            further.put(Keys.SERVICE_INSTANCE_ID, link.instance());
            if (request.plan().rehearsal()) {
                further.put(Keys.REHEARSAL, "true");
            }
            Map<String, String> settings = new TreeMap<>(own.settings(new OwnTelemetry.Link(link.endpoint(), link.protocol(),
                    headers, link.session(), further, link.environment(), link.content())));
            // The headers for a single signal belong to that signal's own endpoint, which the child gets anyway.
            SIGNAL_HEADERS.forEach(name -> Optional.ofNullable(request.environment().get(name))
                    .ifPresent(value -> settings.put(name, value)));
            return settings;
        }

        @Override
        public boolean tracesTools() {
            return own.tracesTools();
        }
    }
}
