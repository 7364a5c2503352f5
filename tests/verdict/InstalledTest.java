package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git ignores and a check needs all the same comes into the copy; what is made by builds or came in the run does not. */
class InstalledTest {
    private static final Instant BEGUN = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    Path folder;

    private Path live() throws IOException {
        return Files.createDirectories(folder.resolve("live"));
    }

    private void file(String path, Instant time) throws IOException {
        Path file = live().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
        Files.setLastModifiedTime(file, FileTime.from(time));
        Files.setLastModifiedTime(live().resolve(path.replaceFirst("/.*", "")), FileTime.from(time));
    }

    private List<String> wanted(long since, String... ignored) throws IOException {
        return new Installed(live(), since).wanted(new LinkedHashSet<>(List.of(ignored)));
    }

    @Test
    void dependenciesComeAlongWheneverTheyWereMade() throws IOException {
        file("node_modules/a.js", BEGUN.plusSeconds(9));
        file(".env", BEGUN.plusSeconds(9));
        file(".env.local", BEGUN.plusSeconds(9));
        assertEquals(List.of("node_modules", "web/node_modules", ".env", ".env.local"), wanted(BEGUN.toEpochMilli(), "node_modules/",
                "web/node_modules/", ".env", ".env.local"));
    }

    @Test
    void anythingElseComesAlongIfItIsOlderThanTheRun() throws IOException {
        file("local.db", BEGUN.minusSeconds(1));
        file("new.db", BEGUN);
        assertEquals(List.of("local.db"), wanted(BEGUN.toEpochMilli(), "local.db", "new.db", "gone.db"));
        assertEquals(List.of("local.db", "new.db"), wanted(0, "local.db", "new.db"), "all, where nobody knows when the run began");
    }

    @Test
    void whatBuildsMakeStaysOut() throws IOException {
        for (String made : List.of("target/", "sub/build/", "__pycache__/", "a.pyc", "A.class", "run.log", ".git/")) {
            assertEquals(List.of(), wanted(0, made), made);
        }
        assertFalse(Installed.output("source"));
        assertTrue(Installed.output("x.log"));
    }

    @Test
    void itIsCopiedWithAllInItAndTheOriginalStays() throws Exception {
        file("node_modules/pkg/index.js", BEGUN);
        Path link = Files.createSymbolicLink(live().resolve("node_modules/pkg/link"), Path.of("index.js"));
        Path copy = Files.createDirectory(folder.resolve("copy"));
        new Installed(live(), 0).copy(List.of("node_modules"), copy, System.getenv());
        assertEquals("x", Files.readString(copy.resolve("node_modules/pkg/index.js")));
        assertTrue(Files.isSymbolicLink(copy.resolve("node_modules/pkg/link")) && Files.isSymbolicLink(link));
        assertEquals(BEGUN, Files.getLastModifiedTime(copy.resolve("node_modules/pkg/index.js")).toInstant());
    }

    @Test
    void whatCannotBeCopiedIsSaid() throws Exception {
        file("deps/a", BEGUN);
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.writeString(copy.resolve("deps"), "in the way");
        Unfit unfit = assertThrows(Unfit.class, () -> new Installed(live(), 0).copy(List.of("deps"), copy, System.getenv()));
        assertTrue(unfit.getMessage().startsWith("deps cannot be copied: "), unfit.getMessage());
        Unfit gone = assertThrows(Unfit.class, () -> new Installed(live(), 0).copy(List.of("gone"), copy, System.getenv()));
        assertTrue(gone.getMessage().startsWith("gone cannot be copied: "), gone.getMessage());
    }

    @Test
    void whatIsTooMuchIsNotCopied() throws Exception {
        file("deps/a", BEGUN);
        try (java.io.RandomAccessFile hollow = new java.io.RandomAccessFile(live().resolve("deps/hollow").toFile(), "rw")) {
            hollow.setLength((8L << 30) + 1);
        }
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Unfit unfit = assertThrows(Unfit.class, () -> new Installed(live(), 0).copy(List.of("deps"), copy, System.getenv()));
        assertEquals("what is installed here is too much to copy (over 8 GiB or 1000000 files)", unfit.getMessage());
        assertFalse(Files.exists(copy.resolve("deps")));
    }
}
