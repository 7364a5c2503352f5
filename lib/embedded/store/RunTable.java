package embedded.store;

import embedded.Nanos;
import embedded.model.RunFacts;
import embedded.model.SpanRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the list of runs, from what their spans say, while they still go on. Belongs to the writer's thread. */
final class RunTable implements AutoCloseable {
    private final PreparedStatement upsert;
    private final RunModelTable models;
    private final Map<Key, Sums> pending = new LinkedHashMap<>();

    private record Key(long trace, String session) {}

    private static final class Sums {
        private long start = Long.MAX_VALUE;
        /** What the worker was told first, and when. */
        private String told = "";
        private long toldAt = Long.MAX_VALUE;
        private long end;
        private long resource;
        private String project = "";
        private boolean rehearsal;
        private int rounds;
        private int redChecks;
        private Double costUsd;
        private Double rehearsedUsd;
        private long inputTokens;
        private long outputTokens;
        private long cacheReadTokens;
        private long contextTokens;
        private long workerNanos;
        private long callNanos;
        private long checkNanos;
        private Optional<RunFacts.Ending> ending = Optional.empty();
    }

    RunTable(Connection connection) throws SQLException {
        models = new RunModelTable(connection);
        upsert = connection.prepareStatement("INSERT INTO run (trace, session, start, end, updated, resource, project, title,"
                + " status, exit_code, evidence, rounds_said, rounds_seen, total_usd, sum_usd, rehearsed_usd, input_tokens,"
                + " output_tokens, cache_read_tokens, context_tokens, worker_ns, call_ns, check_ns, red_checks, rehearsal,"
                + " reasoner, worker) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?) ON CONFLICT (trace, session) DO UPDATE SET"
                + " start = min(start, excluded.start), end = max(end, excluded.end), updated = excluded.updated,"
                + " resource = excluded.resource, project = " + said("project")
                + ", title = CASE WHEN excluded.title <> '' AND (title = '' OR excluded.status IS NOT NULL)"
                + " THEN excluded.title ELSE title END,"
                + " status = coalesce(excluded.status, status), exit_code = coalesce(excluded.exit_code, exit_code),"
                + " evidence = " + said("evidence") + ", rounds_said = coalesce(excluded.rounds_said, rounds_said),"
                + " rounds_seen = rounds_seen + excluded.rounds_seen,"
                + " total_usd = coalesce(excluded.total_usd, total_usd), sum_usd = " + sum("sum_usd")
                + ", rehearsed_usd = " + sum("rehearsed_usd") + ","
                + " input_tokens = input_tokens + excluded.input_tokens,"
                + " output_tokens = output_tokens + excluded.output_tokens,"
                + " cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens,"
                + " context_tokens = max(context_tokens, excluded.context_tokens),"
                + " worker_ns = worker_ns + excluded.worker_ns, call_ns = call_ns + excluded.call_ns,"
                + " check_ns = check_ns + excluded.check_ns, red_checks = red_checks + excluded.red_checks,"
                + " rehearsal = max(rehearsal, excluded.rehearsal), reasoner = " + said("reasoner") + ", worker = "
                + said("worker"));
    }

    /** What was said last, unless nothing was said. */
    private static String said(String column) {
        return "CASE WHEN excluded." + column + " <> '' THEN excluded." + column + " ELSE " + column + " END";
    }

    /** A sum that stays unknown until something is known of it. */
    private static String sum(String column) {
        return "CASE WHEN " + column + " IS NULL THEN excluded." + column + " ELSE " + column + " + coalesce(excluded."
                + column + ", 0) END";
    }

    void add(long trace, long resource, SpanRecord span, RunFacts facts) {
        Sums sums = count(trace, span, facts, 1);
        sums.end = Math.max(sums.end, span.end());
        sums.resource = resource;
        sums.project = facts.project().isEmpty() ? sums.project : facts.project();
        sums.rehearsal |= facts.rehearsal();
        sums.contextTokens = Math.max(sums.contextTokens, facts.contextTokens());
        if (!facts.told().isEmpty() && span.start() < sums.toldAt) {
            sums.told = facts.told();
            sums.toldAt = span.start();
        }
        if (facts.end().isPresent()) {
            sums.ending = facts.end();
        }
    }

    /** What a span said before it was replaced counts no more. */
    void remove(long trace, long resource, SpanRecord span, RunFacts facts) {
        count(trace, span, facts, -1).resource = resource;
    }

    private Sums count(long trace, SpanRecord span, RunFacts facts, int sign) {
        Sums sums = pending.computeIfAbsent(new Key(trace, facts.session()), key -> new Sums());
        // Where it began is not known of a sender that does not say.
        sums.start = span.start() == 0 ? sums.start : Math.min(sums.start, span.start());
        long took = Nanos.took(span.start(), span.end());
        sums.costUsd = plus(sums.costUsd, facts.costUsd(), sign);
        sums.rehearsedUsd = plus(sums.rehearsedUsd, facts.rehearsedUsd(), sign);
        sums.inputTokens += sign * facts.inputTokens();
        sums.outputTokens += sign * facts.outputTokens();
        sums.cacheReadTokens += sign * facts.cacheReadTokens();
        sums.redChecks += facts.failed() ? sign : 0;
        switch (facts.kind()) {
            case WORKER -> {
                sums.rounds += sign;
                sums.workerNanos += sign * took;
            }
            case CALL -> sums.callNanos += sign * took;
            case CHECK -> sums.checkNanos += sign * took;
            case TASK, OTHER -> { }
        }
        models.add(trace, facts, sign);
        return sums;
    }

    private static Double plus(Double sum, Optional<Double> more, int sign) {
        return more.map(usd -> sum == null ? sign * usd : Double.valueOf(sum + sign * usd)).orElse(sum);
    }

    void flush(long nowMillis) throws SQLException {
        for (Map.Entry<Key, Sums> entry : pending.entrySet()) {
            write(entry.getKey(), entry.getValue(), nowMillis);
        }
        pending.clear();
        models.flush();
    }

    private void write(Key key, Sums sums, long nowMillis) throws SQLException {
        Optional<RunFacts.Ending> ending = sums.ending;
        Bind.to(upsert, key.trace, key.session, sums.start == Long.MAX_VALUE ? sums.end : sums.start,
                sums.end, nowMillis, sums.resource, sums.project,
                ending.map(RunFacts.Ending::title).filter(title -> !title.isEmpty()).orElse(sums.told),
                        ending.map(RunFacts.Ending::status).orElse(null),
                ending.map(RunFacts.Ending::exitCode).orElse(null), ending.map(RunFacts.Ending::evidence).orElse(""),
                ending.flatMap(RunFacts.Ending::rounds).orElse(null), sums.rounds,
                ending.flatMap(RunFacts.Ending::costUsd).orElse(null), sums.costUsd, sums.rehearsedUsd, sums.inputTokens,
                sums.outputTokens, sums.cacheReadTokens, sums.contextTokens, sums.workerNanos, sums.callNanos,
                sums.checkNanos, sums.redChecks, sums.rehearsal, ending.map(RunFacts.Ending::reasoner).orElse(""),
                ending.map(RunFacts.Ending::worker).orElse("")).executeUpdate();
    }

    void forget() {
        pending.clear();
        models.forget();
    }

    @Override
    public void close() throws SQLException {
        upsert.close();
        models.close();
    }
}
