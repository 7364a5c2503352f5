package embedded.query;

import com.google.protobuf.InvalidProtocolBufferException;
import embedded.Severity;
import embedded.Values;
import embedded.model.Words;
import embedded.store.Bind;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Puts what is stored together again in the form of OTLP. */
public final class SignalReader {
    private static final String OWNERS = ", r.body AS resource_body, r.schema AS resource_schema, c.body AS scope_body,"
            + " c.schema AS scope_schema";
    private static final String JOINS = " JOIN resource r ON r.id = x.resource JOIN scope c ON c.id = x.scope";

    /** Records that have the words; older ones are not looked at. */
    private static final int MAX_MATCHES = 20_000;

    private SignalReader() {}

    /** Of one answer: a trace or a list of records that is larger is cut off, and says so. */
    static final long MAX_BYTES = 8L << 20;

    /** The spans of a trace in the order in which they came, up to {@link #MAX_BYTES}; empty when none is known. */
    public static Optional<TracesData> trace(Connection connection, byte[] traceId) throws SQLException {
        TracesData.Builder data = TracesData.newBuilder();
        read(connection, "SELECT x.resource, x.scope, x.body" + OWNERS + " FROM trace t JOIN span x ON x.trace = t.id" + JOINS
                + " WHERE t.trace_id = ? ORDER BY x.resource, x.scope, x.id", List.of(traceId),
                (resource, schema) -> data.addResourceSpansBuilder().setResource(resource).setSchemaUrl(schema),
                (scope, schema) -> data.getResourceSpansBuilder(data.getResourceSpansCount() - 1).addScopeSpansBuilder()
                        .setScope(scope).setSchemaUrl(schema),
                body -> {
                    ResourceSpans.Builder resource = data.getResourceSpansBuilder(data.getResourceSpansCount() - 1);
                    resource.getScopeSpansBuilder(resource.getScopeSpansCount() - 1).addSpans(span(body));
                });
        return data.getResourceSpansCount() == 0 ? Optional.empty() : Optional.of(data.build());
    }

    /** A parent id of zeros is no parent: said here once, so that no reader needs to know it. */
    private static Span span(byte[] body) throws InvalidProtocolBufferException {
        Span span = Span.parseFrom(body);
        return !span.getParentSpanId().isEmpty() && Values.isNoId(span.getParentSpanId())
                ? span.toBuilder().clearParentSpanId().build() : span;
    }

    /** A record whose sender gave only a word for its severity has the number too. */
    private static LogRecord record(byte[] body) throws InvalidProtocolBufferException {
        LogRecord log = LogRecord.parseFrom(body);
        int severity = Severity.of(log);
        return severity == log.getSeverityNumberValue() ? log : log.toBuilder().setSeverityNumberValue(severity).build();
    }

    /** How many spans of a trace are stored, of which {@link #trace} may give fewer. */
    public static long spans(Connection connection, byte[] traceId) throws SQLException {
        return Select.list(connection, "SELECT count(*) FROM trace t JOIN span x ON x.trace = t.id WHERE t.trace_id = ?",
                List.of(traceId), row -> row.getLong(1)).get(0);
    }

    /** The log records of a trace, by time; no more than {@code limit}. */
    public static LogsData logsOfTrace(Connection connection, byte[] traceId, int limit) throws SQLException {
        return logs(connection, "WHERE x.trace_id = ? ORDER BY x.time, x.id LIMIT " + limit, List.of(traceId));
    }

    /** Records by a condition on {@code x}, in its order. */
    static LogsData logs(Connection connection, String condition, List<Object> values) throws SQLException {
        LogsData.Builder data = LogsData.newBuilder();
        read(connection, "SELECT x.id, x.resource, x.scope, x.body" + OWNERS + " FROM log x" + JOINS + " " + condition, values,
                (resource, schema) -> data.addResourceLogsBuilder().setResource(resource).setSchemaUrl(schema),
                (scope, schema) -> data.getResourceLogsBuilder(data.getResourceLogsCount() - 1).addScopeLogsBuilder()
                        .setScope(scope).setSchemaUrl(schema),
                body -> {
                    ResourceLogs.Builder resource = data.getResourceLogsBuilder(data.getResourceLogsCount() - 1);
                    resource.getScopeLogsBuilder(resource.getScopeLogsCount() - 1).addLogRecords(record(body));
                });
        return data.build();
    }

    @FunctionalInterface
    private interface Items {
        void item(byte[] body) throws InvalidProtocolBufferException;
    }

    /** Reads rows up to {@link #MAX_BYTES}; a resource or a scope is told when a row has another one than the row before. */
    private static void read(Connection connection, String query, List<?> values, BiConsumer<Resource, String> resources,
            BiConsumer<InstrumentationScope, String> scopes, Items items) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = Bind.to(statement, values).executeQuery()) {
            long resource = -1;
            long scope = -1;
            long bytes = 0;
            while (bytes <= MAX_BYTES && row.next()) {
                byte[] body = row.getBytes("body");
                bytes += body.length;
                if (row.getLong("resource") != resource) {
                    resource = row.getLong("resource");
                    scope = -1;
                    byte[] owner = bytes(row, "resource_body");
                    bytes += owner.length;
                    resources.accept(Resource.parseFrom(owner), row.getString("resource_schema"));
                }
                if (row.getLong("scope") != scope) {
                    scope = row.getLong("scope");
                    byte[] owner = bytes(row, "scope_body");
                    bytes += owner.length;
                    scopes.accept(InstrumentationScope.parseFrom(owner), row.getString("scope_schema"));
                }
                items.item(body);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("a stored span or record does not read", e);
        }
    }

    /** None stands for one without any field. */
    private static byte[] bytes(ResultSet row, String column) throws SQLException {
        byte[] body = row.getBytes(column);
        return body == null ? new byte[0] : body;
    }

    /** Newest records first, by their own time, for the page of logs. */
    public static LogsData recentLogs(Connection connection, LogFilter filter) throws SQLException {
        List<Object> values = new ArrayList<>();
        StringBuilder condition = new StringBuilder("WHERE 1");
        filter.fromMillis.ifPresent(from -> {
            condition.append(" AND x.time >= ?");
            values.add(TimeUnit.MILLISECONDS.toNanos(from));
        });
        filter.toMillis.ifPresent(to -> {
            condition.append(" AND x.time < ?");
            values.add(TimeUnit.MILLISECONDS.toNanos(to + 1));
        });
        if (!filter.text.isBlank()) {
            String match = Words.split(filter.text, WordSearch.MAX_WORDS).stream().map(Words::match)
                    .collect(Collectors.joining(" AND "));
            condition.append(" AND x.id IN (SELECT rowid FROM log_words WHERE log_words MATCH ? ORDER BY rowid DESC"
                    + " LIMIT " + MAX_MATCHES + ")");
            values.add(match.isEmpty() ? "\"\"" : match);
        }
        filter.service.ifPresent(service -> {
            condition.append(" AND x.service = (SELECT id FROM service WHERE name = ?)");
            values.add(service);
        });
        filter.minSeverity.ifPresent(severity -> {
            condition.append(" AND x.severity >= ?");
            values.add(severity);
        });
        condition.append(" ORDER BY x.time DESC, x.id DESC LIMIT ? OFFSET ?");
        values.add(filter.limit);
        values.add(filter.skip);
        return logs(connection, condition.toString(), values);
    }

    /**
     * Which records.
     *
     * @param minSeverity OTLP's number, 9 is INFO, 13 WARN, 17 ERROR
     * @param fromMillis of the record's own time, inclusive
     * @param toMillis the same, inclusive to its last nanosecond
     * @param skip of the newest, for the next page
     */
    public record LogFilter(String text, Optional<String> service, Optional<Integer> minSeverity, Optional<Long> fromMillis,
            Optional<Long> toMillis, int skip, int limit) {}
}
