package embedded.store;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives resources, scopes and service names their numbers, each stored once. Belongs to the writer's thread. */
final class Interned implements AutoCloseable {
    private static final int CACHED = 2048;

    private final Table resources;
    private final Table scopes;
    private final Table services;

    Interned(Connection connection) throws SQLException {
        resources = new Table(connection, "resource", "body");
        scopes = new Table(connection, "scope", "body");
        services = new Table(connection, "service", "name");
    }

    long resource(byte[] body) throws SQLException {
        return resources.id(ByteString.copyFrom(body), body);
    }

    long scope(byte[] body) throws SQLException {
        return scopes.id(ByteString.copyFrom(body), body);
    }

    long service(String name) throws SQLException {
        return services.id(name, name);
    }

    /** After a rollback numbers that were given are not valid any more. */
    void forget() {
        resources.cache.clear();
        scopes.cache.clear();
        services.cache.clear();
    }

    @Override
    public void close() throws SQLException {
        resources.close();
        scopes.close();
        services.close();
    }

    private static final class Table {
        private final Map<Object, Long> cache = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
                return size() > CACHED;
            }
        };
        private final PreparedStatement select;
        private final PreparedStatement insert;

        Table(Connection connection, String table, String column) throws SQLException {
            select = connection.prepareStatement("SELECT id FROM " + table + " WHERE " + column + " = ?");
            insert = connection.prepareStatement("INSERT INTO " + table + " (" + column + ") VALUES (?) RETURNING id");
        }

        long id(Object key, Object value) throws SQLException {
            Long known = cache.get(key);
            if (known != null) {
                return known;
            }
            Long id = one(select, value);
            if (id == null) {
                id = one(insert, value);
            }
            cache.put(key, id);
            return id;
        }

        private static Long one(PreparedStatement statement, Object value) throws SQLException {
            statement.setObject(1, value);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Long.valueOf(row.getLong(1)) : null;
            }
        }

        void close() throws SQLException {
            select.close();
            insert.close();
        }
    }
}
