package containers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A proxy on a TCP port in front of the real engine: it can fail at a chosen request, or change answers. */
final class EngineProxy implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ServerSocketChannel server;
    private final Path engine;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private volatile Predicate<String> fatal = request -> false;
    private volatile UnaryOperator<String> answers = UnaryOperator.identity();
    private volatile Function<String, Optional<String>> instead = request -> Optional.empty();

    EngineProxy(Path engine) throws IOException {
        this(engine, InetAddress.getLoopbackAddress());
    }

    /** @param listen an address of this machine; any but loopback makes the engine look like a remote one */
    EngineProxy(Path engine, InetAddress listen) throws IOException {
        this.engine = engine;
        this.server = ServerSocketChannel.open().bind(new InetSocketAddress(listen, 0));
        daemon(this::accept);
    }

    String address() throws IOException {
        InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
        return "tcp://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Goes away, for good, at the first request that contains this text. */
    void goAwayAt(String request) {
        goAwayAt(text -> text.contains(request));
    }

    /** Goes away, for good, at the first request that is so. */
    void goAwayAt(Predicate<String> request) {
        fatal = request;
    }

    /** Changes what the engine answers, piece by piece. */
    void change(UnaryOperator<String> change) {
        answers = change;
    }

    /** Answers a request itself, in the engine's place, with the whole answer of HTTP that this gives for it. */
    void answer(Function<String, Optional<String>> requests) {
        instead = requests;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                SocketChannel upstream = SocketChannel.open(StandardProtocolFamily.UNIX);
                upstream.connect(UnixDomainSocketAddress.of(engine));
                open.add(client);
                open.add(upstream);
                daemon(() -> copy(client, upstream, true));
                daemon(() -> copy(upstream, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void copy(SocketChannel from, SocketChannel to, boolean request) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                if (request && fatal.test(text)) {
                    close();
                    return;
                }
                Optional<String> own = request ? instead.apply(text) : Optional.empty();
                if (own.isPresent()) {
                    from.write(ByteBuffer.wrap(own.get().getBytes(StandardCharsets.ISO_8859_1)));
                    quietly(from);
                    quietly(to);
                    return;
                }
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes(request ? bytes : answers.apply(text).getBytes(StandardCharsets.ISO_8859_1));
                ByteBuffer write = ByteBuffer.wrap(out.toByteArray());
                while (write.hasRemaining()) {
                    to.write(write);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            quietly(from);
            quietly(to);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "engine-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            return;
        } finally {
            open.forEach(EngineProxy::quietly);
        }
    }
}
