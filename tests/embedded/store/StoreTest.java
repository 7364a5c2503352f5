package embedded.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Failure;
import embedded.daemon.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store's file: whose it is, and that one of another version is set aside. */
class StoreTest extends StoreLab {
    @Test
    void keepsWhatItHasOverARestartAndIsReadByItsOwnerOnly() throws Exception {
        storeOne();
        assertEquals(List.of("lock", "store.db"), files());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("store.db"))));
        try (Running engine = Running.in(folder)) {
            assertEquals(200, engine.get("/api/traces/" + TRACE).statusCode());
            for (String name : files()) {
                if (name.startsWith("store.db")) {
                    assertEquals("rw-------",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))), name);
                }
            }
        }
    }

    @Test
    void isOfOneProcessAtATime() throws Exception {
        try (Running engine = Running.in(folder)) {
            Failure failure = assertThrows(Failure.class, () -> Running.in(folder).close());
            assertTrue(failure.getMessage().contains("another process"), failure.getMessage());
            assertEquals(200, engine.get("/api/traces").statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Migration.FROM - 1, Schema.VERSION + 1})
    void setsAFileOfAnotherVersionAside(int version) throws Exception {
        storeOne();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version=" + version);
        }
        try (Running engine = Running.in(folder)) {
            assertTrue(files().stream().anyMatch(name -> name.startsWith("store.db.other-version-")), files().toString());
            assertTrue(engine.server.notices().get(0).contains("of another version"), engine.server.notices().toString());
        }
    }

    @Test
    void saysWhenTheFolderCannotBeUsed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Failure failure = assertThrows(Failure.class, () -> Running.in(file.resolve("below")).close());
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    }
}
