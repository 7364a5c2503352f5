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
 * Whether a port speaks HTTP/2 without TLS, as OTLP over gRPC does: the client's preface and an empty SETTINGS frame are
 * sent, and a SETTINGS frame must come first (RFC 9113, sections 3.4 and 6.5).
 */
final class Http2Greeting {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int FRAME_HEADER = 9;
    private static final int TYPE = 3;
    private static final int SETTINGS = 4;

    private Http2Greeting() {}

    /** Why it does not; empty when it does. */
    static Optional<String> problem(URI address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(PREFACE);
            socket.getOutputStream().write(EMPTY_SETTINGS);
            socket.getOutputStream().flush();
            return header(socket.getInputStream())[TYPE] == SETTINGS ? Optional.empty()
                    : Optional.of("what listens there speaks no HTTP/2, so it is no OTLP over gRPC");
        } catch (ConnectException e) {
            return Optional.of("nothing listens on " + address.getAuthority());
        } catch (EOFException e) {
            return Optional.of("what listens there hangs up: it speaks no HTTP/2, or wants TLS");
        } catch (SocketTimeoutException e) {
            return Optional.of("what listens there does not answer");
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
