package containers;

import com.fasterxml.jackson.databind.ObjectMapper;
import containers.engine.EngineAddresses;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import services.Catalogue;
import services.Reconciler;
import services.Service;
import services.StackOptions;

/**
 * A stand-in for an engine with a stack that runs, for the run in which {@code ./jbang} learns which classes {@code stack}
 * needs. It answers on a Unix socket what {@code status} and {@code up} ask, and, on the address of every service, that all is
 * well. No container is behind it.
 */
public final class TrainingEngine implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NETWORK = "n1";
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final ServerSocketChannel engine;
    private final ServerSocketChannel pages;
    private final Path socket;
    private final Map<String, Integer> ports;
    private final List<Service> services;

    private TrainingEngine(Path socket) throws IOException {
        this.socket = socket;
        engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        pages = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int port = ((InetSocketAddress) pages.getLocalAddress()).getPort();
        ports = Catalogue.services(StackOptions.defaults(), Map.of()).stream().flatMap(service -> service.ports().stream())
                .collect(Collectors.toMap(one -> one.port().key(), one -> port));
        services = Catalogue.services(StackOptions.defaults(), environment());
    }

    /** Answers until it is closed. @param socket a path where nothing is yet */
    public static TrainingEngine at(Path socket) throws IOException {
        // Where engines usually are, without asking any: the real one of this machine is left alone.
        EngineAddresses.candidates(Map.of("HOME", socket.getParent().toString()));
        TrainingEngine training = new TrainingEngine(socket);
        training.serve(training.engine);
        training.serve(training.pages);
        return training;
    }

    /** Variables with which {@code stack} finds it, and with which it is told apart from no other engine. */
    public Map<String, String> environment() {
        Map<String, String> variables = ports.entrySet().stream().collect(Collectors.toMap(
                port -> "AGENTPROXY_STACK_PORT_" + port.getKey().toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"),
                port -> port.getValue().toString()));
        variables.put("DOCKER_HOST", "unix://" + socket);
        return variables;
    }

    private void serve(ServerSocketChannel at) {
        Thread thread = new Thread(() -> {
            while (at.isOpen()) {
                try (SocketChannel connection = at.accept()) {
                    byte[] body = answer(path(connection)).getBytes(StandardCharsets.UTF_8);
                    connection.write(ByteBuffer.wrap(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close"
                            + "\r\nContent-Length: " + body.length + END_OF_HEAD).getBytes(StandardCharsets.US_ASCII)));
                    connection.write(ByteBuffer.wrap(body));
                } catch (IOException e) {
                    // Closed, or a client that has gone: the next one.
                    continue;
                }
            }
        }, "training-engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** What is asked for; everything is asked with GET here. */
    private static String path(SocketChannel connection) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (!head.toString(StandardCharsets.UTF_8).contains(END_OF_HEAD) && connection.read(buffer) >= 0) {
            head.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        String[] words = head.toString(StandardCharsets.UTF_8).split(" ", 3);
        return words.length > 1 ? words[1] : "";
    }

    private String answer(String path) throws IOException {
        if (path.endsWith("/version")) {
            return JSON.writeValueAsString(Map.of("Version", "20.10.24", "ApiVersion", "1.41", "MinAPIVersion", "1.12", "Arch",
                    "amd64", "Components", List.of(Map.of("Name", "Engine"))));
        } else if (path.contains("/containers/json")) {
            return JSON.writeValueAsString(services.stream().map(TrainingEngine::container).toList());
        } else if (path.contains("/networks")) {
            return JSON.writeValueAsString(List.of(Map.of("Id", NETWORK, "Name", ContainerEngine.DEFAULT_STACK)));
        } else if (path.contains("/volumes")) {
            return JSON.writeValueAsString(Map.of("Volumes", services.stream().map(service -> Map.of("Name",
                    Reconciler.nameOf(ContainerEngine.DEFAULT_STACK, service.name()))).toList()));
        } else if (path.contains("/images/")) {
            return "{\"Id\":\"sha256:0\"}";
        }
        // A page of a service: all that any probe looks for, and no alert.
        List<String> looked = new ArrayList<>();
        services.forEach(service -> service.probes().forEach(probe -> looked.addAll(probe.bodyContains())));
        return "{\"data\":{\"alerts\":[]},\"all\":[{" + String.join("},{", looked) + "}]}";
    }

    private static Map<String, Object> container(Service service) {
        return Map.of("Id", service.name(), "Names", List.of("/" + Reconciler.nameOf(ContainerEngine.DEFAULT_STACK,
                service.name())), "Image", service.image(), "ImageID", "sha256:0", "State", "running", "Labels",
                Labels.of(ContainerEngine.DEFAULT_STACK, service, ""),
                "Ports", service.ports().stream().map(port -> Map.of("IP", port.bind(), "PrivatePort", port.container(),
                        "PublicPort", port.host(), "Type", "tcp")).toList(),
                "NetworkSettings", Map.of("Networks", Map.of("n", Map.of("NetworkID", NETWORK))));
    }

    @Override
    public void close() throws IOException {
        engine.close();
        pages.close();
    }
}
