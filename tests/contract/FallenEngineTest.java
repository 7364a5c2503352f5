package contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traces of a crashed engine are reported only to a sender that cannot reach it. */
class FallenEngineTest {
    @TempDir Path home;
    private Map<String, String> environment;
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        environment = Map.of("HOME", home.toString());
        folder = Files.createDirectories(home.resolve(".local/state/agentproxy/embedded"));
    }

    private void left(long pid, Instant started) throws IOException {
        Files.writeString(folder.resolve(FallenEngine.STATE_FILE), "pid=" + pid + "\nstarted=" + started
                + "\nport.otlp-grpc=4317\nport.otlp-http=4318\nport.metrics=8889\n");
    }

    /** A process that has ended, and whose number nobody else has with that beginning. */
    private static long dead() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void saysThatItWasKilled() throws Exception {
        long pid = dead();
        left(pid, Instant.now());
        assertEquals(Optional.of("the embedded engine that listened there did not stop in order: it was killed (pid " + pid
                + "); 'stack up' starts it again"), FallenEngine.at("http://localhost:4318", environment));
        assertTrue(FallenEngine.at("http://127.0.0.1:4317/v1/traces", environment).isPresent());
        assertTrue(FallenEngine.isLeft(environment));
    }

    @Test
    void saysOfWhatItDied() throws Exception {
        left(dead(), Instant.now());
        Files.writeString(folder.resolve(FallenEngine.CONSOLE_FILE),
                "Terminating due to java.lang.OutOfMemoryError: Java heap space\n");
        String why = FallenEngine.at("http://localhost:4318", environment).orElseThrow();
        assertTrue(why.contains("it died (pid ") && why.contains("OutOfMemoryError"), why);
    }

    @Test
    void looksWhereTheEngineWasStartedAlsoWhenSessionsAreKeptElsewhere() throws Exception {
        left(dead(), Instant.now());
        assertTrue(FallenEngine.at("http://localhost:4318", Map.of("HOME", home.toString(), Variables.STATE_DIR,
                home.resolve("elsewhere").toString())).isPresent());
    }

    @Test
    void saysNothingOfAnEngineThatRunsOrOfAnotherReceiver() throws Exception {
        Process engine = new ProcessBuilder("sh", "-c", "read end", EngineProcess.MAIN_CLASS, folder.toString()).start();
        left(engine.pid(), engine.info().startInstant().orElse(Instant.now()));
        assertEquals(Optional.empty(), FallenEngine.at("http://localhost:4318", environment), "it runs");
        engine.destroyForcibly().waitFor();
        ProcessHandle own = ProcessHandle.current();
        left(own.pid(), own.info().startInstant().orElse(Instant.now()));
        assertTrue(FallenEngine.at("http://localhost:4318", environment).isPresent(), "another process has its number");
        left(dead(), Instant.now());
        assertEquals(Optional.empty(), FallenEngine.at("http://localhost:14318", environment), "another port");
        assertEquals(Optional.empty(), FallenEngine.at("http://192.0.2.1:4318", environment), "another machine");
        assertEquals(Optional.empty(), FallenEngine.at("no address", environment));
        Files.writeString(folder.resolve(FallenEngine.STATE_FILE), "something else\n");
        assertEquals(Optional.empty(), FallenEngine.at("http://localhost:4318", environment), "of another version");
        Files.delete(folder.resolve(FallenEngine.STATE_FILE));
        assertEquals(Optional.empty(), FallenEngine.at("http://localhost:4318", environment), "stopped in order");
        assertFalse(FallenEngine.isLeft(environment));
    }
}
