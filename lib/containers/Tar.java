package containers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import services.Service;
import services.StackFile;

/**
 * What is copied into a container before it starts: its configuration files, and an entry for the folder of its volume that
 * makes the volume belong to the service's user. (An engine creates a volume as root's when the image has no such folder; the
 * owner of a folder's entry in an upload becomes the owner of the volume's root, with any engine and no helper container.)
 */
final class Tar {
    private static final int FOLDER_MODE = 0755;
    private static final int VOLUME_MODE = 0700;
    private static final int FILE_MODE = 0644;

    private Tar() {}

    /** To be unpacked at {@code /}. */
    static byte[] of(Service service) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TreeSet<String> folders = new TreeSet<>();
            service.files().forEach(file -> parents(file.path(), folders));
            for (String folder : folders) {
                folder(tar, folder, 0, 0, FOLDER_MODE);
            }
            for (StackFile file : service.files()) {
                TarArchiveEntry entry = new TarArchiveEntry(relative(file.path()));
                byte[] content = file.bytes();
                entry.setSize(content.length);
                entry.setMode(FILE_MODE);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            volume(tar, service.volume());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Only the entry that gives the volume its owner. */
    static byte[] ownership(Service service) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            volume(tar, service.volume());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void volume(TarArchiveOutputStream tar, Optional<Service.Volume> volume) throws IOException {
        if (volume.isPresent()) {
            folder(tar, volume.get().path(), volume.get().uid(), volume.get().gid(), VOLUME_MODE);
        }
    }

    private static void folder(TarArchiveOutputStream tar, String path, int uid, int gid, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(relative(path) + "/");
        entry.setIds(uid, gid);
        entry.setMode(mode | TarArchiveEntry.DEFAULT_DIR_MODE & ~0777);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /** The folders of a file that the image may lack; those at the top every image has, or the engine makes them. */
    private static void parents(String path, TreeSet<String> folders) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            if (path.indexOf('/', 1) != slash) {
                folders.add(path.substring(0, slash));
            }
        }
    }

    private static String relative(String path) {
        return path.substring(1);
    }
}
