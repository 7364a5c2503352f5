package embedded.query;

import contract.EvidenceLevel;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How runs go over time: outcomes, evidence, money, rounds, caches and waiting, in each step, over the whole time and over
 * the time of the same length before it. Only money that was spent counts as money.
 */
public final class RunTrends {
    /** With no more runs than this a chart shows each of them. */
    private static final int EACH = 24;
    private static final int MIN_STEPS = 8;
    private static final int MAX_STEPS = 32;
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final long DAYS_FROM = 5 * DAY;
    private static final long[] STEPS = {MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR,
        2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 30 * DAY};

    /** Evidence that speaks for the task: what {@code completed} needs unless the user asks for less. */
    private static final Set<String> VERIFIED = Stream.of(EvidenceLevel.values())
            .filter(level -> level.atLeast(EvidenceLevel.REVIEWED)).map(EvidenceLevel::value).collect(Collectors.toSet());

    private RunTrends() {}

    /**
     * @param filter its times are the time that is shown; without a beginning that of the first run
     * @param offsetMinutes how far the reader's clock is ahead of UTC, so that a day is the reader's day
     */
    public static Map<String, Object> read(Connection connection, RunFilter filter, int offsetMinutes, long nowMillis)
            throws SQLException {
        long to = filter.toMillis().orElse(nowMillis);
        RunFilter.Condition all = without(filter, Optional.empty(), Optional.of(to)).condition(connection, nowMillis);
        long from = filter.fromMillis().orElse(first(connection, all, to));
        long length = Math.max(MINUTE, to - from);
        long step = step(length);
        long offset = TimeUnit.MINUTES.toMillis(offsetMinutes);
        long begin = Math.floorDiv(from + offset, step) * step - offset;
        int steps = (int) Math.max(1, (to - begin + step - 1) / step);

        List<Sums> each = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            each.add(new Sums());
        }
        Sums whole = new Sums();
        Sums before = new Sums();
        RunFilter.Condition condition = without(filter, Optional.of(from - length), Optional.of(to))
                .condition(connection, nowMillis);
        Select.each(connection, "SELECT r.start, r.end, r.evidence, r.rehearsal,"
                + " r.input_tokens, r.output_tokens, r.cache_read_tokens, r.context_tokens, r.worker_ns, r.call_ns,"
                + " r.check_ns, " + RunQueries.COST + " AS cost, " + RunQueries.REHEARSED + " AS rehearsed, "
                + RunQueries.ROUNDS + " AS rounds, " + RunQueries.VERDICT + " AS verdict, " + RunFilter.statusNow(nowMillis)
                + " AS status_now, a.wait_ns,"
                + " a.context_tokens AS agent_context, a.tokens AS agent_tokens, a.sub_tokens FROM run r"
                + " LEFT JOIN agent a ON a.trace = r.trace WHERE " + condition.sql(), condition.values(), row -> {
                    long start = TimeUnit.NANOSECONDS.toMillis(row.getLong("start"));
                    if (start < from) {
                        before.add(row);
                    } else {
                        whole.add(row);
                        each.get((int) Math.min(steps - 1L, Math.max(0, (start - begin) / step))).add(row);
                    }
                });
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("fromMs", from);
        answer.put("toMs", to);
        answer.put("stepMs", step);
        List<Map<String, Object>> written = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            Map<String, Object> sums = each.get(i).write();
            sums.put("atMs", begin + i * step);
            written.add(sums);
        }
        answer.put("steps", written);
        answer.put("whole", whole.write());
        answer.put("before", before.write());
        RunFilter shown = without(filter, Optional.of(from), Optional.of(to));
        answer.put("models", models(connection, shown.condition(connection, nowMillis)));
        answer.put("runs", whole.runs > EACH ? List.of() : RunQueries.list(connection, shown, new RunQueries.Listing("start",
                false, 0, EACH), nowMillis).get("runs"));
        return answer;
    }

    private static RunFilter without(RunFilter filter, Optional<Long> from, Optional<Long> to) {
        return new RunFilter(filter.statuses(), filter.evidence(), filter.project(), filter.worker(), filter.reasoner(),
                filter.model(), filter.rehearsals(), from, to, filter.text());
    }

    private static long first(Connection connection, RunFilter.Condition condition, long to) throws SQLException {
        long first = Select.list(connection, "SELECT min(r.start) FROM run r WHERE " + condition.sql(), condition.values(),
                row -> row.getLong(1)).get(0);
        return first == 0 ? to - HOUR : Math.min(to - MINUTE, TimeUnit.NANOSECONDS.toMillis(first));
    }

    /** Short enough that there are some steps, long enough that they can be told apart. */
    private static long step(long length) {
        for (long step : STEPS) {
            // From some days on people think in days.
            if (length >= DAYS_FROM && step < DAY) {
                continue;
            }
            if (length / step <= MAX_STEPS) {
                return length / step < MIN_STEPS && step < DAY ? Math.max(MINUTE, Math.min(step, length / MIN_STEPS)) : step;
            }
        }
        return STEPS[STEPS.length - 1] * (1 + length / STEPS[STEPS.length - 1] / MAX_STEPS);
    }

    private static List<Map<String, Object>> models(Connection connection, RunFilter.Condition condition)
            throws SQLException {
        return Select.list(connection, "SELECT m.model, sum(m.calls) AS calls, sum(m.usd)"
                + " AS usd, sum(m.input_tokens) AS input, sum(m.output_tokens) AS output, sum(m.cache_read_tokens) AS"
                + " cached, count(*) AS runs FROM run r JOIN run_model m"
                + " ON m.trace = r.trace AND m.session = r.session WHERE " + condition.sql()
                + " GROUP BY m.model ORDER BY usd DESC, input DESC LIMIT 40", condition.values(), row -> {
                    Map<String, Object> model = new LinkedHashMap<>();
                    model.put("model", row.getString("model"));
                    model.put("calls", row.getLong("calls"));
                    model.put("costUsd", row.getObject("usd"));
                    model.put("inputTokens", row.getLong("input"));
                    model.put("outputTokens", row.getLong("output"));
                    model.put("cacheReadTokens", row.getLong("cached"));
                    model.put("runs", row.getLong("runs"));
                    return model;
                });
    }

    /** A column whose values are added up, and what the sum is called, in milliseconds where it holds nanoseconds. */
    private record Column(String name, String sum, boolean nanos) {}

    private static final List<Column> COLUMNS = List.of(new Column("input_tokens", "inputTokens", false),
            new Column("output_tokens", "outputTokens", false), new Column("cache_read_tokens", "cacheReadTokens", false),
            new Column("wait_ns", "waitMs", true), new Column("worker_ns", "workerMs", true),
            new Column("call_ns", "callMs", true), new Column("check_ns", "checkMs", true),
            new Column("agent_tokens", "agentTokens", false), new Column("sub_tokens", "subAgentTokens", false));

    /** What runs add up to. */
    private static final class Sums {
        private long runs;
        private long rehearsals;
        private long verified;
        private final Map<String, Long> statuses = new TreeMap<>();
        private final Map<String, Long> evidence = new TreeMap<>();
        private final Map<Long, Long> roundsToDone = new TreeMap<>();
        private double costUsd;
        private long priced;
        private double wastedUsd;
        private double rehearsedUsd;
        private long durationMillis;
        private long contextTokens;
        /** By their places in {@link #COLUMNS}. */
        private final long[] sums = new long[COLUMNS.size()];

        void add(ResultSet row) throws SQLException {
            String status = row.getString("status_now");
            // What its reviewer cost is money, and that is all that a verdict has in common with a run.
            boolean run = !row.getBoolean("verdict");
            if (run) {
                count(row, status);
            }
            if (row.getObject("cost") != null) {
                double cost = row.getDouble("cost");
                priced++;
                costUsd += cost;
                wastedUsd += !run || status.equals("completed") || status.equals("running") ? 0 : cost;
            }
            rehearsedUsd += row.getDouble("rehearsed");
            durationMillis += millis(row.getLong("end") - row.getLong("start"));
            contextTokens = Math.max(contextTokens, Math.max(row.getLong("context_tokens"), row.getLong("agent_context")));
            for (int i = 0; i < sums.length; i++) {
                long value = row.getLong(COLUMNS.get(i).name);
                sums[i] += COLUMNS.get(i).nanos ? millis(value) : value;
            }
        }

        private void count(ResultSet row, String status) throws SQLException {
            runs++;
            rehearsals += row.getInt("rehearsal");
            statuses.merge(status, 1L, Long::sum);
            if (!row.getString("evidence").isEmpty()) {
                evidence.merge(row.getString("evidence"), 1L, Long::sum);
            }
            verified += status.equals("completed") && VERIFIED.contains(row.getString("evidence")) ? 1 : 0;
            if (status.equals("completed")) {
                roundsToDone.merge(row.getLong("rounds"), 1L, Long::sum);
            }
        }

        private static long millis(long nanos) {
            return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos));
        }

        Map<String, Object> write() {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("runs", runs);
            written.put("rehearsals", rehearsals);
            written.put("statuses", statuses);
            written.put("evidence", evidence);
            written.put("verified", verified);
            written.put("roundsToDone", roundsToDone);
            written.put("costUsd", priced == 0 ? null : costUsd);
            written.put("wastedUsd", wastedUsd);
            written.put("rehearsedUsd", rehearsedUsd);
            written.put("durationMs", durationMillis);
            written.put("contextTokens", contextTokens);
            for (int i = 0; i < sums.length; i++) {
                written.put(COLUMNS.get(i).sum, sums[i]);
            }
            return written;
        }
    }
}
