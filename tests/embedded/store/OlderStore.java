package embedded.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Brings a store back to what an older version would have written, to see it brought up again. */
public final class OlderStore {
    private OlderStore() {}

    /** Of a store that nobody has open. */
    public static void toFour(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            toFour(statement);
            statement.execute("PRAGMA user_version=4");
        }
    }

    /** Version 4 had name, kind and attributes in each series, and no hours. */
    private static void toFour(Statement statement) throws SQLException {
        statement.execute("CREATE TABLE flat (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, name TEXT NOT NULL,"
                + " unit TEXT NOT NULL, description TEXT NOT NULL, kind TEXT NOT NULL, monotonic INTEGER NOT NULL,"
                + " resource INTEGER NOT NULL, scope INTEGER NOT NULL, attributes TEXT NOT NULL,"
                + " updated INTEGER NOT NULL DEFAULT 0, base_start INTEGER, base_value REAL,"
                + " base_count INTEGER NOT NULL DEFAULT 0, base_buckets BLOB)");
        statement.execute("INSERT INTO flat SELECT s.id, s.key, f.name, f.unit, f.description, f.kind, f.monotonic, s.resource,"
                + " s.scope, f.attributes, s.updated, s.base_start, s.base_value, s.base_count, s.base_buckets"
                + " FROM series s JOIN family f ON f.id = s.family");
        for (String table : new String[] {"series", "family", "growth"}) {
            statement.execute("DROP TABLE " + table);
        }
        statement.execute("ALTER TABLE flat RENAME TO series");
        statement.execute("CREATE INDEX series_name ON series (name)");
        statement.execute("CREATE INDEX series_resource ON series (resource)");
        statement.execute("CREATE INDEX series_scope ON series (scope)");
    }
}
