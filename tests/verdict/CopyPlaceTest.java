package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders for copies: each has one owner, and what a killed process left is removed. And where the user's repository is. */
class CopyPlaceTest {
    @TempDir
    Path folder;

    private Path all() {
        return folder.resolve("copies");
    }

    private List<Path> held() throws IOException {
        try (Stream<Path> files = Files.list(all())) {
            return files.toList();
        }
    }

    @Test
    void aPlaceIsTheOwnersAloneAndGoesWithAllInIt() throws IOException {
        try (CopyPlace place = CopyPlace.take(all()); CopyPlace other = CopyPlace.take(all())) {
            assertNotEquals(place.folder(), other.folder());
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place.folder())));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(all())));
            Files.writeString(Files.createDirectories(place.folder().resolve("a/b")).resolve("c"), "x");
        }
        assertEquals(List.of(), held());
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByTheNext() throws IOException {
        Files.writeString(Files.createDirectories(all().resolve("left/tree")).resolve("a"), "x");
        Files.writeString(all().resolve("left.lock"), "");
        Files.createDirectories(all().resolve("no-lock"));
        try (CopyPlace place = CopyPlace.take(all())) {
            assertTrue(Files.exists(place.folder()));
            assertFalse(Files.exists(all().resolve("left")) || Files.exists(all().resolve("left.lock")));
            assertTrue(Files.exists(all().resolve("no-lock")), "somebody may just be making it");
        }
    }

    @Test
    void theRepositoryAroundAFolderIsFoundFromAnywhereInIt() throws IOException {
        Path top = folder.toRealPath().resolve("top");
        Path inside = Files.createDirectories(top.resolve("a/b"));
        Files.createDirectories(top.resolve(".git"));
        assertEquals(Optional.empty(), UserGit.around(inside), "a folder of that name is not enough");
        Files.writeString(top.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        assertEquals(Optional.of(new UserGit(top.resolve(".git"), "a/b")), UserGit.around(inside));
        assertEquals(Optional.of(new UserGit(top.resolve(".git"), "")), UserGit.around(top));
    }

    @Test
    void aWorkTreeOrSubmoduleNamesItsRepository() throws IOException {
        Path top = folder.toRealPath().resolve("top");
        Path inside = Files.createDirectories(top.resolve("a"));
        Files.writeString(top.resolve(".git"), "gitdir: ../modules/top\n");
        assertEquals(Optional.of(new UserGit(top.resolve("../modules/top"), "a")), UserGit.around(inside));
        Files.writeString(top.resolve(".git"), "gitdir: ../modules/top" + " ".repeat((64 << 10) - 22));
        assertEquals(Optional.of(new UserGit(top.resolve("../modules/top"), "a")), UserGit.around(inside));
        Files.writeString(top.resolve(".git"), "gitdir: ../modules/top" + " ".repeat((64 << 10) - 21));
        assertEquals(Optional.empty(), UserGit.around(inside), "a file of that size names no folder");
        Files.writeString(top.resolve(".git"), "garbage");
        assertEquals(Optional.empty(), UserGit.around(inside));
    }
}
