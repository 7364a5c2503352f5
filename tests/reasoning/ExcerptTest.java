package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Text that is too long is shortened where it matters least, and never inside of a character. */
class ExcerptTest {
    private static final String SMILE = "\uD83D\uDE00";

    @Test
    void whatFitsStaysAsItIs() {
        assertEquals("123456789", Excerpt.of("123456789", 9));
        assertEquals("123456789", Excerpt.line("123456789", 9));
    }

    @Test
    void theEndGetsTwoThirds() {
        assertEquals("abc\n[… 2 characters left out here …]\nfghijk", Excerpt.of("abcdefghijk", 9));
    }

    @Test
    void oneLineIsTheFirstOfThem() {
        assertEquals("12345678…", Excerpt.line("123456789", 8));
        assertEquals("one", Excerpt.line("\n one \ntwo", 9).strip());
        assertEquals("", Excerpt.line(" \n", 9));
    }

    @Test
    void aCharacterOfTwoHalvesIsNotCut() {
        assertEquals("12…", Excerpt.line("12" + SMILE + "4", 3));
        assertEquals("12" + SMILE + "…", Excerpt.line("12" + SMILE + "45", 4));
        assertEquals("ab\n[… 1 characters left out here …]\n" + SMILE + "efghi", Excerpt.of("abc" + SMILE + "efghi", 8));
    }
}
