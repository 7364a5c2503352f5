package display;

import console.Cells;
import console.Console;
import console.Format;
import console.Palette;
import console.StatusLine;
import java.time.Duration;
import java.util.List;

/** The lines of a run above the living one: cut or wrapped to the terminal, indented, quoted. */
record NoteLines(Console console, Palette palette, StatusLine status, boolean verbose) {
    /** Columns of a duration with the space before it. */
    static final int TOOK = 12;
    private static final int SAID = 200;
    private static final int LEAST = 20;

    void note(String line) {
        status.note(line);
    }

    /** One line of text that leaves room for {@code used} columns beside it on a terminal; elsewhere nothing needs to fit. */
    String fit(String text, int used) {
        return Format.oneLine(text, verbose ? SAID * 10 : Math.max(LEAST, Math.min(SAID, console.width() - used)));
    }

    /** Sentences that must be read whole, in lines that fit behind an indentation. */
    List<String> wrapped(String text) {
        return Format.wrap(text, width(4));
    }

    /** Sentences behind a mark, whose further lines stand below the first one's text. */
    void marked(String mark, String text) {
        int indent = 2 + Cells.width(Format.printable(mark));
        boolean first = true;
        for (String line : Format.wrap(text, width(indent))) {
            note((first ? "  " + mark : " ".repeat(indent)) + line);
            first = false;
        }
    }

    /** A line of another program, with its indentation. */
    void quoted(String text) {
        note(palette.dim("      | " + Format.codeLine(text, verbose ? SAID * 10 : Math.max(LEAST, Math.min(SAID, console.width() - 8)))));
    }

    /** Columns that are left behind an indentation; the last one stays free. */
    int width(int indent) {
        return Math.max(LEAST, console.width() - indent - 1);
    }

    String took(Duration duration) {
        return palette.dim("  " + Format.duration(duration));
    }
}
