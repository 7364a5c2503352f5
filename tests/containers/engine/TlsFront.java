package containers.engine;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS server on loopback in front of the real engine that requires a client certificate, like dockerd --tlsverify. */
public final class TlsFront implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Connection engine;
    private final SSLServerSocket server;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    /** @param folder ca.pem, cert.pem and key.pem of the engine */
    public TlsFront(Connection engine, Path folder) throws IOException {
        this.engine = engine;
        this.server = (SSLServerSocket) TlsMaterial.in(folder, true).getSSLContext().getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        daemon(this::accept);
    }

    public String address() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                daemon(() -> serve((SSLSocket) client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(SSLSocket client) {
        try {
            client.startHandshake();
            Duplex upstream = Duplex.open(engine.address(), engine.tlsContext(), Duration.ofSeconds(10));
            open.add(upstream);
            Duplex downstream = new Duplex.OverSocket(client);
            daemon(() -> copy(downstream, upstream));
            copy(upstream, downstream);
        } catch (IOException e) {
            quietly(client);
        }
    }

    /** Each direction ends by itself. */
    private static void copy(Duplex from, Duplex to) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, read);
            }
            to.endOutput();
        } catch (IOException e) {
            quietly(from);
            quietly(to);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(Closeable one) {
        try {
            one.close();
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(TlsFront::quietly);
    }
}
