package workers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a child's stderr to its end on a separate thread and keeps the last part. */
public final class OutputTail {
    private static final int KEPT = 8 << 10;

    private final byte[] ring = new byte[KEPT];
    private final Thread thread;
    private long total;
    private volatile long lastOutput = System.nanoTime();

    public OutputTail(InputStream output) {
        thread = new Thread(() -> read(output), "worker-stderr");
        thread.setDaemon(true);
        thread.start();
    }

    /** The time of the last output, of {@link System#nanoTime}; the start time when there was none. */
    public long lastOutput() {
        return lastOutput;
    }

    /** The output, or its last part. Waits a short time for the rest. */
    public String text(long waitMillis) {
        try {
            thread.join(waitMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return tail();
    }

    private synchronized String tail() {
        int kept = (int) Math.min(total, KEPT);
        byte[] bytes = new byte[kept];
        for (int i = 0; i < kept; i++) {
            bytes[i] = ring[(int) ((total - kept + i) % KEPT)];
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        return total > KEPT ? "…" + text : text;
    }

    private void read(InputStream output) {
        byte[] buffer = new byte[4096];
        try (output) {
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                keep(buffer, count);
                lastOutput = System.nanoTime();
            }
        } catch (IOException e) {
            // The stream was closed during a read: keep what was read.
        }
    }

    private synchronized void keep(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            ring[(int) ((total + i) % KEPT)] = bytes[i];
        }
        total += count;
    }
}
