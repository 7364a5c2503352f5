package process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A child whose output is collected while it runs: standard output and standard error in the order in which they are
 * written, capped. Thread-safe.
 */
public final class CapturedProcess implements AutoCloseable {
    private final ChildProcess child;
    private final CappedOutput output;
    private final Thread collector;

    private CapturedProcess(ChildProcess child, int outputCap) {
        this.child = child;
        output = new CappedOutput(outputCap);
        collector = new Thread(() -> collect(child.stdout()), "output-" + child.pid());
        collector.setDaemon(true);
        collector.start();
    }

    /** @param outputCap how many bytes of output are kept: the beginning and the end */
    public static CapturedProcess start(ProcessSpec spec, int outputCap) throws CannotStart {
        return new CapturedProcess(ChildProcess.start(spec, true), outputCap);
    }

    private void collect(InputStream in) {
        byte[] chunk = new byte[8192];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                synchronized (output) {
                    output.add(chunk, n);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read a child's output", e);
        }
    }

    public long pid() {
        return child.pid();
    }

    /** Waits for the command itself to end. Returns whether it has. */
    public boolean waitFor(Duration limit) throws InterruptedException {
        return child.waitFor(limit);
    }

    /** See {@link ChildProcess#exitCode}. */
    public OptionalInt exitCode() {
        return child.exitCode();
    }

    /** What was written so far; complete once {@link #close} has returned. */
    public String output() {
        synchronized (output) {
            return output.text();
        }
    }

    /** Whether something was left out of {@link #output}. */
    public boolean truncated() {
        synchronized (output) {
            return output.truncated();
        }
    }

    /** See {@link ChildProcess#leftBehind}. */
    public int leftBehind() {
        return child.leftBehind();
    }

    /** See {@link ChildProcess#end}. */
    public void end(Duration grace) {
        child.end(grace);
    }

    /** Waits until the output of a command that has ended is complete: until all who could write have ended. */
    void finish() throws InterruptedException {
        collector.join();
    }

    /** Ends what still lives of the tree, and takes in what it wrote last. */
    @Override
    public void close() {
        if (child.exitCode().isEmpty()) {
            child.end(ChildProcess.GRACE);
        }
        boolean interrupted = false;
        while (collector.isAlive()) {
            try {
                collector.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        child.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
