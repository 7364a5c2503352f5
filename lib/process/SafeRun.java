package process;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Runs a command to its end: within a time limit, with a limit on its output, and with none of its processes left afterwards.
 */
public final class SafeRun {
    private SafeRun() {}

    /**
     * Runs a command and waits for it.
     *
     * @param limit after this time the whole tree is ended
     * @param outputCap how many bytes of output are kept: the beginning and the end
     * @throws InterruptedException when the calling thread is interrupted; the whole tree has been ended by then
     */
    public static Completed run(ProcessSpec spec, Duration limit, int outputCap) throws CannotStart, InterruptedException {
        long start = System.nanoTime();
        CapturedProcess child = CapturedProcess.start(spec, outputCap);
        try {
            boolean ended = child.waitFor(limit);
            Duration duration = Pause.since(start);
            OptionalInt exitCode = ended ? child.exitCode() : OptionalInt.empty();
            if (!ended) {
                child.end(ChildProcess.GRACE);
            }
            child.finish();
            child.close();
            return new Completed(exitCode, !ended, child.output(), child.truncated(), duration, child.leftBehind());
        } finally {
            child.close();
        }
    }
}
