package embedded.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The number of connections is limited; above it idle ones are closed, and without idle ones the new connection is closed at once. */
class OpenConnectionsTest {
    private static final int MOST = 5;

    private final AtomicLong now = new AtomicLong();
    private final OpenConnections connections = new OpenConnections(MOST, now::get);
    private final Vertx vertx = Vertx.builder().withTransport(new BoundedTransport(connections)).build();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
        sockets.add(socket);
        return socket;
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[12];
        int read = socket.getInputStream().readNBytes(answer, 0, answer.length);
        return new String(answer, 0, read, StandardCharsets.US_ASCII);
    }

    private static boolean isRefused(Socket socket) throws IOException {
        try {
            String answer = ask(socket);
            assertTrue(answer.isEmpty() || answer.equals("HTTP/1.1 200"), answer);
            return answer.isEmpty();
        } catch (SocketException e) {
            return true; // reset, when the request had been sent already
        }
    }

    @Test
    void closesTheSurplusAtOnceAndAnswersTheOthers() throws Exception {
        int port = listen();
        for (int i = 0; i < MOST; i++) {
            connect(port); // open, without a word
        }
        for (int i = 0; i < 3 * MOST; i++) {
            assertTrue(isRefused(connect(port)), "number " + i + " of the surplus");
        }
        for (Socket taken : sockets.subList(0, MOST)) {
            assertEquals("HTTP/1.1 200", ask(taken));
        }
        sockets.get(0).close();
        while (isRefused(connect(port))) {
            Thread.onSpinWait(); // until the engine has seen it; then there is room again
        }
    }

    /** The clock of the connections; the sockets have the real one. */
    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void whoSendsGetsInHoweverManyAreIdle() throws Exception {
        int port = listen();
        connections.sendersPort(port);
        Socket ordinary = connect(port);
        for (int i = 0; i < 200; i++) {
            Socket idle = connect(port);
            if (i % 2 == 0) {
                assertEquals("HTTP/1.1 200", ask(idle)); // once, and never again
            }
            pass(2);
            assertEquals("HTTP/1.1 200", ask(connect(port)), "a new one, after " + i);
            pass(2);
            assertTrue(connections.count() <= MOST, "open: " + connections.count());
        }
        assertTrue(isRefused(ordinary), "that one was idle longest");
    }

    @Test
    void aRequestThatIsOnItsWayIsNotCutOffForOthers() throws Exception {
        int port = listen();
        Socket slow = connect(port);
        slow.getOutputStream().write("GET / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
        while (connections.asking() < 1) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 3 * MOST; i++) {
            pass(2);
            assertEquals("HTTP/1.1 200", ask(connect(port)));
        }
        slow.getOutputStream().write("st: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals('H', slow.getInputStream().read());
    }

    @Test
    void requestsThatNeverEndMakeRoomToo() throws Exception {
        int port = listen();
        for (int i = 0; i < MOST; i++) {
            connect(port).getOutputStream().write('G');
        }
        while (connections.asking() < MOST) {
            Thread.onSpinWait();
        }
        pass(60);
        assertTrue(isRefused(connect(port)), "they may still be on their way");
        pass(60);
        assertEquals("HTTP/1.1 200", ask(connect(port)));
    }

    @Test
    void whoNeverSaysAWordIsClosedAfterAWhile() throws Exception {
        int port = listen();
        Socket silent = connect(port);
        Socket spoke = connect(port);
        assertEquals("HTTP/1.1 200", ask(spoke));
        assertEquals(2, connections.count());
        pass(20);
        connections.closeSilent();
        pass(20);
        assertEquals(2, connections.count());
        connections.closeSilent();
        assertEquals(-1, silent.getInputStream().read());
        assertTrue(spoke.getInputStream().read() >= 0, "the rest of its answer");
    }

    private int listen() throws Exception {
        return vertx.createHttpServer().requestHandler(request -> request.response().end("yes")).listen(0, "127.0.0.1")
                .toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES).actualPort();
    }

    @Test
    void sendersLeaveRoomForThePage() throws Exception {
        int sending = listen();
        int page = listen();
        connections.sendersPort(sending);
        for (int i = 0; i < connections.mostOfSenders(); i++) {
            connect(sending);
        }
        assertTrue(isRefused(connect(sending)));
        assertTrue(connections.mostOfSenders() < MOST);
        for (int i = connections.mostOfSenders(); i < MOST; i++) {
            assertEquals("HTTP/1.1 200", ask(connect(page)));
        }
        assertTrue(isRefused(connect(page)));
    }

    @Test
    void keepsFilesForTheEngineItself() {
        assumeTrue(File.separatorChar == '/', "Windows has no such limit");
        OpenConnections connections = new OpenConnections(Integer.MAX_VALUE);
        connections.boundByOpenFiles();
        assertTrue(connections.most() >= 4 && connections.most() < Integer.MAX_VALUE, "most: " + connections.most());
    }
}
