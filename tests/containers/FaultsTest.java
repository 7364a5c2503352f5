package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import contract.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import services.ConfigFiles;
import services.StackPort;

/** All faults of a start: each has its exit code and its message, and leaves nothing behind. */
class FaultsTest {
    private static final String ENDED = "has ended with exit code";

    @TempDir Path folder;
    private StackLab lab;
    private final List<AutoCloseable> open = new ArrayList<>();

    /** Prepares what is wrong and returns the command line that meets it. */
    private interface Fault {
        String[] prepare(FaultsTest test) throws Exception;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("no engine", ExitCode.NO_ENGINE, "the socket does not exist", "--engine embedded", t -> {
                    t.lab.environment.put("DOCKER_HOST", "unix://" + t.folder.resolve("none.sock"));
                    return up();
                }),
                fault("nobody listens", ExitCode.NO_ENGINE, "Connection refused", "DOCKER_HOST", t -> {
                    t.lab.environment.put("DOCKER_HOST", "tcp://127.0.0.1:" + StackLab.freePort());
                    return up();
                }),
                fault("no engine over ssh", ExitCode.NO_ENGINE, "ssh is not supported: forward the socket", "", t -> {
                    t.lab.environment.put("DOCKER_HOST", "ssh://me@there");
                    return up();
                }),
                fault("an image that is not there and may not be got", ExitCode.ERROR, "--pull never forbids", "docker load",
                        t -> up("--pull", "never", "--image", "tempo=nowhere.invalid/tempo:1.2.3")),
                fault("an image that cannot be got", ExitCode.ERROR, "cannot get the image nowhere.invalid/tempo:1.2.3",
                        "--pull never", t -> up("--image", "tempo=nowhere.invalid/tempo:1.2.3")),
                fault("an image for another machine", ExitCode.NOT_READY, "is for s390x, the engine runs on", "with --image",
                        t -> up("--image", "tempo=" + t.foreignImage(), "--wait", "20s")),
                fault("a port that a process holds", ExitCode.PORT_TAKEN,
                        "is taken by the process " + ProcessHandle.current().pid(), "--port tempo=", t -> {
                            ServerSocket socket = new ServerSocket(t.lab.port(StackPort.TEMPO), 1,
                                    InetAddress.getLoopbackAddress());
                            t.open.add(socket);
                            return up();
                        }),
                fault("a port that a container holds", ExitCode.PORT_TAKEN, "is taken by the container other-", "--port",
                        t -> {
                    t.otherStack();
                    return up();
                }),
                fault("a foreign container with our name", ExitCode.ERROR, "that this stack did not make", "docker rename",
                        t -> {
                    String id = t.lab.client().createContainerCmd(t.image("prometheus")).withName(t.lab.name + "-tempo")
                            .exec().getId();
                    t.open.add(() -> t.lab.client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec());
                    return up();
                }),
                fault("a foreign volume with our name", ExitCode.ERROR, "a volume named", "AGENTPROXY_STACK_NAME", t -> {
                    t.lab.client().createVolumeCmd().withName(t.lab.name + "-tempo").exec();
                    t.open.add(() -> t.lab.client().removeVolumeCmd(t.lab.name + "-tempo").exec());
                    return up();
                }),
                fault("an unknown service", ExitCode.USAGE, "unknown service: nosuch", "services are",
                        t -> new String[] {"logs", "nosuch"}),
                fault("an unknown service to restart", ExitCode.USAGE, "unknown service: nosuch", "services are",
                        t -> new String[] {"restart", "nosuch"}),
                fault("an unknown service in the folder", ExitCode.USAGE, "unknown service in the configuration folder", "",
                        t -> own(t, "nosuch/nosuch.yaml", "a: 1\n")),
                fault("a folder that is not there", ExitCode.USAGE, "is not there", "--eject",
                        t -> up("--config-dir", t.folder.resolve("none").toString())),
                fault("the Collector's YAML", ExitCode.USAGE, "collector.yaml:2:1 is no YAML", "line 2",
                        t -> own(t, "otel-collector/collector.yaml", "a: [\n")),
                fault("Tempo's YAML", ExitCode.USAGE, "tempo.yaml:2:1 is no YAML", "line 2", t -> own(t, "tempo/tempo.yaml",
                        "a: [\n")),
                fault("Prometheus' YAML", ExitCode.USAGE, "prometheus.yml:2:1 is no YAML", "line 2",
                        t -> own(t, "prometheus/prometheus.yml", "a: [\n")),
                fault("Grafana's YAML", ExitCode.USAGE, "datasources.yaml:2:1 is no YAML", "line 2",
                        t -> own(t, "grafana/provisioning/datasources/datasources.yaml", "a: [\n")),
                fault("the original's compactor block", ExitCode.USAGE, "Tempo 3 does not start with 'compactor'",
                        "backend_worker.compaction.block_retention",
                        t -> own(t, "tempo/tempo.yaml", "compactor:\n  compaction:\n    block_retention: 24h\n")),
                fault("a key that the Collector does not know", ExitCode.NOT_READY, "otel-collector ENDED",
                        "the key 'colour'", t -> own(t.real("otel-collector"), "otel-collector/collector.yaml",
                                t.builtIn("otel-collector/collector.yaml")
                                .replace("    create_directory: true", "    create_directory: true\n    colour: red"))),
                fault("an exporter that the Collector does not have", ExitCode.NOT_READY, "otel-collector ENDED",
                        "'zipline' below 'exporters'", t -> own(t.real("otel-collector"), "otel-collector/collector.yaml",
                                t.builtIn("otel-collector/collector.yaml").replace("exporters:\n",
                                        "exporters:\n  zipline:\n"))),
                fault("a key that Tempo does not know", ExitCode.NOT_READY, "tempo ENDED", "the key 'colour'",
                        t -> own(t.real("tempo"), "tempo/tempo.yaml", t.builtIn("tempo/tempo.yaml") + "\ncolour: red\n")),
                fault("a key that Prometheus does not know", ExitCode.NOT_READY, "prometheus ENDED", "the key 'colour'",
                        t -> own(t, "prometheus/prometheus.yml", t.builtIn("prometheus/prometheus.yml")
                                + "\ncolour: red\n")),
                fault("a rule that Prometheus cannot read", ExitCode.NOT_READY, "prometheus", "",
                        t -> own(t, "prometheus/rules/mine.yml",
                                "groups:\n  - name: g\n    rules:\n      - record: x\n        expr: sum(\n")),
                fault("a full disk", ExitCode.NOT_READY, "no space left on device", "the disk is full", t -> {
                    t.real("otel-collector").lab.smallVolume("otel-collector", 16, 10_001);
                    return up();
                }),
                fault("a volume whose files belong to another user", ExitCode.NOT_READY, "permission denied",
                        "belong to another user", t -> {
                            t.notWithPodman("it gives the volume to the service's user itself");
                            t.real("tempo").strangersVolume("tempo", "/var/tempo", "wal");
                            return up();
                        }),
                fault("too little memory", ExitCode.NOT_READY, "needed more memory than its limit", "memory.prometheus",
                        t -> {
                    t.notWithPodman("its API tells neither the exit code nor the cause while it restarts a container");
                    t.lab.environment.put("AGENTPROXY_STACK_MEMORY_PROMETHEUS", "8m");
                    return up();
                }),
                fault("a container that dies after a while", ExitCode.NOT_READY,
                        "otel-collector has ended with exit code 137", "",
                        t -> {
                            t.real("otel-collector").killWhenRunning("otel-collector", Duration.ofSeconds(3));
                            return own(t, "otel-collector/collector.yaml",
                                    t.builtIn("otel-collector/collector.yaml").replace("0.0.0.0:13133", "127.0.0.1:13133"));
                        }),
                fault("a service that never answers", ExitCode.NOT_READY, "otel-collector is not ready after 8", "--wait 5m",
                        t -> own(t.real("otel-collector"), "otel-collector/collector.yaml",
                                t.builtIn("otel-collector/collector.yaml").replace("0.0.0.0:13133", "127.0.0.1:13133"),
                                        "--wait",
                                "8s")),
                fault("a bad address", ExitCode.USAGE, "not an IP address", "0.0.0.0", t -> up("--bind", "everywhere")),
                fault("an address that the engine's machine does not have", ExitCode.USAGE,
                        "192.0.2.1 is not an address of the engine's machine", "0.0.0.0 means all of them",
                        t -> up("--bind", "192.0.2.1")),
                fault("an address of one port that the engine's machine does not have", ExitCode.USAGE,
                        "192.0.2.1 is not an address of the engine's machine (--bind or port.otlp-http)",
                        "0.0.0.0 means all of them", t -> {
                            t.lab.environment.put("AGENTPROXY_STACK_PORT_OTLP_HTTP",
                                    "192.0.2.1:" + t.lab.port(StackPort.OTLP_HTTP));
                            return up();
                        }),
                fault("a bad port", ExitCode.USAGE, "not a port", "", t -> up("--port", "grafana=99999")),
                fault("a port that nobody has", ExitCode.USAGE, "unknown port name: nosuch", "known:", t -> up("--port",
                        "nosuch=1")),
                fault("a bad duration", ExitCode.USAGE, "not a duration", "30d", t -> up("--retention", "soon")),
                fault("a slip in an option", ExitCode.USAGE, "unknown option --retian", "--retain", t -> up("--retian")),
                fault("a slip in a verb", ExitCode.USAGE, "unknown word", "did you mean", t -> new String[] {"stauts"}));
    }

    private void notWithPodman(String why) {
        org.junit.jupiter.api.Assumptions.assumeFalse(lab.podman(), "not with Podman: " + why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultsAreNamedAndLeaveNothing(String name, int exitCode, String message, String hint,
            Fault fault) throws Exception {
        lab = StackLab.open(folder);
        String[] command = fault.prepare(this);
        List<String> before = lab.left();
        StackLab.Result result = lab.run(command);
        assertEquals(exitCode, result.code(), result::all);
        // Podman may already have begun to start it again.
        String again = message.replace("ENDED", lab.podman() ? "restarts again and again" : ENDED);
        assertTrue(result.err().contains(message.replace("ENDED", ENDED)) || result.err().contains(again), result::all);
        assertTrue(result.err().contains(hint), result::all);
        assertEquals(before, lab.left(), "nothing half-made is left\n" + result.all());
    }

    @ParameterizedTest(name = "the engine goes away at {0}")
    @MethodSource("requests")
    void anEngineThatGoesAwayIsToldAndTheNextUpMendsWhatIsLeft(String request) throws Exception {
        lab = StackLab.open(folder);
        String real = lab.environment.get("DOCKER_HOST");
        try (EngineProxy proxy = new EngineProxy(Path.of(real.replace("unix://", "")))) {
            proxy.goAwayAt(request);
            lab.environment.put("DOCKER_HOST", proxy.address());
            StackLab.Result result = lab.run("up");
            assertEquals(ExitCode.NO_ENGINE, result.code(), result::all);
            assertTrue(result.err().contains("engine stopped answering"), result::all);
        }
        lab.environment.put("DOCKER_HOST", real);
        StackLab.Result fixed = lab.run("up", "--verbose");
        assertEquals(0, fixed.code(), fixed::all);
        assertEquals(ConfigFiles.SERVICES.size(), lab.containers().size());
    }

    /** Docker looks for the network when a container starts; nothing says that every engine of its kind does. */
    @Test
    void anEngineThatMissesTheNetworkAtTheCreationGetsItFirst() throws Exception {
        lab = StackLab.open(folder);
        Path real = Path.of(lab.environment.get("DOCKER_HOST").replace("unix://", ""));
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch missed = new CountDownLatch(1);
        try (EngineProxy proxy = new EngineProxy(real)) {
            proxy.answer(request -> {
                if (request.contains("/networks/create")) {
                    // Not before a container was asked for; an engine that is given it first has nothing to refuse.
                    awaitOrGoOn(missed);
                } else if (request.contains("/containers/create") && missed.getCount() > 0) {
                    refused.incrementAndGet();
                    missed.countDown();
                    String body = "{\"message\":\"network " + lab.name + " not found\"}";
                    return Optional.of("HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nConnection: close\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body);
                }
                return Optional.empty();
            });
            lab.environment.put("DOCKER_HOST", proxy.address());
            StackLab.Result up = lab.run("up");
            assertEquals(0, up.code(), up::all);
        }
        assertEquals(lab.podman() ? 0 : 1, refused.get());
        assertEquals(ConfigFiles.SERVICES.size(), lab.containers().size());
    }

    private static void awaitOrGoOn(CountDownLatch latch) {
        try {
            latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Stream<String> requests() {
        return Stream.of("/networks/create", "/containers/create", "/archive", "/start HTTP");
    }

    @ParameterizedTest(name = "{0} hours")
    @MethodSource("drifts")
    void aClockThatIsWrongIsTold(long hours, String words) throws Exception {
        lab = StackLab.open(folder);
        try (EngineProxy proxy = new EngineProxy(Path.of(lab.environment.get("DOCKER_HOST").replace("unix://", "")))) {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(hours));
            proxy.change(answer -> answer.replaceAll("\r\nDate: [^\r]+\r\n", "\r\nDate: " + date + "\r\n"));
            lab.environment.put("DOCKER_HOST", proxy.address());
            StackLab.Result result = lab.run("up", "--dry-run");
            assertEquals(0, result.code(), result::all);
            assertEquals(hours != 0, result.err().contains("the engine's clock is"), result::all);
            assertTrue(result.err().contains(words), result::all);
        }
    }

    static Stream<Arguments> drifts() {
        return Stream.of(Arguments.of(1L, "minutes ahead of this machine's"), Arguments.of(-1L,
                "minutes behind this machine's"),
                Arguments.of(0L, "engine docker"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    private static Arguments fault(String name, int exitCode, String message, String hint, Fault fault) {
        return Arguments.of(name, exitCode, message, hint, fault);
    }

    private static String[] up(String... more) {
        return Stream.concat(Stream.of("up", "--engine", "docker"), Stream.of(more)).toArray(String[]::new);
    }

    private static String[] own(FaultsTest test, String file, String text, String... more) throws IOException {
        Path config = test.lab.config(test.folder, file, text);
        return up(Stream.concat(Stream.of("--config-dir", config.toString()), Stream.of(more)).toArray(String[]::new));
    }

    /** This test needs the program itself: a stand-in reads no configuration. */
    private FaultsTest real(String service) {
        lab.needsReal(service);
        return this;
    }

    private String builtIn(String file) {
        return ConfigFiles.load(java.util.Optional.empty()).all().get(file).text();
    }

    private String image(String service) {
        return lab.image(service);
    }

    /** A container of a stranger's that publishes our Tempo's port. */
    private void otherStack() {
        String id = lab.client().createContainerCmd(image("grafana")).withName("other-" + lab.name)
                .withExposedPorts(com.github.dockerjava.api.model.ExposedPort.tcp(3000))
                .withHostConfig(HostConfig.newHostConfig().withPortBindings(new com.github.dockerjava.api.model.PortBinding(
                        com.github.dockerjava.api.model.Ports.Binding.bindIpAndPort("127.0.0.1", lab.port(StackPort.TEMPO)),
                        com.github.dockerjava.api.model.ExposedPort.tcp(3000)))).exec().getId();
        open.add(() -> lab.client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec());
        lab.client().startContainerCmd(id).exec();
    }

    /** An image with a program of s390x, which no machine that runs these tests is. */
    private String foreignImage() throws Exception {
        String image = lab.name + "-foreign:1";
        ForeignImage.load(lab.client(), image);
        open.add(() -> lab.client().removeImageCmd(image).withForce(true).exec());
        return image;
    }

    /** A volume of ours in which root has left a folder that only root may enter. */
    private void strangersVolume(String service, String path, String inside) throws IOException {
        String volume = lab.name + "-" + service;
        lab.client().createVolumeCmd().withName(volume).withLabels(Labels.of(lab.name, service)).exec();
        String id = lab.client().createContainerCmd(image("prometheus"))
                .withHostConfig(HostConfig.newHostConfig().withBinds(new Bind(volume, new Volume(path)))).exec().getId();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(path.substring(1) + "/" + inside + "/");
            entry.setIds(0, 0);
            entry.setMode(040700);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        lab.client().copyArchiveToContainerCmd(id).withRemotePath("/")
                .withTarInputStream(new ByteArrayInputStream(bytes.toByteArray())).exec();
        lab.client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    }

    private void killWhenRunning(String service, Duration after) {
        CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 600 && !lab.containers().containsKey(service); i++) {
                    Thread.sleep(50);
                }
                Thread.sleep(after.toMillis());
                lab.client().killContainerCmd(lab.containers().get(service)).exec();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
