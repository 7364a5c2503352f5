package console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "10m, 600", "1h30m, 5400", "PT2M, 120", "1d, 86400", "1D2h, 93600"})
    void durationsAsPeopleWriteThem(String text, long seconds) {
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), Format.parseDuration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5s", "soon", "5 apples", "m"})
    void whatIsNoDuration(String text) {
        assertEquals(Optional.empty(), Format.parseDuration(text));
    }

    @Test
    void textFromElsewhereCannotMoveTheCursor() {
        assertEquals("red and a title gone", Format.oneLine("\u001b[31mred\u001b[0m and\n a \u001b]0;x\u0007title gone\u0008", 80));
        assertEquals("0.0 s", Format.duration(Duration.ofSeconds(-5)));
        assertEquals("a\nb\tc", Format.printable("a\nb\tc\u001b[2J\r"));
    }

    @Test
    void longLinesAreCutWithAMark() {
        assertEquals("abcd…", Format.oneLine("abcdefgh", 5));
    }
}
