package process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CappedOutputTest {
    @Test
    void whatFitsIsKeptAsItIs() {
        CappedOutput output = new CappedOutput(10);
        add(output, "12345");
        add(output, "67890");
        assertEquals("1234567890", output.text());
        assertFalse(output.truncated());
    }

    @Test
    void oneByteMoreLeavesOutTheMiddleAndSaysHowMuch() {
        CappedOutput output = new CappedOutput(10);
        add(output, "12345678901");
        assertTrue(output.truncated());
        assertEquals("12345\n[… 1 bytes left out …]\n78901", output.text());
    }

    @Test
    void charactersAreNotCutInTwo() {
        CappedOutput output = new CappedOutput(10);
        add(output, "€€€€€€€€");
        assertEquals("€\n[… 18 bytes left out …]\n€", output.text());
    }

    @Test
    void invalidUtf8IsReplaced() {
        CappedOutput output = new CappedOutput(10);
        output.add(new byte[] {'a', (byte) 0xff, 'b'}, 3);
        assertEquals("a\ufffdb", output.text());
    }

    @Test
    void noCapKeepsNothingButTheCount() {
        CappedOutput output = new CappedOutput(0);
        add(output, "12345");
        assertEquals("[… 5 bytes left out …]\n", output.text());
    }

    @Test
    void anyChunksGiveTheSameAsOne() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ('a' + random.nextInt(26));
            }
            int cap = random.nextInt(100);
            CappedOutput chunked = new CappedOutput(cap);
            for (int from = 0; from < bytes.length;) {
                int n = Math.min(bytes.length - from, 1 + random.nextInt(50));
                byte[] chunk = java.util.Arrays.copyOfRange(bytes, from, from + n);
                chunked.add(chunk, n);
                from += n;
            }
            assertEquals(expected(new String(bytes, StandardCharsets.US_ASCII), cap), chunked.text());
        }
    }

    private static String expected(String all, int cap) {
        if (all.length() <= cap) {
            return all;
        }
        String head = all.substring(0, cap - cap / 2);
        String tail = all.substring(all.length() - cap / 2);
        return head + (head.isEmpty() ? "" : "\n") + "[… " + (all.length() - cap) + " bytes left out …]\n" + tail;
    }

    private static void add(CappedOutput output, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.add(bytes, bytes.length);
    }
}
