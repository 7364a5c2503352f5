package embedded.store;

import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import contract.Failure;
import embedded.Signal;
import embedded.daemon.Running;
import embedded.intake.Load;
import embedded.page.PaRuns;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store's file: whose it is, how long things stay in it, and what happens when it is not what it should be. */
class StoreTest {
    private static final String TRACE = "0123456789abcdef0123456789abcdef";
    private static final long T0 = 1_760_000_000_000_000_000L;

    @TempDir
    Path folder;

    private void storeOne() throws Exception {
        try (Running engine = Running.in(folder)) {
            engine.send(traces("kept", span(TRACE, "00f067aa0ba902b7", "kept", T0, T0 + 1).build()));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

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
    void noticesDamageWhileItRunsAndMendsItWithTheNextStart() throws Exception {
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

    private static JsonObject health(Running engine) throws Exception {
        return JsonParser.parseString(engine.get("/api/health").body()).getAsJsonObject();
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
    void acknowledgesNothingIntoAFolderThatIsGone() throws Exception {
        Path data = folder.resolve("data");
        try (Running engine = Running.in(data)) {
            engine.send(Load.request(1, T0));
            for (String name : List.of("store.db", "store.db-wal", "store.db-shm", "lock")) {
                Files.deleteIfExists(data.resolve(name));
            }
            Files.delete(data);
            HttpResponse<byte[]> answer = engine.post(Signal.TRACES, Running.PROTOBUF, Load.request(2, T0).toByteArray());
            assertEquals(503, answer.statusCode());
            assertTrue(new String(answer.body()).contains("is gone"), new String(answer.body()));
            String ready = engine.get("/-/ready").body();
            assertTrue(ready.startsWith("the-token\n") && ready.contains("is gone"), ready);
            assertEquals("refusing", health(engine).get("state").getAsString());
            assertEquals(503, engine.post(Signal.TRACES, Running.PROTOBUF, Load.request(3, T0).toByteArray()).statusCode());
        }
    }

    @Test
    void saysWhenItCannotBeWritten() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", disk.toString())
                .redirectErrorStream(true).start().waitFor() == 0;
        assumeTrue(mounted, "a disk that becomes read-only needs the right to mount a tmpfs");
        try (Running engine = Running.in(disk.resolve("data"))) {
            engine.send(Load.request(1, T0));
            // With files open for writing the kernel refuses, so the folder is laid over by a read-only view of itself.
            assumeTrue(new ProcessBuilder("mount", "--bind", disk.toString(), disk.toString()).start().waitFor() == 0
                    && new ProcessBuilder("mount", "-o", "remount,bind,ro", disk.toString()).start().waitFor() == 0,
                    "bind mounts are not allowed here");
            engine.server.store().look();
            HttpResponse<byte[]> answer = engine.post(Signal.TRACES, Running.PROTOBUF, Load.request(2, T0).toByteArray());
            assertEquals(503, answer.statusCode());
            assertTrue(new String(answer.body()).contains("cannot be written"), new String(answer.body()));
            assertEquals(0, new ProcessBuilder("umount", disk.toString()).start().waitFor());
            engine.server.store().look();
            engine.send(Load.request(2, T0));
        } finally {
            new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
            new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
        }
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
    void setsAForeignFileAside() throws Exception {
        Files.writeString(folder.resolve("store.db"), "these are my recipes", StandardCharsets.UTF_8);
        try (Running engine = Running.in(folder)) {
            String aside = files().stream().filter(name -> name.startsWith("store.db.damaged-")).findFirst().orElseThrow();
            assertEquals("these are my recipes", Files.readString(folder.resolve(aside)));
            assertEquals(200, engine.get("/api/runs").statusCode());
        }
    }

    @Test
    void saysWhenTheFolderCannotBeUsed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Failure failure = assertThrows(Failure.class, () -> Running.in(file.resolve("below")).close());
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    }

    @Test
    void forgetsWhatIsTooOldByItsArrivalAndKeepsWhatHasAnOldClock() throws Exception {
        try (Running engine = Running.in(folder)) {
            for (PaRuns run : PaRuns.day(3, 1_000_000_000_000_000_000L)) {
                run.sendTo(engine);
            }
            Retention retention = new Retention(engine.server.store(), Duration.ofDays(1), Long.MAX_VALUE);
            long now = System.currentTimeMillis();
            retention.apply(now);
            assertEquals(4, engine.server.store().count("trace"), "of 2001 by their own clock, but they have just arrived");
            retention.apply(now + Duration.ofDays(2).toMillis());
            for (String table : List.of("trace", "span", "run", "run_model", "agent", "trace_service", "log", "point", "series",
                    "resource", "scope", "service", "last_use")) {
                assertEquals(0, engine.server.store().count(table), table);
            }
            assertEquals("[]", engine.get("/api/traces?text=OrderApiTest").body(), "not found any more either");
            PaRuns again = PaRuns.run(77, now * 1_000_000, "completed", 1, false);
            again.sendTo(engine);
            assertTrue(engine.get("/api/traces?text=" + again.session).body().contains(again.traceId));
        }
    }

    @Test
    void forgetsTheOldestWhenThereIsTooMuch() throws Exception {
        try (Running engine = Running.in(folder)) {
            for (int i = 0; i < 40; i++) {
                engine.send(Load.request(i, System.currentTimeMillis() * 1_000_000));
            }
            long full = engine.server.store().bytesUsed();
            new Retention(engine.server.store(), Duration.ofDays(1), full / 2).apply(System.currentTimeMillis());
            assertTrue(engine.server.store().bytesUsed() <= full / 2);
            long left = engine.server.store().count("trace");
            assertTrue(left > 40 * Load.TRACES_PER_REQUEST / 4 && left < 40 * Load.TRACES_PER_REQUEST * 3 / 4, "left: "
                    + left);
            assertTrue(engine.get("/api/traces?limit=1").body().contains("\"cursor\":" + 40 * Load.TRACES_PER_REQUEST));
        }
    }

    @Test
    void doesNotTakeWhatADiskHasNoRoomForAndGoesOnWhenItHas() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString())
                .redirectErrorStream(true).start().waitFor() == 0;
        assumeTrue(mounted, "a small disk needs the right to mount a tmpfs");
        try (Running engine = Running.in(disk.resolve("data"))) {
            int taken = 0;
            HttpResponse<byte[]> answer = null;
            for (int i = 0; i < 100; i++) {
                answer = engine.post(Signal.TRACES, Running.PROTOBUF, Load.request(i, T0).toByteArray());
                if (answer.statusCode() != 200) {
                    break;
                }
                taken++;
            }
            assertEquals(503, answer.statusCode(), "a client may send it again");
            assertTrue(answer.headers().firstValue("Retry-After").isPresent());
            assertTrue(new String(answer.body()).contains(disk.resolve("data") + " is full"), new String(answer.body()));
            assertTrue(engine.get("/-/ready").body().contains("is full"), "and stack status says it");
            assertEquals("refusing", health(engine).get("state").getAsString());
            assertEquals((long) taken * Load.SPANS_PER_REQUEST, engine.server.store().count("span"));
            assertEquals(200, engine.get("/api/traces").statusCode(), "what is there can be read");
            assertEquals(0, new ProcessBuilder("mount", "-o", "remount,size=30m", disk.toString()).start().waitFor());
            assertEquals(200, engine.post(Signal.TRACES, Running.PROTOBUF, Load.request(taken, T0).toByteArray())
                    .statusCode());
            assertEquals((taken + 1L) * Load.SPANS_PER_REQUEST, engine.server.store().count("span"));
            assertEquals("ready", health(engine).get("state").getAsString());
        } finally {
            new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
        }
    }
}
