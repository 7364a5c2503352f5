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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many connections as there is room for; those beyond are closed at once, and the others are answered. */
class OpenConnectionsTest {
    private static final int MOST = 5;

    private final OpenConnections connections = new OpenConnections(MOST);
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
