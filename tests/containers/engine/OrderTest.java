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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to an engine, and what its refusals become. */
class OrderTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 201;
    private volatile String says = "{\"Id\":\"c1\"}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = says.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 304 ? -1 : body.length);
            if (status != 304) {
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
    void whatIsMadeIsDescribedInJsonAndItsNumberComesBack() {
        assertEquals("c1", order().createContainer("s-tempo", Map.of("Image", "tempo:3")));
        assertEquals(List.of("POST /v1.41/containers/create?name=s-tempo application/json {\"Image\":\"tempo:3\"}"), asked);
    }

    @Test
    void anArchiveComesWhole() {
        order().unpack("c1", "the archive".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("PUT /v1.41/containers/c1/archive?path=%2F application/x-tar the archive"), asked);
    }

    @Test
    void aRefusalIsOfItsKindAndHasTheEnginesWords() {
        says = "{\"message\":\"no such container: c1\"}";
        status = 404;
        assertEquals("no such container: c1",
                EngineErrors.text(assertThrows(NotFoundException.class, () -> order().start("c1"))));
        status = 304;
        assertThrows(NotModifiedException.class, () -> order().start("c1"));
        status = 409;
        assertThrows(ConflictException.class, () -> order().removeNetwork("n1"));
        status = 500;
        assertEquals(500, assertThrows(DockerException.class, () -> order().removeVolume("v")).getHttpStatus());
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
