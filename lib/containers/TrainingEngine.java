package containers;

import com.fasterxml.jackson.databind.ObjectMapper;
import containers.engine.EngineAddresses;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import services.Catalogue;
import services.Reconciler;
import services.Service;
import services.StackOptions;

/**
 * A stand-in for an engine with a stack that runs, for the run in which {@code ./jbang} learns which classes {@code stack}
 * needs. It answers on a Unix socket what {@code status}, {@code up} and {@code down} ask and order, and, on the address of every
 * service, that all is well. No container is behind it.
 */
public final class TrainingEngine implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NETWORK = "n1";
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final ServerSocketChannel engine;
    private final SocketAddress pagesAddress;
    private final Path socket;
    private final Map<String, Integer> ports;
    private final List<Service> services;
    private ServerSocketChannel pages;
    private volatile boolean running = true;

    private TrainingEngine(Path socket) throws IOException {
        this.socket = socket;
        engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        pages = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        pagesAddress = pages.getLocalAddress();
        int port = ((InetSocketAddress) pagesAddress).getPort();
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
                port -> "AGENTPROXY_STACK_PORT_" + port.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                port -> port.getValue().toString()));
        variables.put("DOCKER_HOST", "unix://" + socket);
        return variables;
    }

    /** From now on it has no containers and their ports are free, until some are made and started. */
    public synchronized void empty() throws IOException {
        running = false;
        pages.close();
    }

    private synchronized void publish() throws IOException {
        if (!pages.isOpen()) {
            pages = ServerSocketChannel.open().bind(pagesAddress);
            serve(pages);
        }
    }

    private void serve(ServerSocketChannel at) {
        Thread thread = new Thread(() -> {
            while (at.isOpen()) {
                try (SocketChannel connection = at.accept()) {
                    Asked asked = Asked.readFrom(connection);
                    byte[] body = (asked.method().equals("GET") ? answer(asked.path()) : done(asked)).getBytes(StandardCharsets.UTF_8);
                    String head = body.length == 0 ? "204 No Content" + "\r\nConnection: close" + END_OF_HEAD
                            : (asked.method().equals("GET") || asked.method().equals("PUT") ? "200 OK" : "201 Created")
                                    + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length
                                    + END_OF_HEAD;
                    connection.write(ByteBuffer.wrap(("HTTP/1.1 " + head).getBytes(StandardCharsets.US_ASCII)));
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

    /** A request, without its body, which is read to its end so that whoever sends it is content. */
    private record Asked(String method, String path) {
        static Asked readFrom(SocketChannel connection) throws IOException {
            StringBuilder all = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (!whole(all) && connection.read(buffer) >= 0) {
                all.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1));
                buffer.clear();
            }
            String[] words = all.toString().split(" ", 3);
            return words.length > 2 ? new Asked(words[0], words[1]) : new Asked("GET", "");
        }

        private static boolean whole(StringBuilder all) {
            int end = all.indexOf(END_OF_HEAD);
            if (end < 0) {
                return false;
            }
            String head = all.substring(0, end).toLowerCase(Locale.ROOT);
            if (head.contains("transfer-encoding: chunked")) {
                return all.indexOf("0" + END_OF_HEAD, end) >= 0;
            }
            int length = head.indexOf("content-length:");
            return length < 0 || all.length() - end - END_OF_HEAD.length()
                    >= Integer.parseInt(head.substring(length + "content-length:".length()).split("\r\n", 2)[0].strip());
        }
    }

    /** Says that what was ordered has been done; empty where engines answer without a body. */
    private String done(Asked asked) throws IOException {
        if (asked.path().endsWith("/start")) {
            publish();
        }
        if (asked.path().endsWith("/update")) {
            running = true;
            return "{}";
        } else if (asked.path().contains("/networks/create")) {
            return "{\"Id\":\"" + NETWORK + "\"}";
        } else if (asked.path().contains("/volumes/create")) {
            return "{\"Name\":\"v\"}";
        } else if (asked.path().contains("/containers/create")) {
            return "{\"Id\":\"" + asked.path().replaceFirst("^.*name=", "") + "\"}";
        }
        return asked.method().equals("PUT") ? "{}" : "";
    }

    private String answer(String path) throws IOException {
        if (path.endsWith("/version")) {
            return JSON.writeValueAsString(Map.of("Version", "20.10.24", "ApiVersion", "1.41", "MinAPIVersion", "1.12", "Arch",
                    "amd64", "Components", List.of(Map.of("Name", "Engine"))));
        } else if (path.contains("/containers/json")) {
            return JSON.writeValueAsString(running ? services.stream().map(TrainingEngine::container).toList() : List.of());
        } else if (path.contains("/containers/")) {
            return "{\"Id\":\"c\",\"Name\":\"/c\",\"Image\":\"sha256:0\",\"RestartCount\":0,\"State\":{\"Running\":true,\"Status\":"
                    + "\"running\"},\"Config\":{\"Image\":\"i\",\"Env\":[],\"Labels\":{}},\"HostConfig\":{\"PortBindings\":{}},"
                    + "\"NetworkSettings\":{\"Networks\":{},\"Ports\":{}}}";
        } else if (path.contains("/networks")) {
            return JSON.writeValueAsString(running ? List.of(Map.of("Id", NETWORK, "Name", ContainerEngine.DEFAULT_STACK, "Labels",
                    Labels.of(ContainerEngine.DEFAULT_STACK))) : List.of());
        } else if (path.contains("/volumes")) {
            return JSON.writeValueAsString(Map.of("Volumes", running ? services.stream().map(service -> Map.of("Name",
                    Reconciler.nameOf(ContainerEngine.DEFAULT_STACK, service.name()), "Labels",
                    Labels.of(ContainerEngine.DEFAULT_STACK, service.name()))).toList() : List.of()));
        } else if (path.contains("/images/")) {
            return "{\"Id\":\"sha256:0\",\"Architecture\":\"amd64\"}";
        } else if (path.endsWith("/info")) {
            return "{\"IndexServerAddress\":\"https://index.docker.io/v1/\"}";
        } else if (path.equals("/metrics")) {
            return "# nothing that a last scrape would be waited for\n";
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
    public synchronized void close() throws IOException {
        engine.close();
        pages.close();
    }
}
