package handover;

import contract.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes an export. */
public final class ExportFolder {
    private ExportFolder() {}

    /**
     * Returns what it wrote. Files that are there and differ are somebody's work: unless {@code force}, nothing is written then.
     *
     * @throws Failure (usage) naming those files, or when the folder cannot be written
     */
    public static List<Path> write(Path folder, Export export, boolean force) {
        try {
            List<String> others = new ArrayList<>();
            for (Map.Entry<String, String> file : export.files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                if (Files.exists(path) && !(Files.isRegularFile(path) && Arrays.equals(Files.readAllBytes(path),
                        file.getValue().getBytes(StandardCharsets.UTF_8)))) {
                    others.add(file.getKey());
                }
            }
            if (!others.isEmpty() && !force) {
                throw Failure.usage(folder + " has other files of these names: " + String.join(", ", others),
                        "export into another folder and compare (diff -r), or overwrite them with --force");
            }
            List<Path> written = new ArrayList<>();
            for (Map.Entry<String, String> file : export.files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
                written.add(path);
            }
            return written;
        } catch (FileAlreadyExistsException e) {
            throw Failure.usage("cannot write the export to " + folder + ": " + e.getFile() + " is a file", "name a folder");
        } catch (AccessDeniedException e) {
            throw Failure.usage("cannot write the export to " + folder + ": no permission for " + e.getFile(),
                    "choose a folder that you may write to");
        } catch (NoSuchFileException e) {
            throw Failure.usage("cannot write the export to " + folder + ": " + e.getFile() + " cannot be made there",
                    "choose a folder that you may write to");
        } catch (IOException e) {
            throw Failure.usage("cannot write the export to " + folder + ": " + e.getMessage(),
                    "choose a folder that you may write to, on a disk with room");
        }
    }
}
