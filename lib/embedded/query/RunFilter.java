package embedded.query;

import embedded.model.Words;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Which runs are meant; what is absent does not matter.
 *
 * @param statuses outcomes, {@code running} and {@code lost} among them, or {@code failed} for all that went wrong
 * @param fromMillis of the start, inclusive
 * @param toMillis of the start, exclusive
 * @param rehearsals absent for all, true for rehearsals alone, false for the others
 * @param text words, each of which some span or log record of the run's trace has a word that begins like it
 */
public record RunFilter(List<String> statuses, Optional<String> evidence, Optional<String> project,
        Optional<String> worker, Optional<String> reasoner, Optional<String> model, Optional<Boolean> rehearsals,
        Optional<Long> fromMillis, Optional<Long> toMillis, String text) {
    /** What {@code failed} stands for: unproven and stopped went wrong in nothing. */
    static final List<String> FAILED = List.of("verification_failed", "error", "failed_self_check", "stalled",
            "max_iterations", "budget_exceeded", "timeout", "interrupted", "lost");
    /** A process whose metrics were seen has sent some every few seconds; after so much silence it counts as ended. */
    private static final long SILENT_MILLIS = TimeUnit.SECONDS.toMillis(90);
    /** Without metrics only spans are signs of life, and a worker may be busy for long. */
    private static final long QUIET_MILLIS = TimeUnit.MINUTES.toMillis(30);
    private static final int MAX_FOUND = 5000;

    static final RunFilter ALL = new RunFilter(List.of(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "");

    /** A condition on {@code run r} and the values for its question marks. */
    record Condition(String sql, List<Object> values) {}

    /** The outcome of {@code run r}; of one that has not ended whether there is any sign of life. */
    static String statusNow(long nowMillis) {
        return "(CASE WHEN r.status IS NOT NULL THEN r.status WHEN coalesce((SELECT CASE WHEN max(max(s.updated),"
                + " r.updated) >= " + (nowMillis - SILENT_MILLIS) + " THEN 'running' ELSE 'lost' END FROM series s"
                + " WHERE s.resource = r.resource HAVING count(*) > 0),"
                + " CASE WHEN r.updated >= " + (nowMillis - QUIET_MILLIS) + " THEN 'running' ELSE 'lost' END) = 'running'"
                + " THEN 'running' ELSE 'lost' END)";
    }

    Condition condition(Connection connection, long nowMillis) throws SQLException {
        List<String> parts = new ArrayList<>(List.of("1"));
        List<Object> values = new ArrayList<>();
        List<String> wanted = statuses.stream().flatMap(status -> status.equals("failed") ? FAILED.stream()
                : java.util.stream.Stream.of(status)).toList();
        if (!wanted.isEmpty()) {
            parts.add(statusNow(nowMillis) + " IN (?" + ", ?".repeat(wanted.size() - 1) + ")");
            values.addAll(wanted);
        }
        equal(parts, values, "r.evidence", evidence);
        equal(parts, values, "r.project", project);
        equal(parts, values, "r.worker", worker);
        equal(parts, values, "r.reasoner", reasoner);
        model.ifPresent(name -> {
            parts.add("EXISTS (SELECT 1 FROM run_model m WHERE m.trace = r.trace AND m.session = r.session"
                    + " AND m.model = ?)");
            values.add(name);
        });
        rehearsals.ifPresent(only -> parts.add("r.rehearsal = " + (only ? 1 : 0)));
        fromMillis.ifPresent(from -> {
            parts.add("r.start >= ?");
            values.add(TimeUnit.MILLISECONDS.toNanos(from));
        });
        toMillis.ifPresent(to -> {
            parts.add("r.start < ?");
            values.add(TimeUnit.MILLISECONDS.toNanos(to));
        });
        if (!text.isBlank()) {
            parts.add(found(connection));
        }
        return new Condition(String.join(" AND ", parts), values);
    }

    private static void equal(List<String> parts, List<Object> values, String column, Optional<String> wanted) {
        wanted.ifPresent(value -> {
            parts.add(column + " = ?");
            values.add(value);
        });
    }

    private String found(Connection connection) throws SQLException {
        Optional<byte[]> id = TraceId.parse(text);
        if (id.isPresent()) {
            return "r.trace = (SELECT id FROM trace WHERE trace_id = x'" + HexFormat.of().formatHex(id.get()) + "')";
        }
        try (WordSearch search = new WordSearch(connection, Words.split(text, WordSearch.MAX_WORDS), Long.MAX_VALUE)) {
            return "r.trace IN (" + search.next(MAX_FOUND).stream().map(String::valueOf).collect(Collectors.joining(","))
                    + ")";
        }
    }
}
