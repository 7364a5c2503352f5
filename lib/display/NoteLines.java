package display;

import console.Cells;
import console.Console;
import console.Format;
import console.Palette;
import console.StatusLine;
import java.time.Duration;
import java.util.List;

/** The lines of a run above the status line: cut or wrapped to the terminal, indented, quoted. */
record NoteLines(Console console, Palette palette, StatusLine status, boolean verbose) {
    /** Columns of a duration with the space before it. */
    static final int TOOK = 12;
    private static final int SAID = 200;
    private static final int LEAST = 20;

    void note(String line) {
        status.note(line);
    }

    /** Text cut to one line, with {@code used} columns left free beside it; in a pipe nothing is cut. */
    String fit(String text, int used) {
        return Format.oneLine(text, verbose ? SAID * 10 : Math.max(LEAST, Math.min(SAID, console.width() - used)));
    }

    /** Sentences that must not be cut, wrapped behind an indentation. */
    List<String> wrapped(String text) {
        return Format.wrap(text, width(4));
    }

    /** Sentences after a mark; further lines are indented to the first line's text. */
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

    /** The columns that are left after an indentation; the last column stays free. */
    int width(int indent) {
        return Math.max(LEAST, console.width() - indent - 1);
    }

    String took(Duration duration) {
        return palette.dim("  " + Format.duration(duration));
    }
}
