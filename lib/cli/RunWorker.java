package cli;

import agent.Worker;
import claude.ClaudeOptions;
import claude.ClaudeTelemetry;
import claude.ClaudeWorker;
import claude.CommandWorker;
import claude.WorkerLimits;
import console.Format;
import contract.Attributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import telemetry.WorkerTelemetry;

/**
 * The worker of a run, and what it needs to send telemetry of its own.
 *
 * @param label for people, beside the bounded name that telemetry uses
 */
record RunWorker(Worker worker, String label, WorkerTelemetry telemetry) {
    private static final int LABEL = 40;

    static RunWorker of(RunRequest request, Stage stage) {
        RunOptions options = request.options();
        WorkerLimits limits = new WorkerLimits(request.plan().limits().workerIdle(), request.plan().limits().workerTotal());
        if (options.workerCommand.isPresent()) {
            CommandWorker command = new CommandWorker(options.workerCommand.get(), request.plan().task().directory(),
                    stage.workerEnvironment(), limits);
            return new RunWorker(command, Format.oneLine(options.workerCommand.get(), LABEL), WorkerTelemetry.NONE);
        }
        ClaudeOptions claude = ClaudeOptions.defaults(request.plan().task().directory(), stage.workerEnvironment(), limits)
                .withPermissionMode(options.permissionMode)
                .withMaxTurns(request.plan().limits().maxTurns());
        claude = stage.workerCommand().map(claude::withCommand).orElse(claude);
        ClaudeWorker worker = new ClaudeWorker(claude);
        boolean silent = options.noClaudeTelemetry;
        return new RunWorker(worker, worker.name(), silent ? WorkerTelemetry.NONE : new ClaudesOwn(worker, request));
    }

    /** Claude Code sends its own spans, metrics and events, as a part of the run's trace. */
    private record ClaudesOwn(ClaudeWorker worker, RunRequest request) implements WorkerTelemetry {
        @Override
        public Map<String, String> settings(Link link) {
            Optional<String> headers = Optional.ofNullable(request.environment().get("OTEL_EXPORTER_OTLP_HEADERS"));
            Map<String, String> further = new TreeMap<>();
            // Each round is a process whose sums begin at 0: as one series they would overwrite each other.
            further.put(Attributes.SERVICE_INSTANCE_ID, UUID.randomUUID().toString());
            if (request.plan().rehearsal()) {
                further.put(Attributes.REHEARSAL, "true");
            }
            return new ClaudeTelemetry(link.endpoint(), link.protocol(), headers, link.session(), further)
                    .variables(link.environment());
        }

        @Override
        public boolean tracesTools() {
            return ClaudeTelemetry.tracesItself(worker.version());
        }
    }
}
