package embedded.store;

import embedded.Nanos;
import embedded.model.RunFacts;
import embedded.model.SpanRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Writes the list of runs and what each used of each model, from what their spans say, while they still go on. Belongs to the
 * writer's thread.
 */
final class RunTable {
    private final PreparedStatement upsert;
    private final PreparedStatement upsertModel;

    RunTable(Connection connection) throws SQLException {
        upsertModel = connection.prepareStatement("INSERT INTO run_model (trace, session, model, calls, usd, input_tokens,"
                + " output_tokens, cache_read_tokens) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trace, session, model)"
                + " DO UPDATE SET calls = calls + excluded.calls, usd = " + sum("usd")
                + ", input_tokens = input_tokens + excluded.input_tokens,"
                + " output_tokens = output_tokens + excluded.output_tokens,"
                + " cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens");
        upsert = connection.prepareStatement("INSERT INTO run (trace, session, start, end, updated, resource, project, title,"
                + " status, exit_code, evidence, rounds_said, rounds_seen, total_usd, sum_usd, rehearsed_usd, input_tokens,"
                + " output_tokens, cache_read_tokens, context_tokens, worker_ns, call_ns, check_ns, red_checks, rehearsal,"
                + " reasoner, worker) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?) ON CONFLICT (trace, session) DO UPDATE SET"
                + " start = CASE WHEN ?28 = 0 THEN start ELSE min(start, ?28) END, end = max(end, excluded.end),"
                + " updated = excluded.updated, resource = excluded.resource, project = " + said("project")
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

    /** @param sign 1 to count what a span says; -1 to count it no more, since another one took its place */
    void add(long trace, long resource, SpanRecord span, RunFacts facts, int sign) throws SQLException {
        boolean says = sign > 0;
        Optional<RunFacts.Ending> ending = says ? facts.end() : Optional.empty();
        RunFacts.Kind kind = facts.kind();
        RunFacts.Used used = facts.used();
        long took = sign * Nanos.took(span.start(), span.end());
        Bind.to(upsert, trace, facts.session(), span.start() == 0 ? span.end() : span.start(), says ? span.end() : 0,
                System.currentTimeMillis(), resource, says ? facts.project() : "",
                ending.map(RunFacts.Ending::title).filter(title -> !title.isEmpty()).orElse(says ? facts.told() : ""),
                ending.map(RunFacts.Ending::status).orElse(null), ending.map(RunFacts.Ending::exitCode).orElse(null),
                ending.map(RunFacts.Ending::evidence).orElse(""), ending.flatMap(RunFacts.Ending::rounds).orElse(null),
                kind == RunFacts.Kind.WORKER ? sign : 0, ending.flatMap(RunFacts.Ending::costUsd).orElse(null),
                used.usd().map(usd -> sign * usd).orElse(null), used.rehearsedUsd().map(usd -> sign * usd).orElse(null),
                sign * used.inputTokens(), sign * used.outputTokens(), sign * used.cacheReadTokens(),
                says ? used.contextTokens() : 0, kind == RunFacts.Kind.WORKER ? took : 0, kind == RunFacts.Kind.CALL ? took : 0,
                kind == RunFacts.Kind.CHECK ? took : 0, facts.failed() ? sign : 0, says && facts.rehearsal(),
                ending.map(RunFacts.Ending::reasoner).orElse(""), ending.map(RunFacts.Ending::worker).orElse(""),
                // Where it began is not known of a sender that does not say.
                span.start()).executeUpdate();
        if (!used.model().isEmpty()) {
            Bind.to(upsertModel, trace, facts.session(), used.model(), sign, used.usd().map(usd -> sign * usd).orElse(null),
                    sign * used.inputTokens(), sign * used.outputTokens(), sign * used.cacheReadTokens()).executeUpdate();
        }
    }
}
