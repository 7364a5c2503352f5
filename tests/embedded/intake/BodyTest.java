package embedded.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import embedded.Memory;
import embedded.Rejection;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The memory of a request's body is counted exactly. */
class BodyTest {
    private final Memory memory = new Memory(4 << 20);

    private static Buffer bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return Buffer.buffer(bytes);
    }

    @Test
    void holdsNothingOnceItIsClosedHoweverLongItsRequestLives() throws Exception {
        Body body = new Body(memory.share());
        for (int i = 0; i < 10; i++) {
            body.append(bytes(100_000, i));
        }
        assertEquals(body.share().held(), body.heldBytes());
        body.close();
        assertEquals(0, memory.used());
        assertEquals(0, body.heldBytes(), "what is not counted any more must not be held either");
    }

    @Test
    void holdsOnlyWhatWasCountedWhenThereIsNoRoomForMore() throws Exception {
        Body body = new Body(memory.share());
        Rejection rejection = assertThrows(Rejection.class, () -> {
            while (true) {
                body.append(bytes(100_000, 1));
            }
        });
        assertEquals(Rejection.Kind.OVERLOADED, rejection.kind());
        assertEquals(memory.used(), body.heldBytes());
    }

    @Test
    void isOnePieceInTheEnd() throws Exception {
        Body body = new Body(memory.share());
        body.append(bytes(1500, 1));
        body.append(bytes(2000, 2));
        byte[] whole = body.bytes(5);
        byte[] wanted = new byte[3495];
        Arrays.fill(wanted, 0, 1495, (byte) 1);
        Arrays.fill(wanted, 1495, 3495, (byte) 2);
        assertArrayEquals(wanted, whole);
        assertEquals(0, body.heldBytes(), "the pieces are let go");
        assertEquals(3500, memory.used(), "and the whole is counted");
    }
}
