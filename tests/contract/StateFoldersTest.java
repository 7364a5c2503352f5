package contract;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State folders are removed with their contents, and nothing else is removed. */
class StateFoldersTest {
    @TempDir
    Path folder;

    @Test
    void whatALinkPointsToStays() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("a"), "x");
        Path place = Files.createDirectory(folder.resolve("place"));
        Files.createSymbolicLink(place.resolve("link"), outside);
        StateFolders.remove(place);
        StateFolders.remove(place);
        assertFalse(Files.exists(place));
        assertTrue(Files.exists(outside.resolve("a")));
    }

    /** A module cache of Go is of this kind. */
    @Test
    void whatWasMadeReadOnlyGoesToo() throws IOException {
        Path place = Files.createDirectories(folder.resolve("place/mod/a"));
        Files.writeString(place.resolve("b"), "x");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("r-x------"));
        Files.createDirectory(place.getParent().resolve("closed"), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("---------")));
        StateFolders.remove(folder.resolve("place"));
        assertFalse(Files.exists(folder.resolve("place")));
    }
}
