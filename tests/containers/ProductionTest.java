//DEPS com.squareup.okhttp3:okhttp-tls:5.5.1
package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.Catalogue;
import services.Service;
import services.StackFile;
import services.StackOptions;
import services.StackPort;
import services.TestOptions;

/** The configuration of the production notes starts and works: each note is followed as a user would do it. */
class ProductionTest {
    private static final Path NOTES = Path.of("stack/production").toAbsolutePath();
    private static final String TOKEN = "Bearer change-me";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path folder;
    private StackLab lab;

    @BeforeEach
    void open() {
        Assumptions.assumeTrue(Files.isDirectory(NOTES), "not run in the project's folder");
        lab = StackLab.open(folder);
        lab.needsReal("otel-collector");
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aCollectorWithATokenAndAGrafanaWithALogin() throws Exception {
        Path mine = notes("settings.properties", "otel-collector/collector.yaml");
        up(mine);
        assertEquals(401, post(HttpClient.newHttpClient(), traces("http"), "none", "{\"resourceSpans\":[]}"));
        assertEquals(401, post(HttpClient.newHttpClient(), traces("http"), "Bearer wrong", "{\"resourceSpans\":[]}"));
        assertEquals(200, post(HttpClient.newHttpClient(), traces("http"), TOKEN, "{\"resourceSpans\":[]}"));
        // Others than Grafana's health would answer 401 to who has no login.
        assertEquals(List.of("/api/health"), Catalogue.services(options(mine), lab.environment).stream()
                .filter(service -> service.name().equals("grafana")).flatMap(service -> service.probes().stream())
                .map(Service.Probe::path).toList());
        assertEquals(0, lab.run("status").code());
    }

    @Test
    void theTlsBlocksWorkOnceTheyAreUncommented() throws Exception {
        Path mine = notes("settings.properties", "otel-collector/collector.yaml");
        Path collector = mine.resolve("otel-collector/collector.yaml");
        Files.writeString(collector, Pattern.compile("(?m)^( {8})# (tls:|  cert_file: .*|  key_file: .*)$")
                .matcher(Files.readString(collector)).replaceAll("$1$2"));
        HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate server = new HeldCertificate.Builder().signedBy(authority).addSubjectAlternativeName("127.0.0.1")
                .build();
        Files.writeString(collector.resolveSibling("tls.crt"), server.certificatePem());
        Files.writeString(collector.resolveSibling("tls.key"), server.privateKeyPkcs8Pem());
        up(mine);
        HttpClient trusting = HttpClient.newBuilder().sslContext(new HandshakeCertificates.Builder()
                .addTrustedCertificate(authority.certificate()).build().sslContext()).build();
        assertEquals(200, post(trusting, traces("https"), TOKEN, "{\"resourceSpans\":[]}"));
        assertEquals(401, post(trusting, traces("https"), "none", "{\"resourceSpans\":[]}"));
        assertThrows(SSLException.class, () -> post(HttpClient.newHttpClient(), traces("https"), TOKEN, "{}"));
    }

    @Test
    void blocksAreInTheBucketAndOutliveTheVolume() throws Exception {
        lab.needsReal("tempo");
        ObjectStorageStandIn storage = new ObjectStorageStandIn("traces", "its-key");
        try (BridgeServer server = new BridgeServer(lab, storage)) {
            Path mine = notes("settings.properties", "otel-collector/collector.yaml", "tempo/tempo.yaml");
            // Blocks are written when they are half a minute old; here sooner.
            edit(mine.resolve("tempo/tempo.yaml"), "live_store:\n", "live_store:\n  max_block_duration: 3s\n");
            bucket(server.address(), "its-key");
            up(mine);
            String trace = "0123456789abcdef0123456789abcdef";
            assertEquals(200, post(HttpClient.newHttpClient(), traces("http"), TOKEN, span(trace, 1)));
            await("a block in the bucket", () -> storage.names().stream().anyMatch(n -> n.matches(".*/[0-9a-f-]{36}/meta.json")));
            assertEquals(0, lab.run("down").code());
            lab.client().removeVolumeCmd(lab.name + "-tempo").exec();
            up(mine);
            assertEquals(1, spans(trace).size());
            StackLab.Result wrong = withStorage(mine, server.address(), "another-key");
            assertEquals(5, wrong.code(), wrong::all);
            assertTrue(wrong.err().contains("look at S3_ACCESS_KEY and S3_SECRET_KEY"), wrong::all);
        }
    }

    @Test
    void anObjectStorageThatIsNotThereIsToldWithItsAddress() throws Exception {
        lab.needsReal("tempo");
        Path mine = notes("settings.properties", "tempo/tempo.yaml");
        StackLab.Result up = withStorage(mine, "host.docker.internal:9", "its-key");
        assertEquals(5, up.code(), up::all);
        assertTrue(up.err().contains("no object storage answers at host.docker.internal:9 from inside"), up::all);
    }

    @Test
    void theGatewayGivesAllSpansOfATraceToTheSameCollector() throws Exception {
        lab.needsReal("tempo");
        Path mine = notes("settings.properties", "otel-collector/collector.yaml", "otel-collector/gateway.yaml");
        Path first = mine.resolve("otel-collector/collector.yaml");
        String plain = Files.readString(first);
        Files.writeString(first, marked(plain, "first"));
        up(mine);
        Assumptions.assumeTrue(lab.run("exec", "otel-collector", "/otelcol-contrib", "components").out().contains("load_balancing"),
                "this Collector was built without its exporter load_balancing");
        Service collector = Catalogue.services(options(mine), lab.environment).get(0);
        int port = StackLab.freePort();
        start(beside(collector, "collector-2", marked(plain, "second"), List.of()));
        start(beside(collector, "gateway", Files.readString(first.resolveSibling("gateway.yaml")),
                List.of(new Service.Port(StackPort.OTLP_HTTP, "127.0.0.1", port))));
        URI gateway = URI.create("http://127.0.0.1:" + port + "/v1/traces");
        HttpClient http = HttpClient.newHttpClient();
        await("the gateway", () -> post(http, gateway, "none", "{\"resourceSpans\":[]}") == 401);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            ids.add(String.format("%032x", 0x5eed_0001L * (i + 1)));
        }
        // A trace comes in pieces, each in a request of its own.
        for (int piece = 1; piece <= 3; piece++) {
            for (String id : ids) {
                assertEquals(200, post(http, gateway, TOKEN, span(id, piece)));
            }
        }
        Set<String> used = new TreeSet<>();
        for (String id : ids) {
            await("all of " + id, () -> spans(id).size() == 3);
            Set<String> collectors = collectors(id);
            assertEquals(1, collectors.size(), () -> id + " came through " + collectors);
            used.addAll(collectors);
        }
        assertEquals(Set.of("first", "second"), used);
    }

    @Test
    void anAlertReachesTheAlertmanagerThatIsNamed() throws Exception {
        lab.needsReal("prometheus");
        List<String> received = new CopyOnWriteArrayList<>();
        // A STAND-IN for an Alertmanager: takes alerts and says 200, as /api/v2/alerts does.
        try (BridgeServer server = new BridgeServer(lab, exchange -> {
            received.add(exchange.getRequestURI().getPath() + " " + new String(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        })) {
            Path mine = folder.resolve("mine");
            assertEquals(0, lab.run("config", "--eject", mine.toString()).code());
            Path file = mine.resolve("prometheus/prometheus.yml");
            Files.writeString(file, Files.readString(file).replace("# alerting:", "alerting:")
                    .replaceAll("(?m)^# (  alertmanagers:|    - static_configs:)$", "$1")
                    .replace("#         - targets: [\"host.docker.internal:9093\"]", "        - targets: [\""
                            + server.address() + "\"]"));
            up(mine);
            URI metrics = URI.create("http://127.0.0.1:" + lab.port(StackPort.OTLP_HTTP) + "/v1/metrics");
            assertEquals(200, post(HttpClient.newHttpClient(), metrics, "none", """
                    {"resourceMetrics":[{"resource":{"attributes":[]},"scopeMetrics":[{"metrics":[
                      {"name":"agentproxy.tasks.completed","unit":"1","sum":{"isMonotonic":true,"aggregationTemporality":2,
                       "dataPoints":[{"asInt":"3","timeUnixNano":"%d",
                         "attributes":[{"key":"status","value":{"stringValue":"error"}}]}]}}]}]}]}
                    """.formatted(System.currentTimeMillis() * 1_000_000)));
            await("the alert", () -> received.stream().anyMatch(alert -> alert.startsWith("/api/v2/alerts ")
                    && alert.contains("TasksFail") && alert.contains("More than half of the last hour's tasks have failed")));
            // Its link leads to this Prometheus, from outside its container.
            assertTrue(received.get(0).contains("http://127.0.0.1:" + lab.port(StackPort.PROMETHEUS) + "/graph"),
                    received.get(0));
        }
    }

    private void up(Path configuration) {
        StackLab.Result up = lab.run("up", "--config-dir", configuration.toString());
        assertEquals(0, up.code(), up::all);
        assertFalse(up.err().contains("warning"), up::all);
    }

    private StackLab.Result withStorage(Path configuration, String address, String key) {
        bucket(address, key);
        return lab.run("up", "--config-dir", configuration.toString());
    }

    /** As somebody gives it whose secrets are in the environment. */
    private void bucket(String address, String key) {
        lab.environment.put("AGENTPROXY_STACK_ENV_TEMPO_S3_ENDPOINT", address);
        lab.environment.put("AGENTPROXY_STACK_ENV_TEMPO_S3_INSECURE", "true");
        lab.environment.put("AGENTPROXY_STACK_ENV_TEMPO_S3_ACCESS_KEY", key);
        lab.environment.put("AGENTPROXY_STACK_ENV_TEMPO_S3_SECRET_KEY", "its-secret");
    }

    private Path notes(String... files) throws IOException {
        Path mine = folder.resolve("mine");
        for (String file : files) {
            Files.createDirectories(mine.resolve(file).getParent());
            Files.copy(NOTES.resolve(file), mine.resolve(file));
        }
        return mine;
    }

    private static void edit(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(before), before);
        Files.writeString(file, text.replace(before, after));
    }

    private static StackOptions options(Path configuration) {
        return TestOptions.builder().configDir(Optional.of(configuration)).build();
    }

    /** A Collector that writes its name on what comes through it. */
    private static String marked(String configuration, String name) {
        return configuration.replace("\nprocessors:\n", "\nprocessors:\n  resource/which:\n    attributes:\n"
                + "      - {key: collector, value: " + name + ", action: upsert}\n")
                .replace("processors: [memory_limiter]", "processors: [memory_limiter, resource/which]");
    }

    /** One more container like this Collector's. */
    private static Service beside(Service collector, String name, String configuration, List<Service.Port> ports) {
        Service.Program same = new Service.Program(collector.image(), collector.program().command(),
                collector.program().environment(), "0:0", 256L << 20);
        return new Service(name, same, ports, List.of(new StackFile("/etc/otelcol-contrib/collector.yaml", name, configuration)),
                Optional.empty(), List.of(), new Service.Stopping(Set.of(), Duration.ofSeconds(5), Optional.empty()));
    }

    private void start(Service service) {
        ContainerMaker maker = new ContainerMaker(StackLab.engine(), lab.name, "");
        maker.start(maker.create(service, id -> { }));
    }

    private URI traces(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + lab.port(StackPort.OTLP_HTTP) + "/v1/traces");
    }

    private static String span(String trace, int number) {
        long now = System.currentTimeMillis() * 1_000_000;
        return """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"test"}}]},
                  "scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%016x","name":"piece","kind":1,
                    "startTimeUnixNano":"%d","endTimeUnixNano":"%d"}]}]}]}
                """.formatted(trace, number, now - 1_000_000, now);
    }

    private JsonNode trace(String id) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + lab.port(StackPort.TEMPO) + "/api/traces/" + id)).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200 ? JSON.readTree(answer.body()).path("batches") : JSON.createArrayNode();
    }

    private List<JsonNode> spans(String id) throws IOException, InterruptedException {
        return trace(id).findValues("spans").stream().flatMap(spans -> {
            List<JsonNode> each = new ArrayList<>();
            spans.forEach(each::add);
            return each.stream();
        }).toList();
    }

    private Set<String> collectors(String id) throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>();
        for (JsonNode batch : trace(id)) {
            Map<String, String> attributes = new HashMap<>();
            batch.path("resource").path("attributes").forEach(attribute -> attributes.put(attribute.path("key").asText(),
                    attribute.path("value").path("stringValue").asText()));
            names.add(attributes.getOrDefault("collector", "none"));
        }
        return names;
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (IOException e) {
                assertTrue(System.nanoTime() < end, () -> what + ": " + e);
            }
            assertTrue(System.nanoTime() < end, () -> "never came: " + what);
            Thread.sleep(200);
        }
    }

    private static int post(HttpClient http, URI address, String authorization, String body) throws IOException,
            InterruptedException {
        return http.send(HttpRequest.newBuilder(address).header("Authorization", authorization)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
