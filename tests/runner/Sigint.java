package runner;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/**
 * Whether programs that a test starts can be interrupted. Who starts the tests in the background has SIGINT ignored, every
 * child inherits that, and nothing but a new start can undo it; {@code make test} does so, by env or by Perl.
 */
public final class Sigint {
    private Sigint() {}

    /** Skips the test, with the reason, where SIGINT is ignored. */
    public static void assumeItArrives() {
        Assumptions.assumeTrue(arrives(), "SIGINT is ignored here, as for programs in the background; make test undoes that");
    }

    static boolean arrives() {
        try {
            Process shell = new ProcessBuilder("sh", "-c", "kill -INT $$; exit 7").start();
            return shell.waitFor() != 7;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
