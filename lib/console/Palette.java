package console;

/**
 * Colours and marks. The text must be clear without colour too. On a terminal with 256 colours, the colours are readable on white
 * and on black; of the first sixteen, yellow and cyan are hard to see on a light background.
 */
public final class Palette {
    private static final String RESET = "\u001b[0m";
    /** Numbers in xterm's table; each has a contrast of at least 3.8 to black and to white. */
    static final int RED = 160;
    static final int GREEN = 28;
    static final int YELLOW = 130;
    static final int CYAN = 30;

    /** How many colours there are. */
    public enum Colours { NONE, SIXTEEN, MANY }

    private final Colours colours;
    private final boolean unicode;

    public Palette(Colours colours, boolean unicode) {
        this.colours = colours;
        this.unicode = unicode;
    }

    /** The same marks without colour. */
    public Palette plain() {
        return new Palette(Colours.NONE, unicode);
    }

    public String bold(String text) {
        return paint("\u001b[1m", text);
    }

    public String dim(String text) {
        return paint("\u001b[2m", text);
    }

    public String red(String text) {
        return paint(code(RED, 31), text);
    }

    public String green(String text) {
        return paint(code(GREEN, 32), text);
    }

    public String yellow(String text) {
        return paint(code(YELLOW, 33), text);
    }

    public String cyan(String text) {
        return paint(code(CYAN, 36), text);
    }

    /** A link that the user can click; without colour, the address itself. */
    public String link(String address) {
        return coloured() ? "\u001b]8;;" + address + "\u001b\\" + cyan(address) + "\u001b]8;;\u001b\\" : address;
    }

    public String ok() {
        return green(unicode ? "✓" : "ok");
    }

    public String failed() {
        return red(unicode ? "✗" : "FAILED");
    }

    public String skipped() {
        return yellow(unicode ? "–" : "skipped");
    }

    public String arrow() {
        return cyan(unicode ? "→" : "->");
    }

    public String bullet() {
        return unicode ? "●" : "*";
    }

    public String separator() {
        return unicode ? " · " : ", ";
    }

    /** The mark for cut text, in ASCII where the terminal has no other letters. */
    String plainSigns(String line) {
        return unicode ? line : line.replace("…", "...");
    }

    public boolean coloured() {
        return colours != Colours.NONE;
    }

    public boolean unicode() {
        return unicode;
    }

    private String code(int ofMany, int ofSixteen) {
        return colours == Colours.MANY ? "\u001b[38;5;" + ofMany + "m" : "\u001b[" + ofSixteen + "m";
    }

    private String paint(String code, String text) {
        return coloured() && !text.isEmpty() ? code + text + RESET : text;
    }
}
