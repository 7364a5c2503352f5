package embedded.intake;

import embedded.Memory;
import embedded.Rejection;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Grows like {@code ByteArrayOutputStream}, but asks before it does; what it holds is counted. */
final class Bytes extends OutputStream {
    private final Memory.Share share;
    private final int limit;
    private byte[] content = new byte[0];
    private int length;

    /** Why it cannot grow; an {@code IOException} because streams throw those. */
    static final class NoRoom extends IOException {
        private static final long serialVersionUID = 1L;

        private final Rejection rejection;

        NoRoom(Rejection rejection) {
            super(rejection.getMessage(), rejection);
            this.rejection = rejection;
        }

        Rejection rejection() {
            return rejection;
        }
    }

    /** @param limit of its length */
    Bytes(Memory.Share share, int limit) {
        this.share = share;
        this.limit = limit;
    }

    @Override
    public void write(int b) throws IOException {
        makeRoom(1);
        content[length++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int size) throws IOException {
        makeRoom(size);
        System.arraycopy(from, offset, content, length, size);
        length += size;
    }

    void append(Bytes other) throws IOException {
        write(other.content, 0, other.length);
    }

    private void makeRoom(int size) throws IOException {
        if (size > limit - length) {
            throw new NoRoom(new Rejection(Rejection.Kind.TOO_LARGE, "more than " + limit + " bytes after decompression"));
        }
        if (length + size > content.length) {
            int capacity = (int) Math.min(limit, Math.max(Math.max(256L, content.length * 2L), length + (long) size));
            if (!share.grow(capacity)) { // the old one is held as well until it is copied
                throw new NoRoom(Overload.rejection());
            }
            int before = content.length;
            content = Arrays.copyOf(content, capacity);
            share.shrink(before);
        }
    }

    int length() {
        return length;
    }

    /** Empties it, and keeps its room. */
    void reset() {
        length = 0;
    }

    byte[] toArray() throws IOException {
        if (length == content.length) {
            return content;
        }
        if (!share.grow(length)) {
            throw new NoRoom(Overload.rejection());
        }
        byte[] exact = Arrays.copyOf(content, length);
        share.shrink(content.length);
        content = exact;
        return exact;
    }
}
