package embedded.intake;

import embedded.Memory;
import embedded.Rejection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Decompresses up to a limit and within what memory there is, so that a few kilobytes cannot become gigabytes. */
final class Gunzip {
    private static final int BUFFER = 8192;

    private Gunzip() {}

    /**
     * @throws Bytes.NoRoom when the content is longer than is allowed, or than there is room for now
     * @throws IOException when it is no gzip, is damaged or ends early
     */
    static byte[] inflate(InputStream compressed, Memory.Share share) throws IOException {
        Bytes content = new Bytes(share, IntakeLimits.REQUEST_BYTES);
        try (InputStream in = new GZIPInputStream(compressed, BUFFER)) {
            in.transferTo(content);
        }
        return content.toArray();
    }

    /** The content as a stream that ends with {@link Bytes.NoRoom} where it is longer than is allowed. */
    static InputStream stream(InputStream compressed) throws IOException {
        return new Limited(new GZIPInputStream(compressed, BUFFER));
    }

    private static final class Limited extends FilterInputStream {
        private int left = IntakeLimits.REQUEST_BYTES;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int size) throws IOException {
            int read = in.read(to, offset, size);
            if (read > left) {
                throw new Bytes.NoRoom(new Rejection(Rejection.Kind.TOO_LARGE, "more than "
                        + IntakeLimits.REQUEST_BYTES + " bytes after decompression"));
            }
            left -= Math.max(0, read);
            return read;
        }
    }
}
