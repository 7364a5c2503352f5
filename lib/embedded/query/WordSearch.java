package embedded.query;

import embedded.model.Words;
import embedded.store.Bind;
import embedded.store.SpanTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the traces in which every word occurs, newest first and only as many as are wanted: the index gives each word's
 * documents in descending order, and these orders are walked side by side. The words may stand in different spans; a trace
 * is also found when one of its log records has them all.
 */
final class WordSearch implements AutoCloseable {
    static final int MAX_WORDS = 8;
    /** Records that are looked up for their traces; older ones are not found through their log records alone. */
    private static final int MAX_LOG_MATCHES = 500;

    private final List<PreparedStatement> statements = new ArrayList<>();
    private final List<Cursor> cursors = new ArrayList<>();
    private final TreeSet<Long> fromLogs = new TreeSet<>(Collections.reverseOrder());

    /** @param before only traces below this number */
    WordSearch(Connection connection, Set<String> words, long before) throws SQLException {
        long limit = Math.min(before, Long.MAX_VALUE >> SpanTable.DOCUMENT_BITS);
        for (String word : words) {
            PreparedStatement statement = connection.prepareStatement(
                    "SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC");
            statements.add(statement);
            cursors.add(new Cursor(Bind.to(statement, Words.match(word), limit << SpanTable.DOCUMENT_BITS).executeQuery()));
        }
        if (!words.isEmpty()) {
            findInLogs(connection, words, before);
        }
    }

    private void findInLogs(Connection connection, Collection<String> words, long before) throws SQLException {
        String match = words.stream().map(Words::match).collect(Collectors.joining(" AND "));
        Select.each(connection, "SELECT t.id FROM (SELECT rowid AS id FROM log_words WHERE log_words MATCH ?"
                + " ORDER BY rowid DESC LIMIT " + MAX_LOG_MATCHES + ") w"
                + " JOIN log l ON l.id = w.id JOIN trace t ON t.trace_id = l.trace_id WHERE t.id < ?", List.of(match, before),
                row -> fromLogs.add(row.getLong(1)));
    }

    /** The next traces, in descending order; none when there are no more. */
    List<Long> next(int count) throws SQLException {
        List<Long> found = new ArrayList<>();
        while (found.size() < count) {
            long spans = nextInAll();
            long logs = fromLogs.isEmpty() ? -1 : fromLogs.first();
            if (spans < 0 && logs < 0) {
                break;
            }
            long next = Math.max(spans, logs);
            found.add(next);
            fromLogs.remove(next);
            for (Cursor cursor : cursors) {
                cursor.advanceTo(next - 1);
            }
        }
        return found;
    }

    /** The highest trace at which all cursors stand, or can come to stand together; -1 when there is none. */
    private long nextInAll() throws SQLException {
        if (cursors.isEmpty()) {
            return -1;
        }
        while (true) {
            long lowest = Long.MAX_VALUE;
            long highest = -1;
            for (Cursor cursor : cursors) {
                lowest = Math.min(lowest, cursor.trace);
                highest = Math.max(highest, cursor.trace);
            }
            if (lowest < 0 || lowest == highest) {
                return lowest;
            }
            for (Cursor cursor : cursors) {
                cursor.advanceTo(lowest);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements) {
            statement.close();
        }
    }

    private static final class Cursor {
        private final ResultSet rows;
        /** Where it stands; -1 at the end. */
        private long trace = Long.MAX_VALUE;

        Cursor(ResultSet rows) throws SQLException {
            this.rows = rows;
            advanceTo(Long.MAX_VALUE - 1);
        }

        void advanceTo(long limit) throws SQLException {
            while (trace > limit) {
                trace = rows.next() ? rows.getLong(1) >> SpanTable.DOCUMENT_BITS : -1;
            }
        }
    }
}
