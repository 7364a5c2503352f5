package containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.sun.net.httpserver.HttpServer;
import contract.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requests to an engine, and the exceptions for its refusals. */
class OrderTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 204;
    private volatile String says = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = says.getBytes(StandardCharsets.UTF_8);
            boolean bare = status == 204 || status == 304;
            exchange.sendResponseHeaders(status, bare ? -1 : body.length);
            if (!bare) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void graceIsSaidInSeconds() {
        order().stop("c1", Duration.ofSeconds(90));
        assertEquals(List.of("POST /v1.41/containers/c1/stop?t=90"), asked);
    }

    @Test
    void aRefusalIsOfItsKindAndHasTheEnginesWords() {
        says = "{\"message\":\"no such container: c1\"}";
        status = 404;
        assertEquals("no such container: c1",
                EngineErrors.text(assertThrows(NotFoundException.class, () -> order().kill("c1"))));
        status = 304;
        assertThrows(NotModifiedException.class, () -> order().kill("c1"));
        status = 409;
        assertThrows(ConflictException.class, () -> order().removeNetwork("n1"));
        status = 500;
        assertEquals(500, assertThrows(DockerException.class, () -> order().removeContainer("c1")).getHttpStatus());
    }

    @Test
    void anEngineThatHasGoneIsNoRefusal() {
        Order order = order();
        server.stop(0);
        UncheckedIOException gone = assertThrows(UncheckedIOException.class, () -> order.stop("c1", Duration.ofSeconds(1)));
        assertTrue(EngineErrors.lost(gone));
        assertEquals(ExitCode.NO_ENGINE, EngineErrors.during("stopping", gone).exitCode());
    }

    private Order order() {
        return new Order(new Connection(new Lazily<>(() -> {
            throw new IllegalStateException("the client is not for this");
        }), new EngineAddresses.Candidate(URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()), Optional.empty(),
                Optional.empty(), true), "Docker Engine", "20.10", "1.41", "amd64", Duration.ZERO));
    }
}
