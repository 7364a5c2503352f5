package process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** What the tests of this room share. */
final class Shell {
    static final Duration LONG = Duration.ofSeconds(60);

    private Shell() {}

    /** A script for {@code sh}, with this machine's PATH and nothing else. */
    static ProcessSpec script(Path directory, String script) {
        return ProcessSpec.of(List.of("sh", "-c", script), directory, environment());
    }

    static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv("PATH"));
        return environment;
    }

    /** Waits until something is so; fails after a time that is long also on a busy machine. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Pause.since(start).compareTo(LONG) > 0) {
                throw new AssertionError("not within " + LONG + ": " + what);
            }
            Thread.sleep(20);
        }
    }

    static boolean lives(long pid) {
        return ProcessHandle.of(pid).map(process -> new ProcessTree(process, "no such cookie").living().contains(process))
                .orElse(false);
    }
}
