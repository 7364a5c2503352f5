package handover;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import services.StackOptions;

/**
 * The gateway and two Collectors of an export as processes of this machine. Their files are the exported ones with addresses
 * changed, and nothing else: each Collector has a loopback address of its own in place of a pod's, the gateway knows both of
 * them in place of a name with two addresses, queues lie in folders, and Tempo is where it is told.
 */
final class ExportedCollectors implements AutoCloseable {
    static final String TOKEN = "bench-token";
    static final String PROGRAM = System.getenv().getOrDefault("ENGINE_COLLECTOR", "otelcol-contrib");
    private static final int OTLP_GRPC = 4317;

    private final Path folder;
    private final Map<String, Process> running = new HashMap<>();
    private final int otlp = free();
    private final int metrics = free();
    private final int own = free();
    private final int internal = free();
    private final int health = free();
    final int gatewayHttp = free();

    ExportedCollectors(Path folder, boolean shared, String tempo) throws IOException {
        this.folder = folder;
        Map<String, String> files = Export.of(Export.Target.kubernetes, shared, StackOptions.defaults(), Map.of()).files();
        for (int i = 0; i < 2; i++) {
            String address = address(i);
            write("collector-" + i, files.get("otel-collector/collector.yaml").replace("http://tempo:4318", tempo)
                    .replace("0.0.0.0:" + OTLP_GRPC, address + ":" + otlp).replace("0.0.0.0:4318", address + ":" + free())
                    .replace("0.0.0.0:8889", address + ":" + metrics).replace("0.0.0.0:8890", address + ":" + own), address);
        }
        String gateway = files.get("otel-gateway/gateway.yaml");
        int dns = gateway.indexOf("      dns:\n");
        int end = gateway.indexOf("interval: 5s\n", dns) + "interval: 5s\n".length();
        write("gateway", (gateway.substring(0, dns) + "      static:\n        hostnames: [\"" + address(0) + ":" + otlp + "\", \""
                + address(1) + ":" + otlp + "\"]\n" + gateway.substring(end)).replace("0.0.0.0:" + OTLP_GRPC, "127.0.0.1:" + free())
                .replace("0.0.0.0:4318", "127.0.0.1:" + gatewayHttp), "127.0.0.1");
    }

    /** The two pages of a Collector that Prometheus scrapes. */
    List<String> pages(int collector) {
        return List.of("http://" + address(collector) + ":" + metrics + "/metrics",
                "http://" + address(collector) + ":" + own + "/metrics");
    }

    List<String> targets(boolean shared) {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            targets.add(address(i) + ":" + metrics);
            if (shared) {
                targets.add(address(i) + ":" + own);
            }
        }
        return targets;
    }

    /** Starts all three and waits until they answer. */
    void start() throws IOException, InterruptedException {
        for (String name : List.of("collector-0", "collector-1", "gateway")) {
            start(name);
        }
    }

    void start(String name) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(PROGRAM, "--config=" + folder.resolve(name + ".yaml"))
                .redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().putAll(Map.of("OTLP_TOKEN", TOKEN, "POD_NAME", name));
        Process process = builder.start();
        running.put(name, process);
        String address = name.equals("gateway") ? "127.0.0.1" : address(name.charAt(name.length() - 1) - '0');
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; i < 150; i++) {
            try {
                if (http.send(HttpRequest.newBuilder(URI.create("http://" + address + ":" + health + "/")).build(),
                        HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    break;
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IOException(name + " is not ready: " + Files.readString(folder.resolve(name + ".log")));
    }

    /** As {@code kill -9} does. */
    void kill(String name) throws InterruptedException {
        running.get(name).destroyForcibly().waitFor();
    }

    /** Resident memory in MB. */
    long resident(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + running.get(name).pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst().orElse(-1);
    }

    double cpuSeconds(String name) {
        return running.get(name).info().totalCpuDuration().map(took -> took.toMillis() / 1000.0).orElse(0.0);
    }

    private static String address(int collector) {
        return "127.0.0." + (2 + collector);
    }

    private void write(String name, String text, String address) throws IOException {
        Path queue = Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(name + ".yaml"), text.replace("/var/lib/otelcol", queue.toString())
                .replace("0.0.0.0:13133", address + ":" + health).replace("host: 0.0.0.0\n", "host: " + address + "\n")
                .replace("port: 8888", "port: " + internal));
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket()) {
            // Of all addresses: each of these numbers is used on several.
            socket.bind(new InetSocketAddress(0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : running.values()) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
