package containers.engine;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection to the engine of which each direction ends by itself. docker-java's transport cannot say that our input is
 * over and still listen, so a command that reads to its end ({@code cat}, {@code sh}) would never end.
 */
interface Duplex extends Closeable {
    /** Fills from the start of the buffer. Returns how much; -1 when the other side has said all. */
    int read(byte[] buffer) throws IOException;

    /** Writes this much from the start of the buffer. */
    void write(byte[] buffer, int length) throws IOException;

    /** Says that no more will be written; reading goes on. */
    void endOutput() throws IOException;

    /** Connects. @param tls empty for a plain connection */
    static Duplex open(URI engine, Optional<SSLContext> tls, Duration patience) throws IOException {
        if ("unix".equals(engine.getScheme())) {
            return new OverChannel(SocketChannel.open(UnixDomainSocketAddress.of(engine.getPath())));
        }
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(engine.getHost(), engine.getPort()), (int) patience.toMillis());
            if (tls.isEmpty()) {
                return new OverSocket(plain);
            }
            SSLSocket secured = (SSLSocket) tls.get().getSocketFactory().createSocket(plain, engine.getHost(),
                    engine.getPort(), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return new OverSocket(secured);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** A Unix socket. Its channel's stream adapters take turns between reading and writing, so they are not used. */
    record OverChannel(SocketChannel channel) implements Duplex {
        @Override
        public int read(byte[] buffer) throws IOException {
            return channel.read(ByteBuffer.wrap(buffer));
        }

        @Override
        public void write(byte[] buffer, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void endOutput() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** TCP, with or without TLS. */
    record OverSocket(Socket socket) implements Duplex {
        @Override
        public int read(byte[] buffer) throws IOException {
            return socket.getInputStream().read(buffer);
        }

        @Override
        public void write(byte[] buffer, int length) throws IOException {
            socket.getOutputStream().write(buffer, 0, length);
            socket.getOutputStream().flush();
        }

        @Override
        public void endOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
