package workers;

import java.io.IOException;
import java.io.Reader;

/**
 * The JSON of a line without what others wrote around it: terminal sequences anywhere (wrappers and shells set titles and show
 * cursors), and words before the first brace. No JSON holds a bare escape character, so that none is lost. Words with a
 * quotation mark in them are handed on: they are more likely the rest of a record that lost its beginning.
 */
public final class RecordReader extends Reader {
    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';
    private static final int MAX_PREFIX = 2_000;

    private enum State { PLAIN, ESCAPED, CONTROL, TEXT, TEXT_ESCAPED }

    private final LineReader line;
    private State state = State.PLAIN;
    private boolean begun;
    private int prefix;

    public RecordReader(LineReader line) {
        this.line = line;
    }

    @Override
    public int read(char[] target, int offset, int count) throws IOException {
        int kept = 0;
        while (kept == 0) {
            int read = line.read(target, offset, count);
            if (read <= 0) {
                return read;
            }
            for (int i = offset; i < offset + read; i++) {
                if (keeps(target[i])) {
                    target[offset + kept++] = target[i];
                }
            }
        }
        return kept;
    }

    /** The line is not this reader's to close. */
    @Override
    public void close() {}

    private boolean keeps(char c) {
        switch (state) {
            case ESCAPED -> state = c == '[' ? State.CONTROL : c == ']' ? State.TEXT : State.PLAIN;
            // A control sequence ends with its letter (ECMA-48, 5.4).
            case CONTROL -> state = c >= '@' && c <= '~' ? State.PLAIN : State.CONTROL;
            case TEXT -> state = c == BELL ? State.PLAIN : c == ESCAPE ? State.TEXT_ESCAPED : State.TEXT;
            case TEXT_ESCAPED -> state = State.PLAIN;
            default -> {
                if (c == ESCAPE) {
                    state = State.ESCAPED;
                    return false;
                }
                return outside(c);
            }
        }
        return false;
    }

    private boolean outside(char c) {
        if (!begun) {
            begun = c == '{' || c == '"' || ++prefix > MAX_PREFIX;
        }
        return begun && (c >= ' ' || c == '\t' || c == '\r');
    }
}
