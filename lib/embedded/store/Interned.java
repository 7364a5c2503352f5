package embedded.store;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Gives resources, scopes and service names their numbers, each stored once. Belongs to the writer's thread. */
final class Interned implements AutoCloseable {
    private static final int CACHED = 2048;
    private static final long CACHED_BYTES = 4L << 20;
    /** An entry of a cache beside its text. */
    private static final int ENTRY_BYTES = 200;
    /** As many different service names are kept. */
    static final int MAX_SERVICES = 2000;
    static final String OTHER_SERVICES = "(other services)";

    private final Table resources;
    private final Table scopes;
    private final Table services;

    Interned(Connection connection) throws SQLException {
        resources = new Table(connection, "resource", "body", "schema");
        scopes = new Table(connection, "scope", "body", "schema");
        services = new Table(connection, "service", "name");
    }

    /** @param schema the schema URL that came with it; part of what it is */
    long resource(byte[] body, String schema) throws SQLException {
        return resources.id(new Described(ByteString.copyFrom(body), schema), body, schema);
    }

    long scope(byte[] body, String schema) throws SQLException {
        return scopes.id(new Described(ByteString.copyFrom(body), schema), body, schema);
    }

    /** Beyond the bound all new names are one, so that a name for each request does not make a table of its own. */
    long service(String name) throws SQLException {
        Long known = services.known(name, name);
        if (known != null) {
            return known;
        }
        if (services.count() < MAX_SERVICES) {
            return services.id(name, name);
        }
        return services.id(OTHER_SERVICES, OTHER_SERVICES);
    }

    private record Described(ByteString body, String schema) {
        long bytes() {
            return body.size() + 2L * schema.length() + ENTRY_BYTES;
        }
    }

    /** After a rollback, or when entries were removed, numbers that were given are not valid any more. */
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
        private final WeighedCache<Object, Long> cache = new WeighedCache<>(CACHED, CACHED_BYTES, (key, id) ->
                key instanceof Described described ? described.bytes() : 2L * key.toString().length() + ENTRY_BYTES);
        private final PreparedStatement select;
        private final PreparedStatement insert;
        private final PreparedStatement count;

        Table(Connection connection, String table, String... columns) throws SQLException {
            String condition = String.join(" = ? AND ", columns) + " = ?";
            select = connection.prepareStatement("SELECT id FROM " + table + " WHERE " + condition);
            insert = connection.prepareStatement("INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                    + "?, ".repeat(columns.length - 1) + "?) RETURNING id");
            count = connection.prepareStatement("SELECT count(*) FROM " + table);
        }

        long id(Object key, Object... values) throws SQLException {
            Long id = known(key, values);
            if (id == null) {
                id = Bind.number(Bind.to(insert, values), -1);
                cache.put(key, id);
            }
            return id;
        }

        /** Null when it is not stored yet. */
        Long known(Object key, Object... values) throws SQLException {
            Long known = cache.get(key);
            if (known == null) {
                long found = Bind.number(Bind.to(select, values), -1);
                if (found >= 0) {
                    cache.put(key, found);
                    known = found;
                }
            }
            return known;
        }

        long count() throws SQLException {
            return Bind.number(count, 0);
        }

        void close() throws SQLException {
            select.close();
            insert.close();
            count.close();
        }
    }
}
