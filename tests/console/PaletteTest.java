package console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Colours can be read on light and on dark terminals, and are there when they are wanted. */
class PaletteTest {
    private static final int[] LEVELS = {0, 95, 135, 175, 215, 255};
    private static final double READABLE = 3.8;

    /** By the formula of WCAG 2.1, with the colours of xterm's cube: 16 + 36 r + 6 g + b. */
    private static double luminance(int number) {
        int cube = number - 16;
        return 0.2126 * linear(LEVELS[cube / 36]) + 0.7152 * linear(LEVELS[cube / 6 % 6]) + 0.0722 * linear(LEVELS[cube % 6]);
    }

    private static double linear(int level) {
        double value = level / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    @ParameterizedTest
    @ValueSource(ints = {Palette.RED, Palette.GREEN, Palette.YELLOW, Palette.CYAN})
    void eachColourHasContrastToBlackAndToWhite(int number) {
        double luminance = luminance(number);
        assertTrue(1.05 / (luminance + 0.05) >= READABLE, "on white: " + 1.05 / (luminance + 0.05));
        assertTrue((luminance + 0.05) / 0.05 >= READABLE, "on black: " + (luminance + 0.05) / 0.05);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "true, xterm, -, -, SIXTEEN", "true, xterm-256color, -, -, MANY", "true, xterm-256color, 1, -, NONE",
        "false, xterm-256color, -, -, NONE", "false, xterm-256color, -, 1, MANY", "false, xterm, 1, 1, SIXTEEN",
        "true, xterm-256color, -, 0, NONE", "true, xterm-256color, '', -, MANY"})
    void colourIsThereWhenItIsWanted(boolean terminal, String term, String noColor, String forceColor, Palette.Colours colours) {
        Map<String, String> environment = new java.util.HashMap<>(Map.of("TERM", term));
        if (noColor != null) {
            environment.put("NO_COLOR", noColor);
        }
        if (forceColor != null) {
            environment.put("FORCE_COLOR", forceColor);
        }
        assertEquals(colours, Console.colours(environment, terminal));
    }

    @Test
    void withoutColourThereIsOnlyText() {
        Palette palette = new Palette(Palette.Colours.MANY, true);
        assertEquals("\u001b[38;5;28m✓\u001b[0m", palette.ok());
        assertEquals("✓", palette.plain().ok());
        assertEquals("http://x", palette.plain().link("http://x"));
    }
}
