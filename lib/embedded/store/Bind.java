package embedded.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Gives a statement its values by their order, so that none of them carries a number that must fit another line. */
public final class Bind {
    private Bind() {}

    /**
     * @param values integers, doubles, strings, byte arrays, booleans (as 0 or 1), or null; SQLite has no NaN and stores
     *     null for it
     */
    public static PreparedStatement to(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Boolean truth) {
                statement.setInt(i + 1, truth ? 1 : 0);
            } else if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (value instanceof Double number && number.isNaN()) {
                statement.setObject(i + 1, null);
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }

    public static PreparedStatement to(PreparedStatement statement, List<?> values) throws SQLException {
        return to(statement, values.toArray());
    }

    /** Statements keep what they were given last, here and in SQLite: a body of megabytes is let go when it is written. */
    static void forget(PreparedStatement... statements) throws SQLException {
        for (PreparedStatement statement : statements) {
            statement.clearParameters();
        }
    }

    /** The first column of the first row; {@code otherwise} when there is none, or when it holds nothing. */
    public static long number(PreparedStatement statement, long otherwise) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return otherwise;
            }
            long number = row.getLong(1);
            return row.wasNull() ? otherwise : number;
        }
    }
}
