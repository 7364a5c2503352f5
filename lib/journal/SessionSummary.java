package journal;

import agent.RunEvent;
import agent.Totals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session in one line.
 *
 * @param status a value of {@link contract.Status}, {@code running} while a pa holds it, or {@code killed} when its last run
 *     never ended
 * @param task the first line of it
 * @param traceId of the last run that had telemetry on
 */
public record SessionSummary(String id, Path folder, Instant started, Duration duration, String status, String task,
        boolean rehearsal, String reasoner, String worker, Totals totals, Optional<String> traceId) {

    static Optional<SessionSummary> of(Path folder, List<Entry> entries, boolean held) {
        Optional<Entry> first = entries.stream().filter(e -> e.event() instanceof RunEvent.RunStarted).findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        RunEvent.RunStarted started = (RunEvent.RunStarted) first.get().event();
        agent.History history = new agent.History();
        Duration running = Duration.ZERO;
        Instant begun = first.get().at();
        Instant last = begun;
        boolean open = false;
        String trace = "";
        for (Entry entry : entries) {
            history.on(entry.event());
            if (entry.event() instanceof RunEvent.RunStarted) {
                running = open ? running.plus(Duration.between(begun, last)) : running;
                begun = entry.at();
                open = true;
            } else if (entry.event() instanceof RunEvent.RunEnded) {
                running = running.plus(Duration.between(begun, entry.at()));
                open = false;
            } else if (entry.event() instanceof RunEvent.Traced traced) {
                trace = traced.traceId();
            }
            last = entry.at();
        }
        Duration duration = open ? running.plus(Duration.between(begun, last)) : running;
        String status = held ? "running" : history.outcome().map(o -> o.status().value()).orElse("killed");
        return Optional.of(new SessionSummary(started.task().session(), folder, first.get().at(), duration, status,
                started.task().text().strip().lines().findFirst().orElse(""), started.rehearsal(), started.reasoner(),
                started.worker(), history.totals(duration), trace.isEmpty() ? Optional.empty() : Optional.of(trace)));
    }
}
