package handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import services.StackOptions;

/**
 * The Kubernetes export, taken by a real API server: what schemas let pass (names, immutable fields, size of annotations) is
 * refused there, and a pod from each template must pass Pod Security "restricted", which is enforced in its namespace. The
 * variables {@code KUBE_APISERVER} and {@code KUBE_ETCD} name the two programs; CONTRIBUTING.md says how they are built. No
 * kubelet: nothing runs.
 */
class KubeApiserverTest {
    private static final String TOKEN = "test-token";
    private static final String NAMESPACE = "agentproxy";

    @TempDir Path folder;
    private final List<Process> processes = new ArrayList<>();
    private String server;

    @BeforeEach
    void start() throws Exception {
        String apiserver = System.getenv("KUBE_APISERVER");
        String etcd = System.getenv("KUBE_ETCD");
        Assumptions.assumeTrue(apiserver != null && etcd != null, "KUBE_APISERVER and KUBE_ETCD name no programs");
        int client = free();
        int peer = free();
        int port = free();
        String store = "http://127.0.0.1:" + client;
        start("etcd", etcd, "--data-dir", folder.resolve("etcd").toString(), "--listen-client-urls", store,
                "--advertise-client-urls", store, "--listen-peer-urls", "http://127.0.0.1:" + peer,
                "--initial-advertise-peer-urls", "http://127.0.0.1:" + peer, "--initial-cluster",
                "default=http://127.0.0.1:" + peer, "--unsafe-no-fsync");
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",admin,admin,system:masters\n");
        Path key = key();
        start("apiserver", apiserver, "--etcd-servers=" + store, "--secure-port=" + port, "--bind-address=127.0.0.1",
                // Not loopback, which it does not take; nobody is told it here.
                "--advertise-address=192.0.2.1", "--cert-dir=" + folder.resolve("certs"), "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC", "--service-cluster-ip-range=10.96.0.0/16", "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key, "--service-account-issuer=https://kubernetes.test",
                // There is no controller that makes the account that every pod has by default.
                "--disable-admission-plugins=ServiceAccount");
        server = "https://127.0.0.1:" + port;
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (kubectl("get", "--raw", "/readyz").code() != 0) {
            assertTrue(System.nanoTime() < deadline, () -> said("apiserver"));
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theServerTakesAllOfItAndEveryPodIsRestricted(boolean shared) throws Exception {
        Path export = folder.resolve("export");
        Export exported = Export.of(Export.Target.kubernetes, shared, StackOptions.defaults(), Map.of());
        Contents contents = new Contents(exported.files());
        ExportFolder.write(export, exported, true);
        Result applied = kubectl("apply", "-k", export.toString());
        assertEquals(0, applied.code(), applied.text());
        assertEquals(contents.objects(), applied.text().lines().filter(line -> line.endsWith(" created")).count(), applied.text());
        Result again = kubectl("apply", "-k", export.toString());
        assertEquals(0, again.code(), "an export can be applied again: " + again.text());
        String enforced = kubectl("get", "namespace", NAMESPACE, "-o", "yaml").text();
        assertTrue(enforced.contains("pod-security.kubernetes.io/enforce: restricted"), enforced);
        List<String> pods = pods(export);
        assertEquals(contents.workloads(), pods.size());
        for (String pod : pods) {
            Path file = Files.writeString(folder.resolve("pod.yaml"), pod);
            Result made = kubectl("-n", NAMESPACE, "create", "-f", file.toString());
            assertEquals(0, made.code(), made.text());
            assertTrue(!made.text().contains("violate"), made.text());
        }
    }

    @Test
    void aPodThatIsNotRestrictedIsRefusedThere() throws Exception {
        Path export = folder.resolve("export");
        ExportFolder.write(export, Export.of(Export.Target.kubernetes, false, StackOptions.defaults(), Map.of()), true);
        kubectl("apply", "-k", export.toString());
        Path file = Files.writeString(folder.resolve("pod.yaml"),
                pods(export).get(0).replace("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true"));
        Result refused = kubectl("-n", NAMESPACE, "create", "-f", file.toString());
        assertTrue(refused.code() != 0 && refused.text().contains("violates PodSecurity"), refused.text());
    }

    /** A pod as the controller would make it of each StatefulSet; claims of volumes become empty ones. */
    private static List<String> pods(Path export) throws IOException {
        List<String> pods = new ArrayList<>();
        try (var files = Files.walk(export)) {
            for (Path file : files.filter(one -> one.toString().endsWith("-workload.yaml")).sorted().toList()) {
                for (Object document : new Yaml().loadAll(Files.readString(file))) {
                    Map<?, ?> object = (Map<?, ?>) document;
                    if (object.get("kind").equals("StatefulSet")) {
                        pods.add(pod(object));
                    }
                }
            }
        }
        return pods;
    }

    @SuppressWarnings("unchecked")
    private static String pod(Map<?, ?> set) {
        Map<String, Object> description = (Map<String, Object>) set.get("spec");
        Map<String, Object> template = (Map<String, Object>) description.get("template");
        Map<String, Object> spec = (Map<String, Object>) template.get("spec");
        List<Object> volumes = spec.containsKey("volumes") ? (List<Object>) spec.get("volumes") : new ArrayList<>();
        if (description.get("volumeClaimTemplates") instanceof List<?> claims) {
            claims.forEach(claim -> volumes.add(Map.of("name", ((Map<?, ?>) ((Map<?, ?>) claim).get("metadata")).get("name"),
                    "emptyDir", Map.of())));
        }
        spec.put("volumes", volumes);
        Object name = ((Map<?, ?>) set.get("metadata")).get("name");
        return new Yaml().dump(Map.of("apiVersion", "v1", "kind", "Pod", "metadata", Map.of("name", name + "-0"), "spec", spec));
    }

    private record Result(int code, String text) {}

    private Result kubectl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("kubectl", "--server=" + server, "--token=" + TOKEN,
                "--insecure-skip-tls-verify=true"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("kubectl.log").toFile());
        builder.environment().put("HOME", folder.toString());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            Assumptions.abort("kubectl is not on the PATH");
            throw e;
        }
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "kubectl does not end");
        return new Result(process.exitValue(), said("kubectl"));
    }

    private void start(String name, String... command) throws IOException {
        processes.add(0, new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile()).start());
    }

    private String said(String name) {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Signs the tokens of service accounts, of which there are none. */
    private Path key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String key = Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
