package embedded.query;

import embedded.store.Bind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the store and reads the rows of the answer. */
final class Select {
    private Select() {}

    /** Reads the row at which the answer stands. */
    @FunctionalInterface
    interface Reading {
        void row(ResultSet row) throws SQLException;
    }

    /** Makes something of the row at which the answer stands. */
    @FunctionalInterface
    interface Making<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** @param values for the question marks of {@code sql} */
    static void each(Connection connection, String sql, List<?> values, Reading reading) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = Bind.to(statement, values).executeQuery()) {
            while (row.next()) {
                reading.row(row);
            }
        }
    }

    static <T> List<T> list(Connection connection, String sql, List<?> values, Making<T> making) throws SQLException {
        List<T> all = new ArrayList<>();
        each(connection, sql, values, row -> all.add(making.of(row)));
        return all;
    }
}
