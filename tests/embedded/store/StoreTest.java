package embedded.store;

import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Failure;
import embedded.daemon.Running;
import embedded.page.PaRuns;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The store's file: whose it is, and that it is taken over from a version before. */
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

    @Test
    void readsRunsAgainFromTheirSpansInAStoreThatKnewLessOfThem() throws Exception {
        List<PaRuns> runs = PaRuns.day(6, System.currentTimeMillis() * 1_000_000);
        String before;
        try (Running engine = Running.in(folder)) {
            for (PaRuns run : runs) {
                run.sendTo(engine);
            }
            before = engine.get("/api/runs?limit=200").body();
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                var statement = connection.createStatement()) {
            OlderStore.toFour(statement);
            statement.execute("CREATE TABLE old AS SELECT trace, session FROM run");
            for (String table : List.of("run", "run_model", "agent")) {
                statement.execute("DROP TABLE " + table);
            }
            statement.execute("DROP INDEX series_resource");
            statement.execute("DROP INDEX log_time");
            statement.execute("DROP TABLE last_use");
            statement.execute("DROP INDEX series_scope");
            statement.execute("ALTER TABLE old RENAME TO run");
            statement.execute("PRAGMA user_version=2");
        }
        try (Running engine = Running.in(folder)) {
            assertEquals(List.of(), engine.server.notices());
            assertEquals(settled(before), settled(engine.get("/api/runs?limit=200").body()));
            PaRuns more = PaRuns.run(99, System.currentTimeMillis() * 1_000_000, "completed", 2, false);
            more.sendTo(engine);
            assertTrue(engine.get("/api/runs").body().contains(more.traceId));
        }
    }

    /** Without what goes on while a run does. */
    private static String settled(String runs) {
        return runs.replaceAll("\"durationMs\":\\d+", "");
    }

    @Test
    void setsAFileOfAnotherVersionAside() throws Exception {
        storeOne();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version=99");
        }
        try (Running engine = Running.in(folder)) {
            assertTrue(files().stream().anyMatch(name -> name.startsWith("store.db.other-version-")), files().toString());
            assertTrue(engine.server.notices().get(0).contains("of another version"), engine.server.notices().toString());
        }
    }

    /** {@code store-v1.db.gz} was written by the version before: a day of three runs. */
    @Test
    void takesAStoreOfTheVersionBeforeAlong() throws Exception {
        Files.createDirectories(folder);
        try (InputStream old = new GZIPInputStream(Files.newInputStream(Path.of("tests/embedded/store/store-v1.db.gz")))) {
            Files.copy(old, folder.resolve("store.db"));
        }
        for (String each : List.of("brought up", "and opened again")) {
            try (Running engine = Running.in(folder)) {
                assertEquals(List.of(), engine.server.notices(), each);
                assertEquals(3, engine.server.store().count("trace"));
                assertEquals(200, engine.get("/api/traces/1c1277afb4064307d124d92de7567367").statusCode());
                assertTrue(engine.get("/api/runs").body().contains("20261124-2332"), each);
                assertTrue(engine.get("/api/metrics").body().contains("agentproxy_tasks_completed_total"));
                assertTrue(engine.server.store().count("point") > 0);
                assertEquals("ok", engine.server.store().<String>read(connection -> {
                    try (var statement = connection.createStatement();
                            var row = statement.executeQuery("PRAGMA integrity_check")) {
                        row.next();
                        return row.getString(1);
                    }
                }));
                engine.send(traces("new", span(TRACE, "00f067aa0ba902b7", "new", T0, T0 + 1).build()));
                assertEquals(200, engine.get("/api/traces/" + TRACE).statusCode());
            }
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                    var statement = connection.createStatement()) {
                statement.execute("DELETE FROM span WHERE trace > 3");
                statement.execute("DELETE FROM trace WHERE id > 3");
            }
        }
    }

    @Test
    void saysWhenTheFolderCannotBeUsed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Failure failure = assertThrows(Failure.class, () -> Running.in(file.resolve("below")).close());
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    }
}
