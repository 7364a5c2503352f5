package embedded.store;

import contract.ExitCode;
import contract.Failure;
import embedded.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * The store's file: one process at a time, readable by its owner only. A file of an older schema version is brought up to
 * date; one that is damaged, or of a version that this program does not know, is moved aside with its reason in the name and
 * in a message; it is never deleted.
 */
public final class StoreFile implements AutoCloseable {
    private static final String NAME = "store.db";
    /** Left by a process that met damage while it ran; the next start looks closely. */
    private static final String SUSPECT = "suspect";
    private static final List<String> COMPANIONS = List.of("", "-wal", "-shm");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

    private final Path folder;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final List<String> notices = new ArrayList<>();

    private StoreFile(Path folder, FileChannel lockChannel, FileLock lock) {
        this.folder = folder;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /**
     * Takes the folder for this process and makes sure that a sound store is in it.
     *
     * @throws Failure when another process has it, or it cannot be written
     */
    public static StoreFile open(Path folder) {
        try {
            Files.createDirectories(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new Failure("another process writes the store in " + folder,
                        "Stop it with 'stack down', or give this one another XDG_DATA_HOME.", ExitCode.ERROR);
            }
            StoreFile store = new StoreFile(folder, channel, lock);
            store.prepare();
            return store;
        } catch (IOException e) {
            throw Failure.error("the store's folder " + folder + " cannot be used: " + e.getMessage(),
                    "It must be a folder that you may write.", e);
        } catch (SQLException e) {
            throw Failure.error("the store in " + folder + " cannot be made: " + e.getMessage(),
                    "Is the disk full?", e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it already
        }
    }

    private void prepare() throws IOException, SQLException {
        if (Files.exists(path())) {
            Optional<String> fault = fault();
            if (fault.isPresent()) {
                setAside(fault.get());
            }
        }
        Files.deleteIfExists(folder.resolve(SUSPECT));
        if (!Files.exists(path())) {
            // SQLite gives the files beside it the same permissions.
            Files.createFile(path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (Connection connection = connect()) {
                Schema.create(connection);
            }
        }
    }

    /** Why the file that is there cannot be used; empty when it can. */
    private Optional<String> fault() throws IOException {
        if (Files.size(path()) == 0) {
            Files.delete(path()); // made, and the process died before anything stood in it
            return Optional.empty();
        }
        try (Connection connection = connect()) {
            long application = Schema.pragma(connection, "application_id");
            long version = Schema.pragma(connection, "user_version");
            if (application != Schema.APPLICATION_ID || version > Schema.VERSION || version < Migrations.OLDEST) {
                return Optional.of(application == Schema.APPLICATION_ID ? "schema-" + version : "foreign");
            }
            if (version < Schema.VERSION) {
                Log.info("bringing the store from schema " + version + " to " + Schema.VERSION);
                Migrations.run(connection, version);
            }
            Schema.pragma(connection, "schema_version");
            new Transaction(connection, new LiveSeries()).forget(); // prepares every statement: all tables are there
            if (Files.exists(folder.resolve(SUSPECT)) && !"ok".equals(Schema.check(connection, "integrity_check(1)"))) {
                return Optional.of("damaged");
            }
            return Optional.empty();
        } catch (SQLException e) {
            Log.warn("the store does not open: " + e.getMessage());
            return Optional.of("damaged");
        }
    }

    private void setAside(String reason) throws IOException {
        String aside = NAME + "." + reason + "-" + LocalDateTime.now().format(STAMP);
        for (String companion : COMPANIONS) {
            Path file = folder.resolve(NAME + companion);
            if (Files.exists(file)) {
                Files.move(file, folder.resolve(aside + companion));
            }
        }
        String why = switch (reason) {
            case "damaged" -> "was damaged";
            case "foreign" -> "was not a store of this program";
            default -> "was of another version (" + reason.replace('-', ' ') + ", this program writes schema "
                    + Schema.VERSION + ")";
        };
        notices.add("The store " + why + ": it was set aside as " + folder.resolve(aside) + " and a new one begun.");
        notices.forEach(Log::warn);
    }

    /** Another connection to it. */
    Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // The driver would ask for the last key after every insert, at the price of another statement.
        config.setGetGeneratedKeys(false);
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
        lock.release();
        lockChannel.close();
    }
}
