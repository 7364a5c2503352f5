package containers;

import contract.ExitCode;
import contract.Failure;
import contract.StateFolders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import services.Progress;

/**
 * One command at a time changes a stack. The lock is the operating system's, on a file: it goes with the process, whatever
 * way that ends. The file holds who has it, for whoever waits.
 */
final class StackLock implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private final RandomAccessFile file;
    private final FileLock lock;

    private StackLock(RandomAccessFile file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /** Waits for it, telling who has it. @throws Failure when that takes longer than patience */
    static StackLock take(String stack, String verb, Duration patience, Map<String, String> environment, Progress progress)
            throws InterruptedException {
        Path path = StateFolders.state(environment).resolve("stack-" + stack + ".lock");
        try {
            Files.createDirectories(path.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            long deadline = System.nanoTime() + patience.toNanos();
            boolean told = false;
            FileLock lock;
            while ((lock = tryLock(file)) == null) {
                String holder = Files.readString(path).strip();
                if (System.nanoTime() > deadline) {
                    file.close();
                    throw new Failure("another command works on this stack: " + holder, "wait for it, or end it",
                            ExitCode.ERROR);
                }
                // Whoever has just taken it may not have written its name yet: asked again at the next look.
                if (!told && !holder.isEmpty()) {
                    progress.step("stack", "waiting for another command: " + holder);
                    told = true;
                }
                Thread.sleep(POLL_MILLIS);
            }
            file.setLength(0);
            file.write(("stack " + verb + ", process " + ProcessHandle.current().pid() + "\n").getBytes(
                    java.nio.charset.StandardCharsets.UTF_8));
            return new StackLock(file, lock);
        } catch (IOException e) {
            throw Failure.error("cannot lock " + path + ": " + e.getMessage(), "make its folder writable for you, or set XDG_STATE_HOME",
                    e);
        }
    }

    private static FileLock tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process.
            return null;
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            file.close();
        } catch (IOException e) {
            // It goes with the process.
            return;
        }
    }
}
