package containers;

import contract.ExitCode;
import contract.Failure;
import contract.StateFolders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import services.Progress;

/**
 * Only one command at a time may change a stack. It holds a lock of the operating system on a file, which disappears with the process.
 * The file names the holder for commands that wait.
 */
final class StackLock implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private final RandomAccessFile file;
    private final FileLock lock;

    private StackLock(RandomAccessFile file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /** Takes it when nobody has it. Empty when somebody has, and when it cannot be taken at all: {@link #take} says why. */
    static Optional<StackLock> ifFree(String stack, String verb, Map<String, String> environment) {
        try {
            RandomAccessFile file = open(path(stack, environment));
            FileLock lock = tryLock(file);
            if (lock != null) {
                return Optional.of(held(file, lock, verb));
            }
            file.close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Waits for it, telling who has it. @throws Failure when that takes longer than patience */
    static StackLock take(String stack, String verb, Duration patience, Map<String, String> environment, Progress progress)
            throws InterruptedException {
        Path path = path(stack, environment);
        try {
            RandomAccessFile file = open(path);
            long deadline = System.nanoTime() + patience.toNanos();
            boolean told = false;
            FileLock lock;
            while ((lock = tryLock(file)) == null) {
                String holder = Files.readString(path).strip();
                if (System.nanoTime() > deadline) {
                    file.close();
                    throw new Failure("another command is changing this stack: " + holder, "wait for it, or end it",
                            ExitCode.ERROR);
                }
                // Whoever has just taken it may not have written its name yet: asked again at the next look.
                if (!told && !holder.isEmpty()) {
                    progress.step("stack", "waiting for another command: " + holder);
                    told = true;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return held(file, lock, verb);
        } catch (IOException e) {
            throw Failure.error("cannot lock " + path + ": " + e.getMessage(), "make its folder writable, or set XDG_STATE_HOME",
                    e);
        }
    }

    private static Path path(String stack, Map<String, String> environment) {
        return StateFolders.state(environment).resolve("stack-" + stack + ".lock");
    }

    private static RandomAccessFile open(Path path) throws IOException {
        Files.createDirectories(path.getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new RandomAccessFile(path.toFile(), "rw");
    }

    private static StackLock held(RandomAccessFile file, FileLock lock, String verb) throws IOException {
        file.setLength(0);
        file.write(("stack " + verb + ", process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8));
        return new StackLock(file, lock);
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
