package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import containers.engine.Connection;
import containers.engine.EngineAddresses;
import containers.engine.Lazily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import services.Actual;
import services.Silent;
import services.StackPort;

/**
 * Who is told to stop when. The engine is a server here that answers a stop only when this test lets it, because real ones take
 * several times as long to clear a container away as its process takes to end.
 */
@Timeout(60)
class DismantlerTest {
    private static final int ENOUGH_LOOKS = 3;
    private static final String RUNNING = "| metrics-generator | Running |";

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "dismantler-test");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch clearedAway = new CountDownLatch(1);
    private final Set<String> stops = ConcurrentHashMap.newKeySet();
    private final Set<String> removals = ConcurrentHashMap.newKeySet();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile String tempoSays = RUNNING;
    private HttpServer engine;
    private HttpServer health;
    private HttpServer tempo;

    @AfterEach
    void close() {
        clearedAway.countDown();
        List.of(engine, health, tempo).forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    @Test
    void whoReceivesStopsWhenWhoSendsIsSilentAndBeforeTheEngineHasClearedThatAway() throws Exception {
        engine = server(this::engine);
        // Its pipelines are being shut down.
        health = server(exchange -> say(exchange, 503, "unavailable"));
        tempo = server(exchange -> say(exchange, 200, tempoSays));
        Future<?> down = threads.submit(() -> {
            new Dismantler(connection(), "s", new Silent()).takeDown(List.of(
                    container("otel-collector", StackPort.COLLECTOR_HEALTH, health),
                    container("tempo", StackPort.TEMPO, tempo), container("prometheus", StackPort.PROMETHEUS, engine),
                    container("grafana", StackPort.GRAFANA, engine)), Selection.defaults(), false);
            return null;
        });

        until(() -> stops.containsAll(Set.of("otel-collector", "grafana")) && looks.get() > ENOUGH_LOOKS);
        assertEquals(Set.of("otel-collector", "grafana"), stops, "the Collector may still send to Tempo");

        health.stop(0);
        until(() -> stops.contains("tempo"));
        looks.set(0);
        until(() -> looks.get() > ENOUGH_LOOKS);
        assertFalse(stops.contains("prometheus"), "Tempo may still send to Prometheus");

        tempoSays = RUNNING.replace("Running", "Terminated");
        until(() -> stops.contains("prometheus"));
        assertEquals(Set.of(), removals, "the engine has cleared nothing away yet");
        clearedAway.countDown();
        down.get();
        assertEquals(Set.of("otel-collector", "tempo", "prometheus", "grafana"), removals);
    }

    private void engine(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String id = path.replaceFirst("^/v1.41/containers/", "").replaceFirst("/.*", "");
        if (path.endsWith("/stop")) {
            stops.add(id);
            try {
                assertTrue(clearedAway.await(1, TimeUnit.MINUTES));
            } catch (InterruptedException e) {
                return;
            }
            say(exchange, 204, "");
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            removals.add(id);
            say(exchange, 204, "");
        } else {
            say(exchange, 200, "[]");
        }
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private HttpServer server(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", answer::to);
        server.start();
        return server;
    }

    private void say(HttpExchange exchange, int status, String text) throws IOException {
        if (!exchange.getLocalAddress().equals(engine.getAddress())) {
            looks.incrementAndGet();
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Actual.Container container(String service, StackPort port, HttpServer at) {
        return new Actual.Container(service, "s-" + service, service, Actual.State.RUNNING, Map.of(), "i", true, 0,
                new Actual.Published("i", Map.of(port.known(), new Actual.Address("127.0.0.1", at.getAddress().getPort())), false,
                        Optional.empty()));
    }

    private Connection connection() {
        return new Connection(new Lazily<>(() -> {
            throw new IllegalStateException("the client is not for this");
        }), new EngineAddresses.Candidate(URI.create("tcp://127.0.0.1:" + engine.getAddress().getPort()), Optional.empty(),
                Optional.empty(), true), "Docker Engine", "20.10", "1.41", "amd64", Duration.ZERO);
    }

    private static void until(BooleanSupplier reached) throws InterruptedException {
        while (!reached.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
