package display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import console.Console;
import console.Consoles;
import console.Palette;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A console whose two streams can be read line by line. */
final class Screen {
    private static final String CLEARED = "\r\u001b[K";
    private static final String DRAWN = "\u001b[?7l";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final Console console;

    /** No terminal, as in a pipe, but {@code width} columns wide. */
    Screen(int width) {
        this(width, Optional.empty());
    }

    private Screen(int width, Optional<Palette.Colours> colours) {
        console = colours.map(some -> Consoles.live(to(out), to(err), width, some)).orElseGet(() -> new Console(to(out), to(err), width));
    }

    /** A terminal whose last line is drawn again and again. */
    static Screen terminal(int width) {
        return new Screen(width, Optional.of(Palette.Colours.NONE));
    }

    static Screen coloured(int width) {
        return new Screen(width, Optional.of(Palette.Colours.SIXTEEN));
    }

    private static PrintStream to(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    List<String> out() {
        return outText().lines().toList();
    }

    String outText() {
        return out.toString(StandardCharsets.UTF_8);
    }

    List<String> err() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Stdout and behind it stderr. */
    String all() {
        return outText() + err.toString(StandardCharsets.UTF_8);
    }

    void clear() {
        out.reset();
        err.reset();
    }

    /** The last line that was drawn on a terminal says at its end that this goes on now. */
    void assertGoesOn(String now) {
        String all = err.toString(StandardCharsets.UTF_8);
        // How long it takes depends on the machine.
        String drawn = all.substring(all.lastIndexOf(DRAWN) + 1).replaceAll("[0-9.]+ s\\b", "0.0 s");
        assertTrue(drawn.contains(" " + now + "  0.0 s\u001b[?7h"), drawn);
    }

    /** Nothing was drawn on a terminal since its last line was cleared. */
    void assertNothingGoesOn() {
        String all = err.toString(StandardCharsets.UTF_8);
        assertTrue(all.contains(DRAWN), "nothing was ever drawn");
        assertEquals("", all.substring(all.lastIndexOf(CLEARED) + CLEARED.length()));
    }

    /** What was drawn on a terminal was cleared before this line, which stands behind an empty one, and nothing is drawn since. */
    void assertDrawnNoMoreSince(String line) {
        String all = err.toString(StandardCharsets.UTF_8);
        String end = CLEARED + "\n" + line + "\n";
        assertTrue(all.contains(end), all);
        assertFalse(all.substring(all.indexOf(end)).contains(DRAWN), all);
    }
}
