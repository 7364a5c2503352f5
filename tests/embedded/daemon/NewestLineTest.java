package embedded.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewestLineTest {
    @TempDir Path folder;

    @Test
    void onlyWhatWasSaidSinceIsTold() throws IOException {
        Path file = folder.resolve("log");
        assertEquals(Optional.empty(), new NewestLine(file).text(), "there is none");
        Files.writeString(file, "2026-11-26 15:20:01.123 INFO stopped\n");
        NewestLine newest = new NewestLine(file);
        assertEquals(Optional.empty(), newest.text());
        Files.writeString(file, "2026-11-26 15:20:02.000 INFO bringing the store up\n2026-11-26 15:20:03.000 WARNING too bad:"
                + " IOException\n    at some.Place(Place.java:1)\n", StandardOpenOption.APPEND);
        assertEquals(Optional.of("too bad: IOException"), newest.text());
        Files.writeString(file, "2026-11-26 15:21:02.000 INFO ready\n");
        assertEquals(Optional.of("ready"), newest.text(), "the file was changed for another");
    }
}
