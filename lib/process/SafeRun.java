package process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Runs a command to its end: within a time limit, with output that is capped, and with nothing of it left running
 * afterwards.
 */
public final class SafeRun {
    private SafeRun() {}

    /**
     * Runs a command and waits for it.
     *
     * @param limit after it the whole tree is ended
     * @param outputCap how many bytes of output are kept: the beginning and the end
     * @throws InterruptedException when the calling thread is interrupted; the whole tree has been ended then
     */
    public static Completed run(ProcessSpec spec, Duration limit, int outputCap) throws CannotStart, InterruptedException {
        long start = System.nanoTime();
        ChildProcess child = ChildProcess.start(spec, true);
        try {
            CappedOutput output = new CappedOutput(outputCap);
            Thread collector = new Thread(() -> collect(child.stdout(), output), "output-" + child.pid());
            collector.setDaemon(true);
            collector.start();
            boolean ended = child.waitFor(limit);
            Duration duration = Pause.since(start);
            OptionalInt exitCode = ended ? child.exitCode() : OptionalInt.empty();
            if (!ended) {
                child.end(ChildProcess.GRACE);
            }
            collector.join();
            child.close();
            return new Completed(exitCode, !ended, output.text(), output.truncated(), duration, child.leftBehind());
        } finally {
            child.close();
        }
    }

    private static void collect(InputStream in, CappedOutput output) {
        byte[] chunk = new byte[8192];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                output.add(chunk, n);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read a child's output", e);
        }
    }
}
