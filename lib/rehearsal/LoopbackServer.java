package rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on a free port of the loopback interface, which nobody else can reach. */
abstract class LoopbackServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** More than any real request: Claude Code's are some 100 KB, with pictures some MB. */
    private static final int MAX_REQUEST = 64 << 20;

    private final HttpServer server;
    private final ExecutorService threads;

    LoopbackServer() throws IOException {
        // Read once, when the first server is made: without it each small write waits for an acknowledgement, some 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "stand-in");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                handle(exchange);
            }
        });
    }

    /** To be called when it can answer. */
    final void start() {
        server.start();
    }

    abstract void handle(HttpExchange exchange) throws IOException;

    /** For instance {@code http://127.0.0.1:40123}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static JsonNode body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] bytes = in.readNBytes(MAX_REQUEST);
            return JSON.readTree(bytes);
        }
    }

    /** Texts and lists as JSON. */
    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** JSON that stands in a text; missing when it is none. */
    static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    static void reply(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
