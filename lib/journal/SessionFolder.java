package journal;

import contract.Failure;
import contract.OwnerFiles;
import contract.StateFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a session keeps what belongs to it. Everything in it is for its owner only. */
public final class SessionFolder implements AutoCloseable {
    static final String JOURNAL = "journal.jsonl";
    private static final String LOCK = "lock";
    private static final String VERIFICATIONS = "verifications";

    private final Path path;
    private final FileLock lock;

    private SessionFolder(Path path, FileLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes or opens the folder of a session and holds it until closed or until this process ends.
     *
     * @throws Failure when the state folder cannot be written (failed self-check), or another {@code pa} has the session
     */
    public static SessionFolder hold(Project project, String session) {
        Path folder = project.session(session);
        try {
            project.make();
            OwnerFiles.folders(folder);
            return new SessionFolder(folder, locked(folder, session));
        } catch (IOException e) {
            throw StateHome.unwritable(folder, e);
        }
    }

    /** As {@link #hold}, for what belongs to no project: a verification, whose journal is there for its telemetry only. */
    public static SessionFolder holdVerification(StateHome home, String id) {
        Path folder = home.folder().resolve(VERIFICATIONS).resolve(id);
        try {
            OwnerFiles.folders(folder);
            return new SessionFolder(folder, locked(folder, id));
        } catch (IOException e) {
            throw StateHome.unwritable(folder, e);
        }
    }

    /** Removes the journals of verifications whose telemetry was delivered: nothing else needs them. */
    public static void removeDeliveredVerifications(StateHome home) {
        try {
            removeDelivered(home.folder().resolve(VERIFICATIONS), home.unsent());
        } catch (IOException | UncheckedIOException e) {
            // Another pa removes them, too; what stays is looked at again next time.
            return;
        }
    }

    private static void removeDelivered(Path all, Unsent unsent) throws IOException {
        Set<Path> wanted = unsent.all().stream().map(run -> run.session().getFileName()).collect(Collectors.toSet());
        List<Path> folders;
        try (Stream<Path> found = Files.list(all)) {
            // One without a lock is just being made by another pa.
            folders = found.filter(path -> !wanted.contains(path.getFileName()) && Files.exists(path.resolve(LOCK)) && !held(path))
                    .toList();
        }
        for (Path folder : folders) {
            StateFolders.remove(folder);
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
                Files.deleteIfExists(path.resolve(LOCK));
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
            lock.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a {@code pa} has the session in this folder just now. */
    public static boolean held(Path folder) {
        Path lock = folder.resolve(LOCK);
        // Opening a FIFO would wait for ever.
        if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static FileLock locked(Path folder, String session) throws IOException {
        return OwnerFiles.lock(folder.resolve(LOCK)).orElseThrow(() -> inUse(session));
    }

    static Failure inUse(String session) {
        return Failure.error("session " + session + " is in use by another pa", "wait for it to end, or end it", null);
    }
}
