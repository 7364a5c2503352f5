package verdict.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines a change added, as the rules look at them. */
class LineDiffTest {
    /** Letters are lines; what is added is given as the number of the line and its letter. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "abc, abc, -",
        "-, abc, 1a 2b 3c",
        "abc, -, -",
        "abc, axbc, 2x",
        "abc, xabc, 1x",
        "abc, abcx, 4x",
        "abc, ac, -",
        "abc, axc, 2x",
        "abcd, axbycd, 2x 4y",
        "abcd, cdab, 3a 4b",
        "aaaa, aa, -",
        "aa, aaaa, 3a 4a",
        "abab, babab, 1b",
        "abcde, xbxdx, 1x 3x 5x",
        "pabcq, pcabq, 2c",
        "pqabr, pabqr, 4q"})
    void onlyWhatIsNewInItsOrderIsAdded(String before, String after, String added) {
        List<Line> lines = LineDiff.added(text(before), text(after));
        assertEquals(added == null ? "" : added, lines.stream().map(line -> line.number() + line.text()).collect(Collectors.joining(" ")));
    }

    private static String text(String letters) {
        return letters == null ? "" : String.join("\n", letters.split(""));
    }

    @Test
    void endsOfLinesOfAnotherSystemAreNoChange() {
        assertEquals(List.of(), LineDiff.added("a\nb\n", "a\r\nb\r\n"));
        assertEquals(List.of(new Line(2, "b")), LineDiff.added("", "a\nb").subList(1, 2));
    }

    /** Too many to be put in order: each line counts as often as it stands there. */
    @Test
    void veryLongTextsAreComparedWithoutRegardToTheOrder() {
        String before = "x\n" + lines(0, 2_100);
        String after = "y\n" + lines(100, 2_300) + "\nline 200\nz";
        List<Line> added = LineDiff.added(before, after);
        assertEquals("line 2100", added.get(1).text());
        assertEquals(new Line(1, "y"), added.get(0));
        assertEquals(1 + 200 + 2, added.size());
        assertEquals(List.of(new Line(2_202, "line 200"), new Line(2_203, "z")), added.subList(201, 203));
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    }
}
