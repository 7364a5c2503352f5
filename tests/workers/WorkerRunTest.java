package workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import agent.RunListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import process.ProcessSpec;

class WorkerRunTest {
    private static final WorkerLimits PATIENT = new WorkerLimits(Duration.ofMinutes(5), Duration.ofMinutes(5));

    /** A reader that does not come to an end, as one that adds up 1e9999999 did: the program has long ended. */
    @Test
    void aSignalEndsARoundWhoseReaderHangs() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        Interruption interruption = new Interruption();
        Thread signal = new Thread(() -> {
            try {
                reading.await();
            } catch (InterruptedException e) {
                return;
            }
            interruption.request(15);
        });
        signal.start();
        WorkerRun.End end = run("echo x", PATIENT, new Bounds(interruption, Instant.MAX), line -> {
            reading.countDown();
            forEver();
            return "never";
        }, new ArrayList<>());
        signal.join();
        assertEquals(Optional.of(Stop.INTERRUPTED), end.stop());
    }

    @Test
    void aLimitEndsARoundWhoseReaderHangs() throws Exception {
        WorkerRun.End end = run("echo x", new WorkerLimits(Duration.ofMinutes(5), Duration.ofSeconds(1)), Bounds.none(), line -> {
            forEver();
            return "never";
        }, new ArrayList<>());
        assertEquals(Optional.of(Stop.TOTAL), end.stop());
    }

    @Test
    void aDefectAtOneLineLosesThatLineOnly() throws Exception {
        List<String> lines = new ArrayList<>();
        WorkerRun.End end = run("echo one; echo two; echo three", PATIENT, Bounds.none(), line -> {
            line.finish();
            if (line.head().equals("two")) {
                throw new NumberFormatException("a defect");
            }
            return line.head();
        }, lines);
        assertEquals(List.of("one", "three"), lines);
        assertEquals(0, end.exitCode().orElseThrow());
        assertTrue(end.stop().isEmpty());
    }

    private static WorkerRun.End run(String script, WorkerLimits limits, Bounds bounds, LineParser<String> parser,
            List<String> lines) throws Exception {
        ProcessSpec spec = new ProcessSpec(List.of("/bin/sh", "-c", script), Path.of("").toAbsolutePath(),
                Map.of("PATH", System.getenv("PATH")), new byte[0]);
        return new WorkerRun<String>(spec, limits, bounds).run(parser, RunListener.NONE, arrival -> lines.add(arrival.line()));
    }

    /** Neither a signal nor an interruption of the thread ends it. */
    private static void forEver() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // That is what it stands for.
            }
        }
    }
}
