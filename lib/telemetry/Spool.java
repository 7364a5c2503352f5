package telemetry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that could not be delivered, one file each, in a folder that only its owner can read. Headers are not in them.
 *
 * <p>Several processes use the folder at once. A file comes into being by a rename, complete; whoever sends it claims it by
 * a rename, of which only one succeeds, and deletes it once the receiver has accepted it. A claim whose process is gone is
 * taken back. So a request is sent again only when a process died, or lost its connection, after the receiver had accepted
 * it and before it could say so: at least once, never lost. The same spans then arrive with the same ids, and a receiver
 * that stores by id has them once.
 */
final class Spool {
    static final long LIMIT_BYTES = 64L << 20;
    /** Listing the folder must stay quick. */
    static final int LIMIT_FILES = 4096;

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String UNFINISHED = ".tmp";
    /** Of this process, since names hold its id. */
    private static final AtomicLong NUMBER = new AtomicLong();

    private final Path folder;
    private final long limitBytes;
    private boolean checked;

    Spool(Path folder, long limitBytes) {
        this.folder = folder;
        this.limitBytes = limitBytes;
    }

    Path folder() {
        return folder;
    }

    /**
     * Keeps a request.
     *
     * @param file its name in the folder
     * @param dropped what had to go to stay within the limit, oldest first
     */
    record Kept(String file, List<SpoolFile> dropped) {}

    synchronized Kept keep(Parcel parcel) throws IOException {
        makeFolder();
        if (parcel.body().length > limitBytes) {
            throw new IOException("a request of " + parcel.body().length + " bytes is more than the spool may hold");
        }
        List<SpoolFile> dropped = makeRoom(parcel.body().length);
        String name = SpoolFile.name(Instant.now(), NUMBER.incrementAndGet(), parcel);
        Path unfinished = folder.resolve("." + name + UNFINISHED);
        try {
            try (FileChannel out = FileChannel.open(unfinished,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY_FILE)) {
                ByteBuffer bytes = ByteBuffer.wrap(parcel.body());
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        return new Kept(name, dropped);
    }

    private void makeFolder() throws IOException {
        Files.createDirectories(folder, OWNER_ONLY_FOLDER);
        if (!checked && !Files.getPosixFilePermissions(folder).equals(OWNER_ONLY_FOLDER.value())) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY_FOLDER.value());
        }
        checked = true;
    }

    /** Takes a kept request back, unless somebody sends it just now. */
    void forget(String file) throws IOException {
        Files.deleteIfExists(folder.resolve(file));
    }

    /** All that is kept, oldest first; empty when there is no folder. */
    List<SpoolFile> list() throws IOException {
        List<SpoolFile> files = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            paths.forEach(path -> SpoolFile.of(path).ifPresent(files::add));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        files.sort(Comparator.comparing(SpoolFile::name));
        return files;
    }

    /** Takes back what dead processes left behind: their claims, and files they did not finish. */
    void tidy() throws IOException {
        for (SpoolFile file : list()) {
            Optional<SpoolFile.Owner> owner = file.claim();
            if (owner.isPresent() && owner.get().gone(modified(file.path()))) {
                moveIfThere(file.path(), file.unclaimed());
            }
        }
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, ".*" + UNFINISHED)) {
            for (Path path : paths) {
                // Written in one go: after a minute nobody works on it any more.
                if (modified(path).plusSeconds(60).isBefore(Instant.now())) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return;
        }
    }

    /** The oldest request of one of these signals that nobody else sends; it is the caller's until it ends the claim. */
    Optional<Claim> claim(Set<Signal> signals) throws IOException {
        for (SpoolFile file : list()) {
            Path mine = file.claimedBy(SpoolFile.Owner.SELF);
            if (file.claim().isEmpty() && signals.contains(file.signal()) && moveIfThere(file.path(), mine)) {
                Files.setLastModifiedTime(mine, FileTime.from(Instant.now()));
                return Optional.of(new Claim(file, mine));
            }
        }
        return Optional.empty();
    }

    /** A request that this process alone may send. */
    static final class Claim {
        private final SpoolFile file;
        private final Path path;

        private Claim(SpoolFile file, Path path) {
            this.file = file;
            this.path = path;
        }

        SpoolFile file() {
            return file;
        }

        Parcel parcel() throws IOException {
            return new Parcel(file.signal(), file.items(), Files.readAllBytes(path));
        }

        /** It has been accepted, or never will be. */
        void done() throws IOException {
            Files.deleteIfExists(path);
        }

        /** Somebody may try again. */
        void release() throws IOException {
            moveIfThere(path, file.unclaimed());
        }
    }

    private List<SpoolFile> makeRoom(long needed) throws IOException {
        List<SpoolFile> files = list();
        long size = needed;
        for (SpoolFile file : files) {
            size += size(file.path());
        }
        List<SpoolFile> dropped = new ArrayList<>();
        for (int i = 0; i < files.size() && (size > limitBytes || files.size() - dropped.size() >= LIMIT_FILES); i++) {
            SpoolFile oldest = files.get(i);
            if (oldest.claim().isEmpty()) {
                size -= size(oldest.path());
                Files.deleteIfExists(oldest.path());
                dropped.add(oldest);
            }
        }
        return dropped;
    }

    static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return 0; // Sent and deleted meanwhile.
        }
    }

    private static Instant modified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            return Instant.now(); // Gone meanwhile: nobody's business any more.
        }
    }

    /** Whether this call moved it: of several processes that try, one succeeds. */
    private static boolean moveIfThere(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
