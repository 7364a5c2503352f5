package containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import console.Console;
import containers.engine.Connection;
import containers.engine.EngineErrors;
import containers.engine.EngineFinder;
import contract.Failure;
import embedded.daemon.EmbeddedEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import services.Catalogue;
import services.Engine;
import services.Service;
import services.StackOptions;
import services.StackPort;
import stackcli.StackCli;

/**
 * A stack of its own for a test: a name and ports that nobody else has, folders below a temporary one, and the real command
 * line over a real engine. Without an engine, or without the images, the test is skipped and says so.
 */
public final class StackLab implements AutoCloseable {
    public final String name = "t" + UUID.randomUUID().toString().substring(0, 8);
    public final Map<String, String> environment = new HashMap<>();
    /** Where the published images cannot be had, others are named by the variables that users have for that. */
    private static final String IMAGES = "AGENTPROXY_STACK_IMAGE_";
    /** An image with this label is no real program; its value says what it is. */
    static final String STAND_IN = "dev.agentproxy.stand-in";

    private static final int PAGE_KIBIBYTES = 4;
    private static final int FIRST_PORT = 15_000;
    private static final int LAST_PORT = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private final Connection engine;
    private Optional<Function<Map<String, String>, Engine>> embedded = Optional.empty();

    /** What a command has left behind it. */
    public record Result(int code, String out, String err) {
        public String all() {
            return "exit " + code + "\n" + out + err;
        }
    }

    private StackLab(Connection engine, Path folder) {
        this.engine = engine;
        environment.put("HOME", folder.toString());
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
        environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
        environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
        environment.put("DOCKER_HOST", engine.address().toString());
        environment.put("AGENTPROXY_STACK_NAME", name);
        System.getenv().forEach((key, value) -> {
            if (key.startsWith(IMAGES)) {
                environment.put(key, value);
            }
        });
        for (StackPort port : StackPort.values()) {
            environment.put(variable("PORT_" + port.key()), Integer.toString(freePort()));
        }
    }

    /** @throws org.opentest4j.TestAbortedException when there is no engine or an image is missing */
    public static StackLab open(Path folder) {
        Connection engine = engine();
        for (Service service : services()) {
            try {
                engine.client().inspectImageCmd(service.image()).exec();
            } catch (NotFoundException e) {
                Assumptions.abort("the image " + service.image() + " is not local, and tests pull nothing");
            }
        }
        return new StackLab(engine, folder);
    }

    static Connection engine() {
        try {
            return EngineFinder.find(System.getenv());
        } catch (Failure e) {
            Assumptions.abort(e.getMessage());
            throw e;
        }
    }

    /** The command line, in this JVM. */
    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(print(out), print(err), 300);
        int code = new StackCli(console, environment, embedded).run(arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** From now on the command line has the embedded engine too, as the real one has. */
    public void withEmbedded() {
        embedded = Optional.of(EmbeddedEngine::new);
    }

    /** Skips the test when a stand-in takes the place of this service. */
    public void needsReal(String service) {
        Map<String, String> labels = client().inspectImageCmd(image(service)).exec().getConfig().getLabels();
        Assumptions.assumeFalse(labels != null && labels.containsKey(STAND_IN),
                () -> image(service) + " is a stand-in: " + labels.get(STAND_IN));
    }

    public String image(String service) {
        return services().stream().filter(s -> s.name().equals(service)).findFirst().orElseThrow().image();
    }

    private static List<Service> services() {
        return Catalogue.services(StackOptions.defaults(), System.getenv());
    }

    /** A configuration folder with this one file. */
    public Path config(Path folder, String file, String text) throws IOException {
        Path path = folder.resolve("config").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return folder.resolve("config");
    }

    /**
     * The service's volume, made before {@code up} finds it there, in memory and of this size. It is said in pages: Podman would
     * take {@code size} for a quota of its own.
     */
    void smallVolume(String service, int kibibytes, int user) {
        String options = "nr_blocks=" + kibibytes / PAGE_KIBIBYTES + ",uid=" + user + ",gid=" + user + ",mode=0700";
        try {
            client().createVolumeCmd().withName(name + "-" + service).withLabels(Labels.of(name, service)).withDriver("local")
                    .withDriverOpts(Map.of("type", "tmpfs", "device", "tmpfs", "o", options)).exec();
        } catch (InternalServerErrorException e) {
            Assumptions.abort("this engine makes no small volumes: " + EngineErrors.text(e));
        }
    }

    public DockerClient client() {
        return engine.client();
    }

    public boolean podman() {
        return !engine.updatesContainers();
    }

    public int port(StackPort port) {
        return Integer.parseInt(environment.get(variable("PORT_" + port.key())));
    }

    /** Ids of our containers by service, those that do not run too. */
    public Map<String, String> containers() {
        return client().listContainersCmd().withShowAll(true).withLabelFilter(Labels.of(name)).exec().stream()
                .collect(Collectors.toMap(c -> c.getLabels().get(Labels.SERVICE), Container::getId));
    }

    /** Everything that carries our label, in words: for what must be gone. */
    public List<String> left() {
        List<String> left = new ArrayList<>();
        containers().keySet().forEach(service -> left.add("container " + service));
        Inventory inventory = new Inventory(engine, name);
        inventory.volumes().forEach(volume -> left.add("volume " + volume));
        inventory.network().ifPresent(network -> left.add("network"));
        return left;
    }

    public static String variable(String key) {
        return "AGENTPROXY_STACK_" + key.toUpperCase(java.util.Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    /**
     * A port that nobody has now, and never the same one twice. Below those that systems give to outgoing connections: one of
     * these could take it before the engine does.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(socket.getLocalPort())) {
                    return port;
                }
            } catch (IOException e) {
                // Taken: the next one.
                continue;
            }
        }
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        environment.put("DOCKER_HOST", engine.address().toString());
        containers().values().forEach(id -> client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec());
        run("down", "-v", "--yes");
    }
}
