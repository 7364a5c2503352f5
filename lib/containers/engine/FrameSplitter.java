package containers.engine;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes apart what a command writes. Without a terminal the engine sends frames: a byte for the stream (1 stdout, 2 stderr),
 * three of nothing, four for the length, and so many bytes of output. With a terminal there is only one stream, unframed.
 */
final class FrameSplitter {
    private static final int HEADER = 8;
    private static final int LENGTH_AT = 4;
    private static final int STDERR = 2;
    private static final int BUFFER = 32 * 1024;
    private static final int OPENING = 1024;

    private final CommandStreams streams;
    private final boolean terminal;
    private final byte[] header = new byte[HEADER];
    private final ByteArrayOutputStream opening = new ByteArrayOutputStream();
    private int headerRead;
    private long left;

    FrameSplitter(CommandStreams streams, boolean terminal) {
        this.streams = streams;
        this.terminal = terminal;
    }

    /** Passes everything on until the command has said all. @param first what was received already */
    void copy(Duplex duplex, byte[] first) throws IOException {
        accept(first, first.length);
        byte[] buffer = new byte[BUFFER];
        for (int read = duplex.read(buffer); read >= 0; read = duplex.read(buffer)) {
            accept(buffer, read);
        }
        if (left > 0 || headerRead > 0) {
            throw new EOFException("the engine has ended the connection in the middle of a command's output");
        }
    }

    /** Bytes as they come: frames end anywhere. */
    void accept(byte[] bytes, int length) throws IOException {
        if (terminal) {
            pass(streams.out(), bytes, 0, length);
            return;
        }
        int at = 0;
        while (at < length) {
            if (left == 0) {
                header[headerRead++] = bytes[at++];
                if (headerRead == HEADER) {
                    left = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(LENGTH_AT));
                    headerRead = 0;
                }
            } else {
                int now = (int) Math.min(left, length - at);
                pass(header[0] == STDERR ? streams.err() : streams.out(), bytes, at, now);
                at += now;
                left -= now;
            }
        }
    }

    /** The first words of all, on whichever stream. */
    String opening() {
        return opening.toString(StandardCharsets.UTF_8);
    }

    private void pass(OutputStream stream, byte[] bytes, int offset, int length) throws ReaderGone {
        opening.write(bytes, offset, Math.min(length, OPENING - opening.size()));
        try {
            stream.write(bytes, offset, length);
            stream.flush();
        } catch (IOException e) {
            throw new ReaderGone(e);
        }
    }

    /** Nobody reads any more what the command writes, as when {@code head} has enough. */
    static final class ReaderGone extends IOException {
        private static final long serialVersionUID = 1;

        ReaderGone(IOException cause) {
            super(cause);
        }
    }
}
