package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import containers.engine.Certificates;
import containers.engine.TlsFront;
import contract.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import services.ConfigFiles;

/** A real engine with TLS, found by Docker's variables and contexts, and the possible faults. */
class SecuredEngineTest {
    private static final String HOST = "DOCKER_HOST";
    private static final String VERIFY = "DOCKER_TLS_VERIFY";
    private static final String FOLDER = "DOCKER_CERT_PATH";

    @TempDir Path folder;
    private StackLab lab;
    private Certificates authority;
    private Path client;
    private TlsFront front;
    private Contexts contexts;

    @BeforeEach
    void open() throws Exception {
        lab = StackLab.open(folder);
        authority = Certificates.authority(folder.resolve("authority"));
        client = authority.client();
        front = new TlsFront(StackLab.engine(), authority.engine("IP:127.0.0.1"));
        contexts = new Contexts(folder.resolve("docker"));
        lab.environment.put("DOCKER_CONFIG", contexts.folder().toString());
    }

    @AfterEach
    void close() throws IOException {
        if (lab != null) {
            lab.environment.keySet().removeAll(List.of(VERIFY, FOLDER, "DOCKER_CONTEXT", "DOCKER_CONFIG"));
            lab.close();
        }
        if (front != null) {
            front.close();
        }
    }

    @Test
    void aWholeLifeThroughTls() {
        secured(front.address(), client);
        StackLab.Result up = lab.run("up");
        assertEquals(0, up.code(), up::all);
        assertTrue(up.err().contains(", API 1.") && up.err().contains(front.address() + " with TLS"), up::all);
        StackLab.Result again = lab.run("up", "--verbose");
        assertEquals(ConfigFiles.SERVICES.size(), again.err().lines().filter(line -> line.contains("keep (as it should be)"))
                .count(), again::all);
        StackLab.Result status = lab.run("status");
        assertEquals(0, status.code(), status::all);
        StackLab.Result version = lab.run("exec", "prometheus", "promtool", "--version");
        assertEquals(0, version.code(), version::all);
        assertTrue(version.out().contains("promtool, version"), version::all);
        StackLab.Result logs = lab.run("logs", "prometheus", "--tail", "1");
        assertEquals(1, logs.out().lines().count(), logs::all);
        StackLab.Result down = lab.run("down", "-v", "--yes");
        assertEquals(0, down.code(), down::all);
        assertEquals(List.of(), lab.left());
    }

    @Test
    void theContextInUseNamesTheEngineAndItsCertificates() throws Exception {
        lab.environment.remove(HOST);
        contexts.create("far", front.address(), Optional.of(client));
        contexts.use("far");
        assertDescribed("(context far) with TLS");
    }

    @Test
    void aVariableNamesAnotherContextAndDockerHostBeatsBoth() throws Exception {
        String direct = lab.environment.remove(HOST);
        contexts.create("far", front.address(), Optional.of(client));
        contexts.create("near", direct, Optional.empty());
        contexts.use("far");
        lab.environment.put("DOCKER_CONTEXT", "near");
        assertDescribed(direct + " (context near)");
        lab.environment.put(HOST, direct);
        assertDescribed(direct + "\n");
    }

    @ParameterizedTest(name = "a key as {0} {1}")
    @MethodSource("forms")
    void everyFormOfAKeyIsRead(String... form) throws Exception {
        authority.rewriteKey(client.resolve("key.pem"), form);
        secured(front.address(), client);
        assertDescribed("with TLS");
    }

    static Stream<Arguments> forms() {
        return Stream.of(Arguments.of((Object) new String[] {"rsa", "-traditional"}), Arguments.of((Object) new String[] {
            "pkcs8", "-topk8", "-nocrypt"}));
    }

    /** Prepares what is wrong. */
    private interface Fault {
        void prepare(SecuredEngineTest test) throws Exception;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("another authority", "was not signed by", "get the right ca.pem", t -> {
                    Path other = Certificates.authority(t.folder.resolve("other")).client();
                    Files.copy(other.resolve("ca.pem"), t.client.resolve("ca.pem"),
                            StandardCopyOption.REPLACE_EXISTING);
                    t.secured(t.front.address(), t.client);
                }),
                fault("a certificate of ours that another authority has signed", "it refuses the client certificate",
                        "get cert.pem and key.pem", t -> {
                    Path other = Certificates.authority(t.folder.resolve("other")).client();
                    Files.copy(t.client.resolve("ca.pem"), other.resolve("ca.pem"),
                            StandardCopyOption.REPLACE_EXISTING);
                    t.secured(t.front.address(), other);
                }),
                fault("no key", "key.pem does not exist, but cert.pem is", "key.pem there", t -> {
                    Files.delete(t.client.resolve("key.pem"));
                    t.secured(t.front.address(), t.client);
                }),
                fault("no certificate of ours", "it requires a client certificate", "get cert.pem and key.pem", t -> {
                    Files.delete(t.client.resolve("key.pem"));
                    Files.delete(t.client.resolve("cert.pem"));
                    t.secured(t.front.address(), t.client);
                }),
                fault("no authority", "ca.pem does not exist", "key.pem there", t -> {
                    Files.delete(t.client.resolve("ca.pem"));
                    t.secured(t.front.address(), t.client);
                }),
                fault("no folder of certificates", "nowhere does not exist", "key.pem there",
                        t -> t.secured(t.front.address(), t.folder.resolve("nowhere"))),
                fault("something else than a key", "contains no readable private key", "key.pem there", t -> {
                    Files.writeString(t.client.resolve("key.pem"), "no key\n");
                    t.secured(t.front.address(), t.client);
                }),
                fault("something else than a certificate", "ca.pem", "key.pem there", t -> {
                    Files.writeString(t.client.resolve("ca.pem"), "no certificate\n");
                    t.secured(t.front.address(), t.client);
                }),
                fault("a certificate for another name", "subject alternative names", "that is in its certificate",
                        t -> {
                    t.front.close();
                    t.authority = Certificates.authority(t.folder.resolve("second"));
                    t.front = new TlsFront(StackLab.engine(), t.authority.engine("DNS:engine.example"));
                    t.secured(t.front.address(), t.authority.client());
                }),
                fault("plain words to an engine with TLS", "no container engine answers (tcp://127.0.0.1:", "",
                        t -> t.lab.environment.put(HOST, t.front.address())),
                fault("TLS to an engine without", "it does not speak TLS there", "unset DOCKER_TLS_VERIFY", t -> {
                    EngineProxy plain = new EngineProxy(Path.of(t.lab.environment.get(HOST).replace("unix://", "")));
                    t.secured(plain.address(), t.client);
                }),
                fault("a context that nobody has made", "the Docker context far (DOCKER_CONTEXT) does not exist",
                        "contexts are default, near", t -> {
                    t.lab.environment.remove(HOST);
                    t.contexts.create("near", "unix:///nowhere.sock", Optional.empty());
                    t.lab.environment.put("DOCKER_CONTEXT", "far");
                }),
                fault("a context in use that is gone", "the Docker context far (currentContext in",
                        "docker context use default", t -> {
                    t.lab.environment.remove(HOST);
                    t.contexts.use("far");
                }),
                fault("a context over ssh", "ssh://me@there (context far): ssh is not supported", "--bind", t -> {
                    t.lab.environment.remove(HOST);
                    t.contexts.create("far", "ssh://me@there", Optional.empty());
                    t.contexts.use("far");
                }),
                fault("a context that looks at no certificate", "has skip-tls-verify", "docker context update far", t -> {
                    t.lab.environment.remove(HOST);
                    t.contexts.create("far", "{\"Name\":\"far\",\"Endpoints\":{\"docker\":{\"Host\":\"" + t.front.address()
                            + "\",\"SkipTLSVerify\":true}}}");
                    t.contexts.use("far");
                }),
                fault("a context without its key", "key.pem does not exist, but cert.pem is", "key.pem there", t -> {
                    t.lab.environment.remove(HOST);
                    Files.delete(t.client.resolve("key.pem"));
                    t.contexts.create("far", t.front.address(), Optional.of(t.client));
                    t.contexts.use("far");
                }),
                fault("a context that is no JSON", "meta.json cannot be read", "set DOCKER_HOST", t -> {
                    t.lab.environment.remove(HOST);
                    t.contexts.create("far", "{");
                    t.contexts.use("far");
                }),
                fault("Docker's configuration is no JSON", "config.json cannot be read", "set DOCKER_HOST", t -> {
                    t.lab.environment.remove(HOST);
                    t.contexts.use("x\"");
                }),
                fault("no address", "DOCKER_HOST is not an address of an engine: engine.example", "for instance unix://",
                        t -> t.lab.environment.put(HOST, "engine.example")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void whatIsWrongIsNamed(String name, String message, String hint, Fault fault) throws Exception {
        String direct = lab.environment.get(HOST);
        fault.prepare(this);
        StackLab.Result result = lab.run("up", "--engine", "docker");
        lab.environment.put(HOST, direct);
        assertEquals(ExitCode.NO_ENGINE, result.code(), result::all);
        assertTrue(result.err().contains(message), result::all);
        assertTrue(result.err().contains(hint), result::all);
    }

    private static Arguments fault(String name, String message, String hint, Fault fault) {
        return Arguments.of(name, message, hint, fault);
    }

    private void secured(String address, Path certificates) {
        lab.environment.put(HOST, address);
        lab.environment.put(VERIFY, "1");
        lab.environment.put(FOLDER, certificates.toString());
    }

    /** {@code status} and {@code up --dry-run} name the engine so. */
    private void assertDescribed(String words) {
        StackLab.Result status = lab.run("status");
        assertEquals(ExitCode.NOT_READY, status.code(), status::all);
        assertTrue(status.err().contains(words), status::all);
        StackLab.Result dry = lab.run("up", "--dry-run");
        assertEquals(0, dry.code(), dry::all);
        assertTrue(dry.err().contains(words) && dry.err().contains("tempo: create (not there)"), dry::all);
    }
}
