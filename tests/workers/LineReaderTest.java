package workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void linesEndAtLineFeedsAndTheLastNeedsNone() throws IOException {
        assertEquals(List.of("a", "", "b\r", "c"), lines("a\n\nb\r\nc"));
        assertEquals(List.of("a"), lines("a\n"));
        assertEquals(List.of(), lines(""));
    }

    @Test
    void whatIsNotReadOfALineIsSkipped() throws IOException {
        LineReader reader = reader("one two\nthree".getBytes(StandardCharsets.UTF_8));
        reader.next();
        assertEquals('o', reader.read());
        reader.next();
        assertEquals('t', reader.read());
        reader.finish();
        assertEquals("three", reader.head());
        assertEquals(-1, reader.read());
    }

    /** However the bytes come and however they are taken, characters of several bytes included. */
    @Test
    void agreesWithSplittingAString() throws IOException {
        Random random = new Random(17);
        for (int round = 0; round < 200; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30_000); i > 0; i--) {
                text.append(random.nextInt(50) == 0 ? "\n" : random.nextInt(5) == 0 ? "ü€😀" : "x");
            }
            text.append('.');
            assertEquals(List.of(text.toString().split("\n", -1)), lines(text.toString()));
        }
    }

    @Test
    void aLineWithoutEndIsGivenUp() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                java.util.Arrays.fill(target, offset, offset + count, (byte) 'a');
                return count;
            }
        };
        LineReader reader = new LineReader(endless);
        reader.next();
        char[] buffer = new char[1 << 16];
        assertThrows(LineReader.TooLong.class, () -> {
            while (reader.read(buffer, 0, buffer.length) >= 0) {
                assertEquals(true, reader.head().length() <= LineReader.HEAD);
            }
        });
    }

    private static List<String> lines(String text) throws IOException {
        LineReader reader = reader(text.getBytes(StandardCharsets.UTF_8));
        Random random = new Random(text.length());
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            StringWriter line = new StringWriter();
            char[] buffer = new char[1 + random.nextInt(10_000)];
            for (int n = reader.read(buffer, 0, buffer.length); n >= 0; n = reader.read(buffer, 0, buffer.length)) {
                line.write(buffer, 0, n);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static LineReader reader(byte[] bytes) {
        Random random = new Random(bytes.length);
        return new LineReader(new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int count) {
                return super.read(target, offset, Math.min(count, 1 + random.nextInt(9_000)));
            }
        });
    }
}
