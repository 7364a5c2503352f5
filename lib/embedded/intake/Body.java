package embedded.intake;

import embedded.Memory;
import embedded.Rejection;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The body of a request as it arrives, in pieces that are counted before they are taken: never copied to grow, and a million
 * packets of a byte each are no million objects.
 */
final class Body implements AutoCloseable {
    private static final int SMALLEST_PIECE = 1 << 10;
    private static final int LARGEST_PIECE = 1 << 20;

    private final Memory.Share share;
    private final List<byte[]> pieces = new ArrayList<>(4);
    /** How much of the last piece is filled. */
    private int filled;
    private int length;

    Body(Memory.Share share) {
        this.share = share;
    }

    /** @throws Rejection when there is no room for it now, or when it is too long at all */
    void append(Buffer chunk) throws Rejection {
        if (chunk.length() > IntakeLimits.REQUEST_BYTES - length) {
            throw new Rejection(Rejection.Kind.TOO_LARGE, "a request may have up to " + IntakeLimits.REQUEST_BYTES + " bytes");
        }
        int from = 0;
        while (from < chunk.length()) {
            int room = pieces.isEmpty() ? 0 : last().length - filled;
            if (room == 0) {
                addPiece(chunk.length() - from);
                room = last().length;
            }
            int size = Math.min(room, chunk.length() - from);
            chunk.getBytes(from, from + size, last(), filled);
            from += size;
            filled += size;
            length += size;
        }
    }

    private byte[] last() {
        return pieces.get(pieces.size() - 1);
    }

    private void addPiece(int wanted) throws Rejection {
        int size = Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, Math.max(wanted, length)));
        if (!share.growReading(size)) {
            throw Overload.rejection();
        }
        pieces.add(new byte[size]);
        filled = 0;
    }

    int length() {
        return length;
    }

    /** What it holds of the memory; grows on when it is worked on. */
    Memory.Share share() {
        return share;
    }

    /** One of its first bytes, 0 to 255; the first piece is never shorter than these. */
    int at(int index) {
        return pieces.get(0)[index] & 0xff;
    }

    /** Reads it from this offset on, which lies in the first piece. */
    InputStream stream(int offset) {
        List<InputStream> streams = new ArrayList<>(pieces.size());
        for (int i = 0; i < pieces.size(); i++) {
            byte[] piece = pieces.get(i);
            int from = i == 0 ? offset : 0;
            int to = i == pieces.size() - 1 ? filled : piece.length;
            streams.add(new ByteArrayInputStream(piece, from, to - from));
        }
        return streams.size() == 1 ? streams.get(0) : new SequenceInputStream(Collections.enumeration(streams));
    }

    /** All of it in one piece, from an offset on; the pieces are given back, so that it can be asked for once. */
    byte[] bytes(int offset) throws Rejection {
        if (!share.grow(length)) {
            throw Overload.rejection();
        }
        byte[] all = new byte[length - offset];
        int at = -offset;
        for (int i = 0; i < pieces.size(); i++) {
            byte[] piece = pieces.get(i);
            int size = i == pieces.size() - 1 ? filled : piece.length;
            int from = Math.max(0, -at);
            if (from < size) {
                System.arraycopy(piece, from, all, at + from, size - from);
            }
            at += size;
        }
        drop();
        return all;
    }

    /** Lets go of the bytes when they have been read; what came of them is still counted. */
    void drop() {
        long given = heldBytes();
        pieces.clear();
        share.shrink(given);
    }

    /** Bytes of its pieces. */
    long heldBytes() {
        return pieces.stream().mapToLong(piece -> piece.length).sum();
    }

    /** Gives back what it holds. The request may live on for as long as its client likes, and must not hold it any more. */
    @Override
    public void close() {
        pieces.clear();
        share.close();
    }
}
