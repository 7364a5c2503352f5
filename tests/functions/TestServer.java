package functions;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback: {@code /status/N} answers with N, {@code /to?URL} redirects, {@code /hang}, {@code /endless}. */
final class TestServer implements AutoCloseable {
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);

    TestServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try (exchange; OutputStream out = exchange.getResponseBody()) {
                if (path.startsWith("/status/")) {
                    byte[] body = "the body".getBytes(StandardCharsets.UTF_8);
                    int status = Integer.parseInt(path.substring(8));
                    boolean bodiless = status == 204 || status == 304;
                    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
                    out.write(bodiless ? new byte[0] : body);
                } else if (path.equals("/to")) {
                    exchange.getResponseHeaders().add("Location", exchange.getRequestURI().getQuery());
                    exchange.sendResponseHeaders(302, -1);
                } else if (path.equals("/hang")) {
                    closing.await();
                } else if (path.equals("/endless")) {
                    exchange.sendResponseHeaders(200, 0);
                    while (closing.getCount() > 0) {
                        out.write("more\n".getBytes(StandardCharsets.UTF_8));
                        out.flush();
                        Thread.sleep(50);
                    }
                } else {
                    exchange.sendResponseHeaders(200, 0);
                    out.write(new byte[20_000_000]);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
