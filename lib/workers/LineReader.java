package workers;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a stream. Each line is a reader that ends before the line feed, so that a line of any length needs bounded memory.
 * Bytes that are not UTF-8 become U+FFFD. The first characters of each line are kept for messages.
 */
public final class LineReader extends Reader {
    /** The longest line in characters; a longer one throws {@link TooLong}. */
    public static final long MAX_LINE = 32L << 20;
    /** Characters kept of a line for messages. */
    public static final int HEAD = 2_000;

    private final Reader in;
    private final char[] buffer = new char[8192];
    private final StringBuilder head = new StringBuilder();
    private int position;
    private int limit;
    private long length;
    private boolean ended = true;

    public LineReader(InputStream stream) {
        in = new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE));
    }

    /** Goes to the next line and skips the rest of this one; false at the end of the stream. */
    public boolean next() throws IOException {
        finish();
        head.setLength(0);
        length = 0;
        ended = !fill();
        return !ended;
    }

    /** Reads this line to its end without keeping it. */
    public void finish() throws IOException {
        while (!ended && fill()) {
            int end = lineFeed(limit);
            keep(position, end);
            length += end - position;
            position = end;
            endAtLineFeed();
        }
        ended = true;
    }

    @Override
    public int read(char[] target, int offset, int count) throws IOException {
        if (ended || count == 0) {
            return ended ? -1 : 0;
        }
        if (!fill()) {
            ended = true;
            return -1;
        }
        int end = lineFeed(Math.min(limit, position + count));
        int taken = end - position;
        keep(position, end);
        System.arraycopy(buffer, position, target, offset, taken);
        position = end;
        length += taken;
        if (length > MAX_LINE) {
            throw new TooLong();
        }
        endAtLineFeed();
        return taken == 0 ? read(target, offset, count) : taken;
    }

    /** The beginning of the line, as far as it was read. */
    public String head() {
        return head.toString().stripTrailing();
    }

    /** Characters of the line that were read so far. */
    public long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        position = 0;
        limit = in.read(buffer, 0, buffer.length);
        return limit > 0;
    }

    private int lineFeed(int before) {
        int end = position;
        while (end < before && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private void endAtLineFeed() {
        if (position < limit && buffer[position] == '\n') {
            position++;
            ended = true;
        }
    }

    private void keep(int from, int to) {
        head.append(buffer, from, Math.max(0, Math.min(to - from, HEAD - head.length())));
    }

    /** The line is longer than {@link #MAX_LINE}. */
    public static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
