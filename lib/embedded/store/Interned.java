package embedded.store;

import com.google.protobuf.ByteString;
import embedded.Json;
import embedded.model.SeriesKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Gives resources, scopes, service names and families of series their numbers, each stored once. A family is what series of
 * different processes have in common: name, unit, kind and attributes. It is what a chart shows as one line; each run of pa adds
 * series to the same families. Belongs to the writer's thread.
 */
final class Interned {
    private static final int CACHED = 20_000;
    private static final long CACHED_BYTES = 4L << 20;
    /** An entry of a cache beside its text. */
    private static final int ENTRY_BYTES = 200;
    /** As many different service names are kept. */
    static final int MAX_SERVICES = 2000;
    static final String OTHER_SERVICES = "(other services)";

    private final Table resources;
    private final Table scopes;
    private final Table services;
    private final Table families;

    Interned(Connection connection) throws SQLException {
        resources = new Table(connection, "resource", 2, "body", "schema");
        scopes = new Table(connection, "scope", 2, "body", "schema");
        services = new Table(connection, "service", 1, "name");
        families = new Table(connection, "family", 1, "key", "name", "unit", "description", "kind", "monotonic", "attributes");
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
        return known != null ? known : services.count() < MAX_SERVICES ? services.insert(name, name)
                : services.id(OTHER_SERVICES, OTHER_SERVICES);
    }

    long family(SeriesKey key) throws SQLException {
        byte[] digest = key.familyDigest();
        ByteString cached = ByteString.copyFrom(digest);
        Long known = families.known(cached, digest);
        return known != null ? known : families.insert(cached, digest, key.name(), key.unit(), key.description(),
                key.kind().name(), key.monotonic(), Json.write(key.attributes()));
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
        families.cache.clear();
    }

    private static final class Table {
        private final WeighedCache<Object, Long> cache = new WeighedCache<>(CACHED, CACHED_BYTES, (key, id) ->
                key instanceof Described described ? described.bytes() : key instanceof String name
                        ? 2L * name.length() + ENTRY_BYTES : ENTRY_BYTES);
        private final PreparedStatement select;
        private final PreparedStatement insert;
        private final PreparedStatement count;

        /** @param keys how many of the columns, the first ones, tell an entry from the others */
        Table(Connection connection, String table, int keys, String... columns) throws SQLException {
            String condition = String.join(" = ? AND ", List.of(columns).subList(0, keys)) + " = ?";
            select = connection.prepareStatement("SELECT id FROM " + table + " WHERE " + condition);
            insert = connection.prepareStatement("INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                    + "?, ".repeat(columns.length - 1) + "?) RETURNING id");
            count = connection.prepareStatement("SELECT count(*) FROM " + table);
        }

        /** Of a table whose columns are all keys. */
        long id(Object key, Object... values) throws SQLException {
            Long id = known(key, values);
            return id == null ? insert(key, values) : id;
        }

        long insert(Object key, Object... values) throws SQLException {
            long id = Bind.number(Bind.to(insert, values), -1);
            cache.put(key, id);
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
    }
}
