package process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps the beginning and the end of an output in bounded memory: a failing command often prints its actions at the
 * beginning and its error at the end. Not thread-safe.
 */
final class CappedOutput {
    private final byte[] head;
    private final byte[] tail;
    private int headLength;
    private long beyondHead;

    /** @param cap in bytes; half of it for each end */
    CappedOutput(int cap) {
        if (cap < 0) {
            throw new IllegalArgumentException("a cap below zero: " + cap);
        }
        head = new byte[cap - cap / 2];
        tail = new byte[cap / 2];
    }

    void add(byte[] bytes, int count) {
        int toHead = Math.min(count, head.length - headLength);
        System.arraycopy(bytes, 0, head, headLength, toHead);
        headLength += toHead;
        int rest = count - toHead;
        if (rest == 0) {
            return;
        }
        if (tail.length > 0) {
            // Only the last bytes are kept; the number of each byte gives its place in the ring buffer.
            int skipped = Math.max(0, rest - tail.length);
            for (int i = skipped; i < rest; i++) {
                tail[(int) ((beyondHead + i) % tail.length)] = bytes[toHead + i];
            }
        }
        beyondHead += rest;
    }

    boolean truncated() {
        return beyondHead > tail.length;
    }

    /**
     * The text, with a line in the place of the missing part. Bytes that are not UTF-8 become U+FFFD; a character that would be cut
     * in half is left out.
     */
    String text() {
        byte[] end = end();
        if (!truncated()) {
            byte[] all = Arrays.copyOf(head, headLength + end.length);
            System.arraycopy(end, 0, all, headLength, end.length);
            return new String(all, StandardCharsets.UTF_8);
        }
        int from = continuationBytes(end);
        int to = headLength - brokenTail();
        long omitted = beyondHead - end.length + from + (headLength - to);
        String before = new String(head, 0, to, StandardCharsets.UTF_8);
        String after = new String(end, from, end.length - from, StandardCharsets.UTF_8);
        String newline = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        return before + newline + "[… " + omitted + " bytes left out …]\n" + after;
    }

    private byte[] end() {
        int length = (int) Math.min(beyondHead, tail.length);
        byte[] end = new byte[length];
        for (int i = 0; i < length; i++) {
            end[i] = tail[(int) ((beyondHead - length + i) % tail.length)];
        }
        return end;
    }

    private static int continuationBytes(byte[] bytes) {
        int count = 0;
        while (count < bytes.length && count < 3 && (bytes[count] & 0xc0) == 0x80) {
            count++;
        }
        return count;
    }

    /** The number of bytes at the end of the head that belong to a character cut in half. */
    private int brokenTail() {
        for (int back = 1; back <= 3 && back <= headLength; back++) {
            int b = head[headLength - back] & 0xff;
            if (b >= 0xc0) {
                int needed = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return needed > back ? back : 0;
            }
            if (b < 0x80) {
                return 0;
            }
        }
        return 0;
    }
}
