package embedded.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Decompresses up to a limit, so that a few kilobytes cannot become gigabytes of memory. */
final class Gunzip {
    /** A guess that fits repetitive telemetry. */
    private static final int EXPECTED_RATIO = 4;

    private Gunzip() {}

    /**
     * @throws TooLarge when the content is longer than {@code limit} bytes; no more than that was ever held
     * @throws IOException when it is no gzip, is damaged or ends early
     */
    static byte[] inflate(byte[] compressed, int limit) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed), 8192)) {
            byte[] content = new byte[(int) Math.min(limit, Math.max(512L, (long) compressed.length * EXPECTED_RATIO))];
            int length = 0;
            while (true) {
                int read = in.read(content, length, content.length - length);
                if (read < 0) {
                    return length == content.length ? content : Arrays.copyOf(content, length);
                }
                length += read;
                if (length == content.length) {
                    int next = in.read();
                    if (next < 0) {
                        return content;
                    }
                    if (length >= limit) {
                        throw new TooLarge(limit);
                    }
                    content = Arrays.copyOf(content, (int) Math.min(limit, content.length * 2L));
                    content[length++] = (byte) next;
                }
            }
        }
    }

    /** More than the limit. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(int limit) {
            super("more than " + limit + " bytes after decompression");
        }
    }
}
