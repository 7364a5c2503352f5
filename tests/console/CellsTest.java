package console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text fits the columns of a terminal, which are not its characters. */
class CellsTest {
    @ParameterizedTest
    @CsvSource({"abc, 3", "größer, 6", "gro\u0308ßer, 6", "日本語, 6", "ﾊﾝｶｸ, 4", "한국어, 6", "\u1112\u1161\u11ab, 2", "👍, 2", "✓, 1",
        "✅, 2", "❤\ufe0f, 2", "→ · …, 5", "e\u0301\u0302, 1", "a\u200bb, 2", "Ａ, 2", "𠀀, 2"})
    void lettersTakeTheColumnsThatTerminalsGiveThem(String text, int columns) {
        assertEquals(columns, Cells.width(text));
    }

    @Test
    void aCutLineFitsAndHalvesNothing() {
        assertEquals("日本…", Format.oneLine("日本語です", 5));
        assertEquals("日…", Format.oneLine("日本語です", 4));
        assertEquals("日本語です", Format.oneLine("日本語です", 10));
        assertEquals("ab👍…", Format.oneLine("ab👍cd", 5));
        assertEquals("ab…", Format.oneLine("ab👍cd", 4));
        assertEquals("ne\u0301…", Format.oneLine("ne\u0301ee", 3), "marks stay with their letter");
        assertEquals("  if x:", Format.codeLine("  if x:\n", 20));
        assertEquals("    x = 1", Format.codeLine("\t\tx = 1", 20));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 17, 60, 80, 100, 120, 200})
    void noLineIsWiderThanTheTerminal(int width) {
        for (String word : List.of("x", "語", "👍", "e\u0301", "한", "\u1112\u1161\u11ab", "mixed 語 👍 ")) {
            assertTrue(Cells.width(Format.oneLine(word.repeat(300), width)) <= width, word);
            assertTrue(Cells.width(Format.codeLine("  " + word.repeat(300), width)) <= width, word);
        }
    }

    @Test
    void aSentenceIsBrokenBetweenWords() {
        assertEquals(List.of("one two", "three"), Format.wrap("one two three", 8));
        assertEquals(List.of("日本 語", "averyverylongword", "x"), Format.wrap("日本 語 averyverylongword x", 8));
        assertEquals(List.of("a", "b"), Format.wrap("a\nb", 80));
    }

    @Test
    void columnsOfATableLineUp() {
        Table table = new Table(80, "TASK", "NEXT");
        table.row("日本語", "a");
        table.row("abc", "b");
        List<String> lines = table.lines(new Palette(Palette.Colours.NONE, true));
        assertEquals(List.of("TASK    NEXT", "日本語  a", "abc     b"), lines);
    }
}
