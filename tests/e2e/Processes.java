package e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Checks whether a process has ended; a zombie counts as ended. */
final class Processes {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Processes() {}

    /** Waits for the end of each process whose id stands in a file. */
    static void awaitEndOfThoseIn(Path pids) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (String pid : Files.readString(pids).strip().split("\\s+")) {
            while (alive(Long.parseLong(pid))) {
                assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), "process " + pid + " is left behind");
                Thread.sleep(20);
            }
        }
    }

    private static boolean alive(long pid) {
        try {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)
                    && !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            // Where there is no /proc, a dead process is soon gone altogether.
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }
}
