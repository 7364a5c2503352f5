package embedded.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limit for live series does not limit the number of stored runs. */
class SeriesLimitsTest {
    private Connection connection;
    private long now = TimeUnit.DAYS.toMillis(20_000);

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        connection.createStatement().execute("CREATE TABLE family (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
        connection.createStatement().execute("CREATE TABLE series (family INTEGER, updated INTEGER)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void whatEndedMakesRoomAfterAnHour() throws SQLException {
        fill("tokens", SeriesLimits.SERIES_OF_A_METRIC);
        SeriesLimits limits = limits();
        assertFalse(limits.admits("tokens"));
        assertTrue(limits.admits("cost"), "another metric has room");
        assertEquals(1, limits.refused());
        now += SeriesLimits.LIVING_MILLIS + 1;
        assertTrue(limits.admits("tokens"));
    }

    @Test
    void runsOfAMonthAreKeptThoughTheirSeriesAreMoreThanMayLive() throws SQLException {
        for (int hour = 0; hour < 12; hour++) {
            fill("tokens", SeriesLimits.SERIES_OF_A_METRIC - 1);
            assertTrue(limits().admits("tokens"), "hour " + hour);
            now += SeriesLimits.LIVING_MILLIS + 1;
        }
    }

    @Test
    void thereIsABoundForAllOfThemToo() throws SQLException {
        fill("tokens", SeriesLimits.STORED);
        now += SeriesLimits.LIVING_MILLIS + 1;
        assertFalse(limits().admits("tokens"));
    }

    private SeriesLimits limits() throws SQLException {
        return new SeriesLimits(connection, () -> now);
    }

    private void fill(String name, int count) throws SQLException {
        connection.createStatement().execute("INSERT OR IGNORE INTO family (name) VALUES ('" + name + "')");
        connection.createStatement().execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count
                + ") INSERT INTO series SELECT (SELECT id FROM family WHERE name = '" + name + "'), " + now + " FROM n");
    }
}
