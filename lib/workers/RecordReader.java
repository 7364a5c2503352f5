package workers;

import java.io.IOException;
import java.io.Reader;

/**
 * The JSON of a line, without foreign text around it: terminal sequences anywhere (wrappers and shells set titles and show
 * cursors), and words before the first brace. JSON never contains a bare escape character, so nothing of it is lost. Words with a
 * quotation mark are kept: they are more likely the rest of a record without its beginning. Only the beginning of a text longer
 * than {@link #LONGEST_TEXT} is kept, so that a tool that answers with a whole file costs no memory.
 */
public final class RecordReader extends Reader {
    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';
    private static final int MAX_PREFIX = 2_000;
    /** The longest JSON string in characters; of a longer one, exactly so many are kept. */
    static final int LONGEST_TEXT = 1 << 20;
    private static final int UNICODE_DIGITS = 4;

    private enum State { PLAIN, ESCAPED, CONTROL, TEXT, TEXT_ESCAPED }

    private final LineReader line;
    private State state = State.PLAIN;
    private boolean begun;
    private int prefix;
    private boolean text;
    private int textLength;
    /** Characters that still belong to an escape of JSON. */
    private int escape;
    private boolean cutting;

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

    /** The caller closes the line, not this reader. */
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
        return begun && (c >= ' ' || c == '\t' || c == '\r') && withinText(c);
    }

    /** Follows the strings of JSON and drops the part beyond the longest length; characters and escapes are never cut in half. */
    private boolean withinText(char c) {
        if (!text) {
            text = c == '"';
            textLength = 0;
            cutting = false;
            return true;
        }
        if (escape > 0) {
            escape = c == 'u' && escape == 1 ? UNICODE_DIGITS : escape - 1;
        } else if (c == '"') {
            text = false;
            return true;
        } else {
            cutting = cutting || textLength >= LONGEST_TEXT && !Character.isLowSurrogate(c);
            escape = c == '\\' ? 1 : 0;
        }
        textLength += escape == 0 ? 1 : 0;
        return !cutting;
    }
}
