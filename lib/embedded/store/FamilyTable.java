package embedded.store;

import com.google.protobuf.ByteString;
import embedded.Json;
import embedded.model.SeriesKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Gives families of series their numbers. A family is what series of different processes have in common: name, unit, kind and
 * attributes. It is what a chart shows as one line; each run of pa adds series to the same families. Belongs to the writer's
 * thread.
 */
final class FamilyTable implements AutoCloseable {
    static final String INSERT = "INSERT INTO family (key, name, unit, description, kind, monotonic, attributes)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final int CACHED = 20_000;
    private static final long CACHED_BYTES = 4L << 20;
    private static final int ENTRY_BYTES = 200;

    private final PreparedStatement find;
    private final PreparedStatement insert;
    private final WeighedCache<ByteString, Long> cache = new WeighedCache<>(CACHED, CACHED_BYTES, (key, id) -> ENTRY_BYTES);

    FamilyTable(Connection connection) throws SQLException {
        find = connection.prepareStatement("SELECT id FROM family WHERE key = ?");
        insert = connection.prepareStatement(INSERT + " RETURNING id");
    }

    /** The number of the family of a series; a new one is stored. */
    long id(SeriesKey key) throws SQLException {
        byte[] digest = key.familyDigest();
        Long known = cache.get(ByteString.copyFrom(digest));
        if (known != null) {
            return known;
        }
        long id = Bind.number(Bind.to(find, digest), -1);
        if (id < 0) {
            id = Bind.number(Bind.to(insert, digest, key.name(), key.unit(), key.description(), key.kind().name(),
                    key.monotonic(), Json.write(key.attributes())), -1);
        }
        cache.put(ByteString.copyFrom(digest), id);
        return id;
    }

    /** After a rollback, or when families were removed, numbers that were given are not valid any more. */
    void forget() {
        cache.clear();
    }

    @Override
    public void close() throws SQLException {
        find.close();
        insert.close();
    }
}
