package embedded.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the list of runs, from what their spans say, while they still go on. Belongs to the writer's thread. */
final class RunTable implements AutoCloseable {
    private final PreparedStatement upsert;
    private final Map<Key, Sums> pending = new LinkedHashMap<>();

    private record Key(long trace, String session) {}

    private static final class Sums {
        private long start = Long.MAX_VALUE;
        private long end;
        private boolean rehearsal;
        private int rounds;
        private Double costUsd;
        private long inputTokens;
        private long outputTokens;
        private Optional<RunFacts.Ending> ending = Optional.empty();
    }

    RunTable(Connection connection) throws SQLException {
        upsert = connection.prepareStatement("INSERT INTO run (trace, session, start, end, updated, status, exit_code,"
                + " iterations, total_usd, sum_usd, input_tokens, output_tokens, rehearsal, reasoner, worker)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trace, session) DO UPDATE SET"
                + " start = min(start, excluded.start), end = max(end, excluded.end), updated = excluded.updated,"
                + " status = coalesce(excluded.status, status), exit_code = coalesce(excluded.exit_code, exit_code),"
                // While it goes on rounds are counted; its end says how many there were.
                + " iterations = CASE WHEN excluded.status IS NOT NULL THEN excluded.iterations"
                + " WHEN status IS NOT NULL THEN iterations ELSE iterations + excluded.iterations END,"
                + " total_usd = coalesce(excluded.total_usd, total_usd),"
                + " sum_usd = CASE WHEN sum_usd IS NULL THEN excluded.sum_usd"
                + " ELSE sum_usd + coalesce(excluded.sum_usd, 0) END,"
                + " input_tokens = input_tokens + excluded.input_tokens,"
                + " output_tokens = output_tokens + excluded.output_tokens,"
                + " rehearsal = max(rehearsal, excluded.rehearsal),"
                + " reasoner = CASE WHEN excluded.reasoner <> '' THEN excluded.reasoner ELSE reasoner END,"
                + " worker = CASE WHEN excluded.worker <> '' THEN excluded.worker ELSE worker END");
    }

    void add(long trace, SpanRecord span, RunFacts facts) {
        Sums sums = pending.computeIfAbsent(new Key(trace, facts.session()), key -> new Sums());
        sums.start = Math.min(sums.start, span.start());
        sums.end = Math.max(sums.end, span.end());
        sums.rehearsal |= facts.rehearsal();
        sums.rounds += facts.rounds();
        facts.costUsd().ifPresent(usd -> sums.costUsd = sums.costUsd == null ? usd : sums.costUsd + usd);
        sums.inputTokens += facts.inputTokens();
        sums.outputTokens += facts.outputTokens();
        if (facts.end().isPresent()) {
            sums.ending = facts.end();
        }
    }

    /** What a span said before it was replaced counts no more. */
    void remove(long trace, SpanRecord span, RunFacts facts) {
        Sums sums = pending.computeIfAbsent(new Key(trace, facts.session()), key -> new Sums());
        sums.rounds -= facts.rounds();
        facts.costUsd().ifPresent(usd -> sums.costUsd = sums.costUsd == null ? -usd : sums.costUsd - usd);
        sums.inputTokens -= facts.inputTokens();
        sums.outputTokens -= facts.outputTokens();
        sums.start = Math.min(sums.start, span.start());
    }

    void flush(long nowMillis) throws SQLException {
        for (Map.Entry<Key, Sums> entry : pending.entrySet()) {
            write(entry.getKey(), entry.getValue(), nowMillis);
        }
        pending.clear();
    }

    private void write(Key key, Sums sums, long nowMillis) throws SQLException {
        Optional<RunFacts.Ending> ending = sums.ending;
        Bind.to(upsert, key.trace, key.session, sums.start, sums.end, nowMillis,
                ending.map(RunFacts.Ending::status).orElse(null), ending.map(RunFacts.Ending::exitCode).orElse(null),
                ending.map(RunFacts.Ending::iterations).orElse(sums.rounds),
                ending.flatMap(RunFacts.Ending::costUsd).orElse(null), sums.costUsd, sums.inputTokens, sums.outputTokens,
                sums.rehearsal, ending.map(RunFacts.Ending::reasoner).orElse(""),
                ending.map(RunFacts.Ending::worker).orElse("")).executeUpdate();
    }

    void forget() {
        pending.clear();
    }

    @Override
    public void close() throws SQLException {
        upsert.close();
    }
}
