package journal;

import agent.RunEvent;
import agent.RunEventHandler;
import agent.Totals;
import agent.loop.History;
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
 * @param directory the working directory, as it was last known; empty when that is not known any more
 * @param task as it was given, white space at its ends left out
 * @param traceId of the last run that had telemetry on
 */
public record SessionSummary(String id, Path folder, Optional<Path> directory, Instant started, String status,
        String task, boolean rehearsal, String reasoner, String worker, Totals totals, Optional<String> traceId) {

    static Optional<SessionSummary> of(String id, Path folder, Optional<Path> directory, List<Entry> entries, boolean held) {
        Sum sum = new Sum();
        entries.forEach(sum::add);
        return sum.first.map(first -> {
            String status = held ? "running" : sum.history.outcome().map(o -> o.status().value()).orElse("killed");
            return new SessionSummary(id, folder, directory, sum.since, status, first.task().text().strip(),
                    first.rehearsal(), first.reasoner(), first.worker(), sum.history.totals(sum.duration()), sum.trace);
        });
    }

    /** The time of all runs together, without what lay between them. */
    private static final class Sum implements RunEventHandler {
        private final History history = new History();
        private Optional<RunEvent.RunStarted> first = Optional.empty();
        private Optional<String> trace = Optional.empty();
        private Instant since = Instant.EPOCH;
        private Instant begun = Instant.EPOCH;
        private Instant last = Instant.EPOCH;
        private Instant now = Instant.EPOCH;
        private Duration past = Duration.ZERO;
        private boolean open;

        void add(Entry entry) {
            now = entry.at();
            history.on(entry.event());
            on(entry.event());
            last = now;
        }

        /** A run that was killed lasted until its last event. */
        Duration duration() {
            return open ? past.plus(between(begun, last)) : past;
        }

        /** A clock that was set back in between makes no time negative. */
        private static Duration between(Instant from, Instant to) {
            return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
        }

        @Override
        public void on(RunEvent.RunStarted event) {
            if (first.isEmpty()) {
                first = Optional.of(event);
                since = now;
            }
            past = duration();
            begun = now;
            open = true;
        }

        @Override
        public void on(RunEvent.RunEnded event) {
            past = past.plus(between(begun, now));
            open = false;
        }

        @Override
        public void on(RunEvent.Traced event) {
            trace = Optional.of(event.traceId());
        }
    }
}
