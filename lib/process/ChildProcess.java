package process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import process.CannotStart.Reason;

/**
 * A running command and all processes that it starts. After the command itself has ended, the remaining processes get a moment to
 * end, and are then ended; so both streams always come to an end. {@link #close} ends everything that still runs. If this JVM dies
 * before, the {@link Guardian} does it.
 *
 * <p>Thread-safe, except for the streams, which allow one reader each.
 */
public final class ChildProcess implements AutoCloseable {
    /** The time between SIGTERM and SIGKILL, in {@link #close} and for processes that outlive the command. */
    public static final Duration GRACE = Duration.ofSeconds(2);

    /** The time for processes that outlive the command to end by themselves. */
    private static final Duration LINGER = Duration.ofMillis(500);
    /** How long an empty pipe may stay open after all known writers are gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration SETTLING = Duration.ofMillis(5);
    private static final long FIRST_LOOK_MILLIS = 10;
    private static final long LOOK_MILLIS = 400;

    private final Process process;
    private final ProcessTree tree;
    private final String cookie;
    private final List<ChildOutput> outputs = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean closing;
    private volatile int leftBehind;

    private ChildProcess(Process process, ProcessTree tree, String cookie) {
        this.process = process;
        this.tree = tree;
        this.cookie = cookie;
    }

    /** Starts a command. A separate thread writes its standard input, so the caller does not wait for the command to read it. */
    public static ChildProcess start(ProcessSpec spec) throws CannotStart {
        return start(spec, false);
    }

    /** @param merged whether standard error is written to standard output, in the order of writing */
    static ChildProcess start(ProcessSpec spec, boolean merged) throws CannotStart {
        Launch launch = Launch.of(spec, merged);
        try {
            Guardian.instance().expect(launch.cookie());
        } catch (IOException e) {
            throw unguarded(e);
        }
        Process process;
        try {
            process = launch.start();
        } catch (CannotStart e) {
            Guardian.instance().over(launch.cookie());
            throw e;
        }
        ChildProcess child =
                new ChildProcess(process, new ProcessTree(process.toHandle(), launch.cookie()), launch.cookie());
        child.attend(spec.input(), merged);
        try {
            Guardian.instance().started(launch.cookie(), child.pid());
        } catch (IOException e) {
            child.close();
            throw unguarded(e);
        }
        return child;
    }

    private static CannotStart unguarded(IOException e) {
        return new CannotStart(Reason.OTHER, "cannot start the shell that guards child processes: " + e.getMessage(), "", e);
    }

    private void attend(byte[] input, boolean merged) {
        outputs.add(new ChildOutput());
        outputs.add(new ChildOutput());
        thread("stdout", () -> outputs.get(0).fill(process.getInputStream()));
        if (merged) {
            outputs.get(1).giveUp();
        } else {
            thread("stderr", () -> outputs.get(1).fill(process.getErrorStream()));
        }
        if (input.length == 0) {
            write(input);
        } else {
            thread("stdin", () -> write(input));
        }
        thread("watch", this::watch);
    }

    private void thread(String task, Runnable work) {
        Thread thread = new Thread(work, "child-" + pid() + "-" + task);
        thread.setDaemon(true);
        thread.start();
    }

    private void write(byte[] input) {
        try (OutputStream pipe = process.getOutputStream()) {
            pipe.write(input);
        } catch (IOException e) {
            // The child closed its standard input or ended before it read everything, which is allowed (EPIPE).
        }
    }

    private void watch() {
        try {
            long pause = FIRST_LOOK_MILLIS;
            while (!process.waitFor(pause, TimeUnit.MILLISECONDS)) {
                tree.look();
                pause = Math.min(2 * pause, LOOK_MILLIS);
            }
            long ended = System.nanoTime();
            boolean rest = !tree.living().isEmpty();
            while (rest && !closing && Pause.since(ended).compareTo(LINGER) < 0) {
                Thread.sleep(2 * FIRST_LOOK_MILLIS);
                rest = !tree.living().isEmpty();
            }
            leftBehind = rest ? tree.end(GRACE) : 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            Guardian.instance().over(cookie);
            outputs.forEach(ChildOutput::lastWords);
            over.countDown();
            while (!outputs.stream().allMatch(output -> output.endedOrSilentFor(PATIENCE))) {
                Pause.uninterrupted(SETTLING);
            }
        }
    }

    public long pid() {
        return process.pid();
    }

    /** The output of the command and its descendants; ends soon after the command, even if a process keeps the pipe open. */
    public InputStream stdout() {
        return outputs.get(0);
    }

    /** See {@link #stdout}. */
    public InputStream stderr() {
        return outputs.get(1);
    }

    /** Waits until the command itself ends. Returns whether it has ended. */
    public boolean waitFor(Duration limit) throws InterruptedException {
        return process.waitFor(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** The command's own exit code, once it has ended; 128+n when signal n killed it. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** The number of processes that outlived the command and had to be ended; final once {@link #close} has returned. */
    public int leftBehind() {
        return leftBehind;
    }

    /** Sends SIGINT to the command itself, not to its descendants: a request for an orderly end. */
    public void interrupt() {
        if (!process.isAlive()) {
            return;
        }
        try {
            // Java cannot send SIGINT. This uses the shell's own kill, because some containers have no separate program for it.
            new ProcessBuilder("/bin/sh", "-c", "kill -INT \"$1\"", "sh", Long.toString(pid()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start().getOutputStream().close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot send SIGINT to process " + pid(), e);
        }
    }

    /**
     * Ends the whole tree: SIGTERM to every process, and SIGKILL after {@code grace} to those that still live. Returns when no process
     * lives any more, and continues when the calling thread is interrupted.
     */
    public void end(Duration grace) {
        tree.end(grace);
    }

    /**
     * Ends the remaining processes of the tree, waits until they have ended, and lets readers of the streams come to the end. Output
     * in the streams' buffers (64 KiB each) can still be read.
     */
    @Override
    public void close() {
        closing = true;
        if (process.isAlive()) {
            tree.end(GRACE);
        }
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        while (!outputs.stream().allMatch(ChildOutput::settled)) {
            Pause.uninterrupted(SETTLING);
        }
        outputs.forEach(ChildOutput::giveUp);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
