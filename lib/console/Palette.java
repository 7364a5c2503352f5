package console;

/** Colours and marks; without colour they leave the text alone, and it reads as well. */
public final class Palette {
    private static final String RESET = "\u001b[0m";

    private final boolean colour;
    private final boolean unicode;

    public Palette(boolean colour, boolean unicode) {
        this.colour = colour;
        this.unicode = unicode;
    }

    public String bold(String text) {
        return paint("\u001b[1m", text);
    }

    public String dim(String text) {
        return paint("\u001b[2m", text);
    }

    public String red(String text) {
        return paint("\u001b[31m", text);
    }

    public String green(String text) {
        return paint("\u001b[32m", text);
    }

    public String yellow(String text) {
        return paint("\u001b[33m", text);
    }

    public String cyan(String text) {
        return paint("\u001b[36m", text);
    }

    /** A link that a terminal lets one click; the address itself where there is no colour. */
    public String link(String address) {
        return colour ? "\u001b]8;;" + address + "\u001b\\" + cyan(address) + "\u001b]8;;\u001b\\" : address;
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

    /** Our own mark of a cut in letters that every terminal has, where it has no others. */
    String plainSigns(String line) {
        return unicode ? line : line.replace("…", "...");
    }

    public boolean coloured() {
        return colour;
    }

    public boolean unicode() {
        return unicode;
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? code + text + RESET : text;
    }
}
