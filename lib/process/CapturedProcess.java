package process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A child process with its output collected during the run: standard output and standard error in the order of writing, up to a
 * limit. Thread-safe.
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

    /** Waits until the command itself ends. Returns whether it has ended. */
    public boolean waitFor(Duration limit) throws InterruptedException {
        return child.waitFor(limit);
    }

    /** See {@link ChildProcess#exitCode}. */
    public OptionalInt exitCode() {
        return child.exitCode();
    }

    /** The output so far; complete once {@link #close} has returned. */
    public String output() {
        synchronized (output) {
            return output.text();
        }
    }

    /** Whether a part is missing from {@link #output}. */
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

    /** Waits until the output of an ended command is complete: until every process that could write has ended. */
    void finish() throws InterruptedException {
        collector.join();
    }

    /** Ends the remaining processes of the tree and collects their last output. */
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
