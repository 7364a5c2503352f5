package doctor;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks whether a port speaks HTTP/2 without TLS, as OTLP over gRPC does. It sends the client's preface and an empty
 * SETTINGS frame; the server's first frame must be a SETTINGS frame too (RFC 9113, sections 3.4 and 6.5).
 */
final class Http2Greeting {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int FRAME_HEADER = 9;
    private static final int TYPE = 3;
    private static final int SETTINGS = 4;

    private Http2Greeting() {}

    /** The reason why the port does not speak HTTP/2; empty when it does. */
    static Optional<String> problem(URI address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(PREFACE);
            socket.getOutputStream().write(EMPTY_SETTINGS);
            socket.getOutputStream().flush();
            return header(socket.getInputStream())[TYPE] == SETTINGS ? Optional.empty()
                    : Optional.of("the server there does not speak HTTP/2, so it is no OTLP over gRPC");
        } catch (ConnectException e) {
            return Optional.of("nothing listens on " + address.getAuthority());
        } catch (EOFException e) {
            return Optional.of("the server there closes the connection: it does not speak HTTP/2, or it wants TLS");
        } catch (SocketTimeoutException e) {
            return Optional.of("the server there does not answer");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] header(InputStream in) throws IOException {
        byte[] header = in.readNBytes(FRAME_HEADER);
        if (header.length < FRAME_HEADER) {
            throw new EOFException();
        }
        return header;
    }
}
