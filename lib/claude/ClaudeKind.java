package claude;

import java.util.Map;
import java.util.Optional;
import workers.OwnTelemetry;
import workers.WorkerKind;
import workers.WorkerSetup;

/** {@code --worker claude}: Claude Code. */
public final class ClaudeKind implements WorkerKind {
    @Override
    public String name() {
        return "claude";
    }

    @Override
    public Made create(WorkerSetup setup) {
        ClaudeOptions options = ClaudeOptions.defaults(setup.directory(), setup.environment(), setup.limits())
                .withMaxTurns(setup.maxTurns());
        options = setup.permissionMode().map(options::withPermissionMode).orElse(options);
        boolean planning = setup.permissionMode().filter("plan"::equals).isPresent();
        options = planning ? options : setup.allowedCheck().map(options::allowing).orElse(options);
        options = setup.standIn().map(options::withCommand).orElse(options);
        options = setup.settingSources().map(options::withSettingSources).orElse(options);
        ClaudeWorker worker = new ClaudeWorker(options);
        return new Made(worker, Optional.of(new Own(worker)));
    }

    /** Claude Code sends its own spans, metrics and events, as part of the run's trace. */
    private record Own(ClaudeWorker worker) implements OwnTelemetry {
        @Override
        public boolean tracesTools() {
            return worker.tracesTools();
        }

        @Override
        public Map<String, String> settings(Link link) {
            Map<String, String> variables = new ClaudeTelemetry(link.endpoint(), link.protocol(), link.headers(),
                    link.session(), link.further()).variables(link.environment());
            return link.content() ? ClaudeTelemetry.withContent(variables) : variables;
        }
    }
}
