package containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of the engine, cut wherever the network cuts them. */
class FrameSplitterTest {
    @ParameterizedTest(name = "in pieces of {0} bytes")
    @ValueSource(ints = {1, 3, 8, 9, 1000})
    void framesMayEndAnywhere(int piece) throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.writeBytes(frame(1, "first "));
        sent.writeBytes(frame(2, "oops"));
        sent.writeBytes(frame(1, ""));
        sent.writeBytes(frame(1, "second"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        FrameSplitter splitter = new FrameSplitter(new CommandStreams(InputStream.nullInputStream(), out, err,
                Optional.empty()), false);
        byte[] all = sent.toByteArray();
        for (int at = 0; at < all.length; at += piece) {
            int length = Math.min(piece, all.length - at);
            byte[] part = new byte[length];
            System.arraycopy(all, at, part, 0, length);
            splitter.accept(part, length);
        }
        assertEquals("first second", out.toString(StandardCharsets.UTF_8));
        assertEquals("oops", err.toString(StandardCharsets.UTF_8));
    }

    private static byte[] frame(int stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length).put((byte) stream).put(new byte[3]).putInt(bytes.length).put(bytes)
                .array();
    }
}
