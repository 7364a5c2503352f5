package journal;

import contract.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a session keeps what belongs to it. Everything in it is for its owner only. */
public final class SessionFolder implements AutoCloseable {
    /** The folder in the working directory that is PA's; it ignores itself in git. */
    public static final String PA_FOLDER = ".pa";
    static final String SESSIONS = "sessions";
    static final String JOURNAL = "journal.jsonl";

    private final Path path;
    private final FileChannel lock;

    private SessionFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes or opens the folder of a session and holds it until closed or until this process ends.
     *
     * @throws Failure when the working directory cannot be written (failed self-check), or another {@code pa} has the session
     */
    public static SessionFolder hold(Path workingDirectory, String session) {
        Path folder = workingDirectory.resolve(PA_FOLDER).resolve(SESSIONS).resolve(session);
        try {
            PrivateFiles.folders(folder);
            Path ignore = workingDirectory.resolve(PA_FOLDER).resolve(".gitignore");
            if (Files.notExists(ignore)) {
                Files.writeString(ignore, "*\n");
            }
            return new SessionFolder(folder, locked(folder, session));
        } catch (IOException e) {
            throw new Failure("the working directory cannot be written: " + e.getMessage(),
                    "choose another with -d DIR, or make it writable", contract.Status.FAILED_SELF_CHECK.exitCode(), e);
        }
    }

    public Path path() {
        return path;
    }

    Path journal() {
        return path.resolve(JOURNAL);
    }

    /** Takes the folder away again when nothing was written into its journal: a run that could not even begin. */
    public void discardIfEmpty() {
        try {
            if (Files.notExists(journal()) || Files.size(journal()) == 0) {
                Files.deleteIfExists(journal());
                Files.deleteIfExists(path.resolve("lock"));
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // It holds something after all, and stays.
            return;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel locked(Path folder, String session) throws IOException {
        FileChannel channel =
                PrivateFiles.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same message.
        }
        channel.close();
        throw Failure.error("session " + session + " is in use by another pa", "wait for it to end, or end it", null);
    }
}
