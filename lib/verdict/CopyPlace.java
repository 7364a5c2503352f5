package verdict;

import contract.StateFolders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder for one copy, under a lock. What a killed process left is removed by the next one: its lock is free, whatever its
 * process id means by now.
 */
final class CopyPlace implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path folder;
    private final Path lockFile;
    private final FileChannel channel;

    private CopyPlace(Path folder, Path lockFile, FileChannel channel) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /** @param all the folder of all copies; made if it is not there */
    static CopyPlace take(Path all) throws IOException {
        Files.createDirectories(all, PosixFilePermissions.asFileAttribute(OWNER));
        sweep(all);
        String name = UUID.randomUUID().toString();
        Path lockFile = all.resolve(name + LOCK);
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        Path folder = Files.createDirectory(all.resolve(name), PosixFilePermissions.asFileAttribute(OWNER));
        return new CopyPlace(folder, lockFile, channel);
    }

    Path folder() {
        return folder;
    }

    private static void sweep(Path all) throws IOException {
        List<Path> locks;
        try (Stream<Path> files = Files.list(all)) {
            locks = files.filter(file -> file.toString().endsWith(LOCK)).toList();
        }
        for (Path lockFile : locks) {
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
                if (lock != null) {
                    String name = lockFile.getFileName().toString();
                    StateFolders.remove(all.resolve(name.substring(0, name.length() - LOCK.length())));
                    Files.deleteIfExists(lockFile);
                }
            } catch (OverlappingFileLockException e) {
                // Ours, in this process.
                continue;
            }
        }
    }

    @Override
    public void close() {
        try (channel) {
            StateFolders.remove(folder);
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            // Another process holds something in it: the next run sweeps it. The lock ends with the process at the latest.
            return;
        }
    }
}
