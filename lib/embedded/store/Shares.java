package embedded.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much of the store each kind of signal takes, and which has to give way when it is too large: only a kind that takes more than
 * its share, so that a flood of one pushes no other out. A kind may take more as long as the others leave it room.
 */
final class Shares {
    /** A kind of signal. */
    enum Kind {
        TRACES(2), LOGS(4), POINTS(4);

        /** It is left the store's size divided by this. */
        private final long divisor;

        Kind(long divisor) {
            this.divisor = divisor;
        }
    }

    private final Map<Kind, Long> bytes = new EnumMap<>(Kind.class);
    private final long all;

    private Shares(long all) {
        this.all = all;
    }

    /**
     * Adds up pages of tables and indexes; reads all of the file.
     *
     * @param all bytes that the store may have
     */
    static Shares measure(Connection connection, long all) throws SQLException {
        Shares shares = new Shares(all);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT s.tbl_name, sum(d.pgsize) FROM dbstat d JOIN sqlite_schema s"
                        + " ON s.name = d.name WHERE d.aggregate = 1 GROUP BY s.tbl_name")) {
            while (row.next()) {
                String table = row.getString(1);
                long size = row.getLong(2);
                switch (table) {
                    case "point", "series", "family", "growth" -> shares.add(Kind.POINTS, size);
                    case "trace", "span", "trace_service", "run", "run_model", "agent" -> shares.add(Kind.TRACES, size);
                    case "log" -> shares.add(Kind.LOGS, size);
                    default -> {
                        // FTS5 keeps its tables under names that begin like its own. The rest is shared by all kinds.
                        if (table.startsWith("log_words")) {
                            shares.add(Kind.LOGS, size);
                        } else if (table.startsWith("words")) {
                            shares.add(Kind.TRACES, size);
                        }
                    }
                }
            }
        }
        return shares;
    }

    private void add(Kind kind, long more) {
        bytes.merge(kind, more, Long::sum);
    }

    /** Some of a kind was removed, and so much became free. */
    void freed(Kind kind, long less) {
        add(kind, -less);
    }

    /** Whether it takes more than its share. */
    boolean isOver(Kind kind) {
        return bytes.getOrDefault(kind, 0L) > all / kind.divisor;
    }
}
