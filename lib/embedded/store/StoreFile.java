package embedded.store;

import contract.ExitCode;
import contract.Failure;
import contract.OwnerFiles;
import embedded.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * The store's file: one process at a time, readable by its owner only. A file that is damaged, or of another version than
 * this and the one before, is moved aside with its reason in the name and in a message, and what can be read of it is taken
 * along; it is never deleted. A file that another program holds is waited for.
 */
public final class StoreFile implements AutoCloseable {
    private static final String NAME = "store.db";
    /** Left by a process that met damage while it ran; the next start looks closely. */
    private static final String SUSPECT = "suspect";
    /** Up to this size every page is read at the start: a tenth of a second. */
    private static final long ALWAYS_CHECKED_BYTES = 32L << 20;
    private static final List<String> COMPANIONS = List.of("", "-wal", "-shm");
    /** How long to wait for another program that reads or copies the file. */
    private static final int BUSY_MILLIS = 5000;
    /** With less than this free after a write has failed, the disk is full. */
    private static final long ROOM_BYTES = 8L << 20;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

    private final Path folder;
    private final FileLock lock;
    private final List<String> notices = new ArrayList<>();
    private Object identity;
    private volatile boolean full;

    private StoreFile(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Takes the folder for this process and makes sure that a sound store is in it.
     *
     * @throws Failure when another process has it, or it cannot be written
     */
    public static StoreFile open(Path folder) {
        try {
            OwnerFiles.folders(folder);
            FileLock lock = OwnerFiles.lock(folder.resolve("lock")).orElseThrow(() -> new Failure(
                    "another process writes the store in " + folder,
                    "Stop it with 'stack down', or give this one another XDG_DATA_HOME.", ExitCode.ERROR));
            StoreFile store = new StoreFile(folder, lock);
            try {
                store.prepare();
            } catch (IOException | SQLException | RuntimeException e) {
                store.close();
                throw e;
            }
            return store;
        } catch (IOException e) {
            throw Failure.error("the store's folder " + folder + " cannot be used: " + e.getMessage(),
                    "It must be a folder that you may write.", e);
        } catch (SQLException e) {
            throw Failure.error("the store in " + folder + " cannot be made: " + e.getMessage(),
                    "Is the disk full?", e);
        }
    }

    private void prepare() throws IOException, SQLException {
        if (Files.exists(path()) && Files.size(path()) == 0) {
            Files.delete(path()); // made, and the process died before anything stood in it
        }
        Optional<StoreFault> fault = Files.exists(path()) ? fault() : Optional.empty();
        Optional<Path> aside = fault.isPresent() ? Optional.of(setAside(fault.get())) : Optional.empty();
        Files.deleteIfExists(folder.resolve(SUSPECT));
        if (!Files.exists(path())) {
            // SQLite gives the files beside it the same permissions.
            Files.createFile(path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (Connection connection = connect()) {
                Schema.create(connection);
                if (fault.filter(StoreFault.DAMAGED::equals).isPresent()) {
                    Log.info("taking along what can be read of the damaged store (" + (Files.size(aside.get()) >> 20) + " MiB)");
                    notices.set(notices.size() - 1, notices.get(notices.size() - 1) + " "
                            + Salvage.into(connection, aside.get()));
                }
            }
        }
        notices.forEach(Log::warn);
        identity = identity();
    }

    /** Why the file that is there cannot be used; empty when it can. */
    private Optional<StoreFault> fault() throws IOException, SQLException {
        boolean thorough = Files.exists(folder.resolve(SUSPECT)) || Files.size(path()) <= ALWAYS_CHECKED_BYTES;
        try (Connection connection = connect()) {
            return StoreFault.of(connection, thorough);
        } catch (SQLException e) {
            if (StoreFault.isBusy(e)) {
                throw new Failure("the store in " + folder + " is held by " + FileHolders.of(path())
                        .orElse("another program"), "End that program, and try again; nothing is wrong with the store.",
                        ExitCode.ERROR, e);
            }
            throw e;
        }
    }

    private Path setAside(StoreFault fault) throws IOException {
        String aside = NAME + "." + fault.word + "-" + LocalDateTime.now().format(STAMP);
        for (String companion : COMPANIONS) {
            Path file = folder.resolve(NAME + companion);
            if (Files.exists(file)) {
                Files.move(file, folder.resolve(aside + companion));
            }
        }
        notices.add("The store " + fault.sentence + ": it was set aside as " + folder.resolve(aside)
                + " and a new one begun.");
        return folder.resolve(aside);
    }

    /** Whether all pages should be read beside the work, because that takes too long for a start. */
    boolean isUnchecked() throws IOException {
        return Files.size(path()) > ALWAYS_CHECKED_BYTES;
    }

    /**
     * Why nothing can be stored now, in a sentence; empty when it can. A file that was deleted can be written on for ever, and
     * is gone when this process ends: what is written into it must not be acknowledged.
     */
    Optional<String> trouble() {
        Object now = identity();
        if (now == null || !now.equals(identity)) {
            return Optional.of("the store's file " + path() + (now == null ? " is gone" : " was replaced")
                    + "; 'stack restart' begins a new one");
        }
        if (!Files.isWritable(path()) || !Files.isWritable(folder)) {
            return Optional.of("the store's folder " + folder + " cannot be written");
        }
        if (full) {
            full = freeBytes() < ROOM_BYTES;
        }
        return full ? Optional.of("the disk with the store's folder " + folder + " is full; make room on it") : Optional.empty();
    }

    /** A write has failed for want of room: nothing is taken until there is some. */
    void isFull() {
        full = true;
    }

    private long freeBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // not known: the next write shows
        }
    }

    /** What tells this file from another under its name; null when there is none. */
    private Object identity() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path(), BasicFileAttributes.class);
            return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** Another connection to it. */
    Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // The driver would ask for the last key after every insert, at the price of another statement.
        config.setGetGeneratedKeys(false);
        config.setBusyTimeout(BUSY_MILLIS);
        return DriverManager.getConnection("jdbc:sqlite:" + path(), config.toProperties());
    }

    Path path() {
        return folder.resolve(NAME);
    }

    /** What a person should be told about opening it; usually nothing. */
    public List<String> notices() {
        return List.copyOf(notices);
    }

    /** Lets the next start check the whole file. */
    void suspect() {
        try {
            Files.writeString(folder.resolve(SUSPECT), "met damage while running");
        } catch (IOException e) {
            Log.warn("cannot leave a mark that the store is suspect", e);
        }
    }

    /** Bytes on disk, the write-ahead log included. */
    long size() {
        long bytes = 0;
        for (String companion : COMPANIONS) {
            Path file = folder.resolve(NAME + companion);
            try {
                bytes += Files.exists(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }
}
