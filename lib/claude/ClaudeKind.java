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
        ClaudeWorker worker = new ClaudeWorker(ClaudeOptions.of(setup));
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
