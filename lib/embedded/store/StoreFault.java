package embedded.store;

import embedded.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Why a file that is there cannot be used as the store. */
enum StoreFault {
    /** Pages of it do not read. */
    DAMAGED("damaged", "was damaged"),
    FOREIGN("foreign", "was not a store of this program"),
    /** Written by a newer program, or by one older than the version before. */
    OTHER_VERSION("other-version", "was of another version");

    /** In the name of the file that is set aside. */
    final String word;
    final String sentence;

    StoreFault(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    /** Whether the file is only busy. That is no damage. */
    static boolean isBusy(SQLException e) {
        return is(e, SQLiteErrorCode.SQLITE_BUSY, SQLiteErrorCode.SQLITE_LOCKED);
    }

    static boolean isDamage(SQLException e) {
        return is(e, SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB);
    }

    static boolean is(Throwable e, SQLiteErrorCode... codes) {
        if (e instanceof SQLiteException sqlite) {
            int primary = sqlite.getResultCode().code & 0xff;
            for (SQLiteErrorCode code : codes) {
                if (code.code == primary) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Looks at a file and brings an older one up to this version.
     *
     * @param thorough whether every page is read, which takes a second for each gigabyte or so
     * @return empty when it can be used
     * @throws SQLException when it cannot be told, as when another program holds it
     */
    static Optional<StoreFault> of(Connection connection, boolean thorough) throws SQLException {
        try {
            if (Schema.pragma(connection, "application_id") != Schema.APPLICATION_ID) {
                return Optional.of(FOREIGN);
            }
            long version = Schema.pragma(connection, "user_version");
            if (version != Schema.VERSION && version != Migration.FROM) {
                return Optional.of(OTHER_VERSION);
            }
            if (thorough && !isSound(connection)) {
                return Optional.of(DAMAGED);
            }
            if (version < Schema.VERSION) {
                Log.info("bringing the store from schema " + version + " to " + Schema.VERSION + " ("
                        + (Schema.bytesUsed(connection) >> 20) + " MiB)");
                Migration.run(connection);
            }
            new Transaction(connection, new LiveSeries()).forget(); // prepares every statement: all tables are there
            return Optional.empty();
        } catch (SQLException e) {
            Log.warn("the store does not open: " + e.getMessage());
            if (isDamage(e) || is(e, SQLiteErrorCode.SQLITE_ERROR)) {
                return Optional.of(DAMAGED);
            }
            throw e;
        }
    }

    /** Reads every page; an index that does not fit its table is found too. */
    static boolean isSound(Connection connection) throws SQLException {
        try {
            return "ok".equals(Schema.check(connection, "quick_check(1)"));
        } catch (SQLException e) {
            if (isDamage(e)) {
                return false;
            }
            throw e;
        }
    }
}
