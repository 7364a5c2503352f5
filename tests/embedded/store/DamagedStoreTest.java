package embedded.store;

import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Failure;
import embedded.daemon.Running;
import embedded.intake.Load;
import embedded.page.PaRuns;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/** A store's file that is damaged, or not a store, or only looks so. */
class DamagedStoreTest extends StoreLab {
    @Test
    void setsADamagedFileAside() throws Exception {
        storeOne();
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("store.db").toFile(), "rw")) {
            file.seek(100);
            file.write(new byte[4000]);
        }
        try (Running engine = Running.in(folder)) {
            assertTrue(files().stream().anyMatch(name -> name.startsWith("store.db.damaged-")), files().toString());
            assertTrue(engine.server.notices().get(0).contains("was damaged"), engine.server.notices().toString());
            engine.send(traces("new", span(TRACE, "00f067aa0ba902b7", "new", T0, T0 + 1).build()));
            assertEquals(200, engine.get("/api/traces/" + TRACE).statusCode());
        }
    }

    @Test
    void noticesDamageWhileItRunsAndRepairsItWithTheNextStart() throws Exception {
        storeOne();
        Files.writeString(folder.resolve("suspect"), "");
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("store.db").toFile(), "rw")) {
            // A page in the middle, of an index or a table that opening does not look at.
            long page = file.length() / 8192 - 3;
            file.seek(page * 8192);
            file.write(new byte[8192]);
        }
        try (Running engine = Running.in(folder)) {
            assertTrue(files().stream().anyMatch(name -> name.startsWith("store.db.damaged-")), files().toString());
            assertFalse(Files.exists(folder.resolve("suspect")));
            assertFalse(engine.server.notices().isEmpty());
        }
    }

    @Test
    void findsDamagedPagesWhenItOpensAndTakesAlongWhatCanBeRead() throws Exception {
        long sent = 0;
        try (Running engine = Running.in(folder)) {
            for (; sent < 30; sent++) {
                engine.send(Load.request(sent, T0));
            }
            PaRuns.run(1, T0, "completed", 1, false).sendTo(engine);
        }
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("store.db").toFile(), "rw")) {
            long pages = file.length() / 8192;
            for (long page : new long[] {pages / 3, pages / 2}) {
                file.seek(page * 8192);
                file.write(new byte[8192]);
            }
        }
        try (Running engine = Running.in(folder)) {
            String notice = engine.server.notices().get(0);
            assertTrue(notice.contains("was damaged") && notice.contains("Saved from it: "), notice);
            assertTrue(files().stream().anyMatch(name -> name.startsWith("store.db.damaged-")), files().toString());
            long spans = engine.server.store().count("span");
            assertTrue(spans > sent * Load.SPANS_PER_REQUEST / 4 && spans < sent * Load.SPANS_PER_REQUEST + 100, notice);
            assertEquals("ready", health(engine).get("state").getAsString());
            engine.send(traces("new", span(TRACE, "00f067aa0ba902b7", "new", T0, T0 + 1).build()));
            assertEquals(200, engine.get("/api/traces/" + TRACE).statusCode());
            assertTrue(engine.get("/api/traces?limit=200").body().length() > 1000);
        }
    }

    @Test
    void aFileThatIsBusyIsNotDamaged() throws Exception {
        storeOne();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                var statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode=EXCLUSIVE");
            statement.execute("BEGIN EXCLUSIVE");
            statement.execute("UPDATE trace SET updated = updated");
            Failure failure = assertThrows(Failure.class, () -> Running.in(folder).close());
            assertTrue(failure.getMessage().contains("is held by"), failure.getMessage());
            assertTrue(failure.hint().contains("nothing is wrong with the store"), failure.hint());
            statement.execute("ROLLBACK");
        }
        assertTrue(files().stream().noneMatch(name -> name.contains("damaged")), files().toString());
        try (Running engine = Running.in(folder)) {
            assertEquals(200, engine.get("/api/traces/" + TRACE).statusCode());
        }
    }

    @Test
    void setsAForeignFileAside() throws Exception {
        Files.writeString(folder.resolve("store.db"), "these are my recipes", StandardCharsets.UTF_8);
        try (Running engine = Running.in(folder)) {
            String aside = files().stream().filter(name -> name.startsWith("store.db.damaged-")).findFirst().orElseThrow();
            assertEquals("these are my recipes", Files.readString(folder.resolve(aside)));
            assertEquals(200, engine.get("/api/runs").statusCode());
        }
    }
}
