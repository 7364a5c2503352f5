package embedded.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import embedded.Signal;
import embedded.daemon.Running;
import embedded.intake.Load;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Acknowledgements and messages when the disk cannot store the data. */
class StoreDiskTest extends StoreLab {
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
