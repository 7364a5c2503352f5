package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import containers.engine.Connection;
import containers.engine.EngineAddresses;
import containers.engine.EngineFinder;
import containers.engine.Lazily;
import containers.engine.PlainRequest;
import contract.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import services.Actual;
import services.Catalogue;
import services.Service;
import services.StackOptions;

/** The cases that Glance handles, and those that it leaves to Inventory. The engine is a server with answers from the test. */
class GlanceTest {
    private static final String RUNNING = """
            {"Id":"c1","Names":["/s-tempo"],"Image":"tempo:3","ImageID":"sha256:1","State":"running",
             "Labels":{"dev.agentproxy.stack":"s","dev.agentproxy.service":"tempo","dev.agentproxy.part.image":"abc",
                       "dev.agentproxy.login":"false","dev.agentproxy.retention":"336h"},
             "Ports":[{"IP":"127.0.0.1","PrivatePort":3200,"PublicPort":3201,"Type":"tcp"},{"PrivatePort":9095,"Type":"tcp"}],
             "NetworkSettings":{"Networks":{"s":{"NetworkID":"n1"}}}}""";

    @TempDir Path folder;
    private final Map<String, String> pages = new HashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String text = pages.get(exchange.getRequestURI().getPath());
            byte[] body = (text == null ? "{\"message\":\"no\"}" : text).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        pages.put("/v1.41/networks", "[{\"Id\":\"n1\",\"Name\":\"s\"}]");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aContainerThatRunsIsKnownFromTheListAlone() throws InterruptedException {
        pages.put("/v1.41/containers/json", "[" + RUNNING + "]");
        Actual.Container seen = glance().containers().orElseThrow().get(0);
        assertEquals(new Actual.Container("c1", "s-tempo", "tempo", Actual.State.RUNNING, Map.of("image", "abc"), "sha256:1",
                true, 0, new Actual.Published("tempo:3", Map.of(3200, new Actual.Address("127.0.0.1", 3201)), false,
                        Optional.of("336h"))), seen);
    }

    @Test
    void noContainerAtAllIsKnownToo() throws InterruptedException {
        pages.put("/v1.41/containers/json", "[]");
        assertEquals(Optional.of(List.of()), glance().containers());
    }

    @Test
    void anotherNetworkOfTheSameNameIsNotOurs() throws InterruptedException {
        pages.put("/v1.41/containers/json", "[" + RUNNING.replace("\"n1\"", "\"n0\"") + "]");
        assertFalse(glance().containers().orElseThrow().get(0).attached());
    }

    /** A container that has ended has its ports and its exit code elsewhere; one of an older version has no such label. */
    @Test
    void whatIsNotAsUsualIsLeftToOthers() throws InterruptedException {
        for (String other : List.of(RUNNING.replace("running", "exited"), RUNNING.replace("running", "restarting"),
                RUNNING.replace("dev.agentproxy.login", "x"))) {
            pages.put("/v1.41/containers/json", "[" + RUNNING + "," + other + "]");
            assertEquals(Optional.empty(), glance().containers(), other);
        }
        pages.put("/v1.41/containers/json", "{\"no\":\"list\"}");
        assertEquals(Optional.empty(), glance().containers());
        pages.remove("/v1.41/containers/json");
        assertEquals(Optional.empty(), glance().containers());
    }

    /** A first start is planned from one look; names that are somebody else's are seen in it. */
    @Test
    void aStackThatIsNotThereIsKnownAndSoIsWhoHoldsItsNames() throws InterruptedException {
        List<Service> services = Catalogue.services(StackOptions.defaults(), Map.of());
        services.forEach(service -> pages.put("/v1.41/images/" + service.image() + "/json", "{\"Id\":\"sha256:1\"}"));
        pages.put("/v1.41/containers/json", "[]");
        pages.put("/v1.41/volumes", "{\"Volumes\":null}");
        pages.put("/v1.41/networks", "[{\"Id\":\"n0\",\"Name\":\"bridge\",\"Labels\":null}]");
        Actual nothing = glance().read(services).orElseThrow();
        assertEquals(Map.of(), nothing.strangers());
        assertEquals(Optional.empty(), nothing.network());
        assertEquals(services.stream().map(Service::image).collect(Collectors.toSet()), nothing.images().keySet());

        pages.put("/v1.41/containers/json", "[{\"Id\":\"x\",\"Names\":[\"/s-tempo\"],\"State\":\"exited\",\"Labels\":{}}]");
        pages.put("/v1.41/volumes", "{\"Volumes\":[{\"Name\":\"s-grafana\",\"Labels\":null},"
                + "{\"Name\":\"s-prometheus\",\"Labels\":{\"dev.agentproxy.stack\":\"s\"}}]}");
        pages.put("/v1.41/networks", "[{\"Id\":\"n0\",\"Name\":\"s\",\"Labels\":{}}]");
        Actual taken = glance().read(services).orElseThrow();
        assertEquals(Map.of("s-tempo", "container", "s-grafana", "volume", "s", "network"), taken.strangers());
        assertEquals(Set.of("s-prometheus"), taken.volumes());
        assertEquals(List.of(), taken.containers());

        pages.remove("/v1.41/images/" + services.get(0).image() + "/json");
        assertEquals(Optional.empty(), glance().read(services), "an image is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 wrong\r\n\r\n", "\r\n\r\n", ""})
    void whoeverIsNoEngineIsNotUnderstood(String said) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread speaker = new Thread(() -> {
                try (Socket socket = other.accept(); OutputStream out = socket.getOutputStream()) {
                    out.write(said.getBytes(StandardCharsets.UTF_8));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    return;
                }
            });
            speaker.start();
            assertThrows(IOException.class, () -> PlainRequest.get(address(other.getLocalPort()), "/version",
                    Duration.ofSeconds(20)));
        }
    }

    @Test
    void anEngineThatHangsIsNotWaitedForLongerThanPatience() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThrows(SocketTimeoutException.class, () -> PlainRequest.get(address(silent.getLocalPort()), "/version",
                    Duration.ofMillis(200)));
        }
    }

    /** The real command line over the real engine: nothing of Testcontainers is loaded to look, to change nothing, and to stop. */
    @Test
    void lookingChangingNothingAndStoppingLoadsNoTestcontainers() throws Exception {
        try (StackLab lab = StackLab.open(folder)) {
            assumeTrue(EngineFinder.find(lab.environment).updatesContainers(), "Podman's lists are not enough for a glance");
            assertEquals(0, lab.run("up").code());
            for (String verb : List.of("status", "up", "down")) {
                Path log = folder.resolve(verb);
                ProcessBuilder builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                        .toString(), "-Xlog:class+load:file=" + log, "-cp", System.getProperty("java.class.path"),
                        "containers.StackMain", verb, "--engine", "docker")).redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile());
                builder.environment().putAll(lab.environment);
                Process process = builder.start();
                assertTrue(process.waitFor(2, TimeUnit.MINUTES));
                assertEquals(0, process.exitValue(), Files.readString(folder.resolve("said")));
                List<String> loaded = Files.readAllLines(log).stream().filter(line -> line.contains("org.testcontainers")
                        || line.contains("dockerjava.core"))
                        .toList();
                assertEquals(List.of(), loaded, verb);
            }
        }
    }

    /** Podman 4.3 lists 26201 to 4317 and 26202 to 4318 as one port, 26201. */
    @Test
    void podmansListIsNotTrusted() {
        assertEquals(Optional.empty(), Glance.at(engine("Podman Engine"), "s"));
    }

    /** Podman without aardvark-dns and without the plugin dnsname: all is ready then, and nothing reaches anybody. */
    @Test
    void podmansNetworkWithoutNamesIsAnErrorThatSaysWhatToInstall() {
        pages.put("/v4.0.0/libpod/networks/s/json", "{\"name\":\"s\",\"dns_enabled\":false}");
        Failure nameless = NamesInNetwork.missing(engine("Podman Engine"), "s").orElseThrow();
        assertTrue(nameless.hint().contains("aardvark-dns") && nameless.hint().contains("dnsname"), nameless.hint());
        assertEquals(Optional.empty(), NamesInNetwork.missing(engine("Docker Engine"), "s"));
        pages.put("/v4.0.0/libpod/networks/s/json", "{\"name\":\"s\",\"dns_enabled\":true}");
        assertEquals(Optional.empty(), NamesInNetwork.missing(engine("Podman Engine"), "s"));
        pages.remove("/v4.0.0/libpod/networks/s/json");
        assertEquals(Optional.empty(), NamesInNetwork.missing(engine("Podman Engine"), "s"), "it does not say");
    }

    private Glance glance() {
        return Glance.at(engine("Docker Engine"), "s").orElseThrow();
    }

    private Connection engine(String product) {
        return new Connection(new Lazily<>(() -> {
            throw new IllegalStateException("the client is not for this");
        }), new EngineAddresses.Candidate(address(server.getAddress().getPort()), Optional.empty(), Optional.empty(), true),
                product, "20.10", "1.41", "amd64", Duration.ZERO);
    }

    private static URI address(int port) {
        return URI.create("tcp://127.0.0.1:" + port);
    }
}
