package embedded.intake;

import embedded.daemon.Running;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One engine for the requests of a class of tests. */
abstract class IntakeLab {
    static final long T0 = 1_760_000_000_000_000_000L;
    static final String SPAN_ID = "00f067aa0ba902b7";

    @TempDir
    static Path folder;

    static Running engine;

    @BeforeAll
    static void start() throws Exception {
        engine = Running.in(folder);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    static String traceId() {
        byte[] id = new byte[16];
        new Random().nextBytes(id);
        return java.util.HexFormat.of().formatHex(id);
    }

    static String trace(String id) throws Exception {
        return engine.get("/api/traces/" + id).body();
    }
}
