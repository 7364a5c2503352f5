package console;

import java.io.PrintStream;

/** Consoles that only tests need. */
public final class Consoles {
    private Consoles() {}

    /** A terminal without colours on which a line may be drawn again. */
    public static Console live(PrintStream out, PrintStream err, int width) {
        Palette palette = new Palette(Palette.Colours.NONE, true);
        return new Console(out, err, true, true, palette, palette, width, ProgramName.SHORT);
    }
}
