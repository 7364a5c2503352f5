package console;

import java.io.PrintStream;

/** Consoles that only tests need. */
public final class Consoles {
    private Consoles() {}

    /** A terminal on which a line may be drawn again. */
    public static Console live(PrintStream out, PrintStream err, int width, Palette.Colours colours) {
        Palette palette = new Palette(colours, true);
        return new Console(out, err, true, true, palette, palette, width, ProgramName.SHORT);
    }
}
