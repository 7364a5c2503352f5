package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.decision.Verification.Verdict;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckServerTest {
    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir
    Path folder;

    private Project project;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        project = new Project(folder);
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"200, PASS", "204, PASS", "301, PASS", "304, PASS", "400, FAIL", "401, FAIL", "404, FAIL", "500, FAIL",
        "503, FAIL"})
    void defect16_onlyAGoodAnswerIsASuccess(int status, Verdict verdict) throws Exception {
        String url = server.url("/status/" + status);
        FunctionResult result = project.check(url);
        assertEquals(Optional.of(new Verification(Verification.Type.SERVER, verdict, url)), result.verification());
        assertEquals(verdict == Verdict.PASS, result.success());
        assertTrue(result.output().startsWith("GET " + url + " → " + status), result.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/", "http://93.184.215.14/", "https://localhost.example.com/",
        "http://localhost@example.com/", "http://127.0.0.1@example.com/", "http://127.0.0.1.example.com/",
        "http://2130706433/", "http://127.1/", "http://0x7f.0.0.1/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/",
        "http://[::]/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
        "http://lvh.me/", "http://metadata.google.internal/", "file:///etc/passwd", "ftp://localhost/", "localhost:80",
        "http:///x", "", "not a url", "http://localhost:99999999999/"})
    void aHostThatIsNotLoopbackIsRefusedWithoutARequest(String url) throws Exception {
        FunctionResult result = project.check(url);
        assertFalse(result.success());
        assertTrue(result.verification().isEmpty());
        assertTrue(result.output().contains("refused"), result.output());
    }

    @Test
    void aNameThatOnlyResolvesToLoopbackIsRefused() throws Exception {
        // Whatever this machine is called, its own name often stands for 127.0.0.1 or 127.0.1.1 in its hosts file.
        String name = InetAddress.getLocalHost().getHostName();
        FunctionResult result = project.check("http://" + (name.equals("localhost") ? "ip6-loopback" : name) + ":"
                + server.port() + "/status/200");
        assertTrue(result.output().contains("refused"), result.output());
        assertTrue(server.asked.isEmpty());
    }

    @Test
    void localhostIsFine() throws Exception {
        assertTrue(project.check("http://localhost:" + server.port() + "/status/200").success());
        assertTrue(project.check("HTTP://LOCALHOST:" + server.port() + "/status/200").success());
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        FunctionResult result = project.check(server.url("/to?http://127.0.0.1:" + server.port() + "/status/500"));
        assertTrue(result.success());
        assertTrue(result.output().contains("→ 302 to http://127.0.0.1:" + server.port() + "/status/500 (not followed)"));
        assertEquals(1, server.asked.size());
    }

    @Test
    void noAnswerInTimeFails() throws Exception {
        project.options = Options.within(project.options, new FunctionOptions.TimeLimits(SHORT, SHORT, SHORT, SHORT));
        FunctionResult result = project.check(server.url("/hang"));
        assertEquals(Verdict.FAIL, result.verification().orElseThrow().verdict());
        assertTrue(result.output().contains("no answer within 0.7 s"), result.output());
    }

    @Test
    void anEndlessOrHugeAnswerIsJudgedByItsBeginning() throws Exception {
        Duration limit = Duration.ofSeconds(5);
        project.options = Options.within(project.options, new FunctionOptions.TimeLimits(limit, limit, limit, limit));
        FunctionResult endless = project.check(server.url("/endless"));
        assertTrue(endless.success(), endless.output());
        assertTrue(endless.output().contains("more"));
        FunctionResult huge = project.check(server.url("/huge"));
        assertTrue(huge.success() && huge.output().length() < 5000);
    }

    @Test
    void whereNobodyListensItIsSkipped() throws Exception {
        FunctionResult result = project.check("http://127.0.0.1:" + LocalPorts.free() + "/");
        assertEquals(Verdict.SKIPPED, result.verification().orElseThrow().verdict());
        assertFalse(result.success());
        assertTrue(result.output().contains("verify_product"));
    }

    @Test
    void whatIsNoHttpFails() throws Exception {
        try (java.net.ServerSocket other = new java.net.ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread answer = new Thread(() -> {
                try (java.net.Socket socket = other.accept()) {
                    socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes());
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            answer.start();
            FunctionResult result = project.check("http://127.0.0.1:" + other.getLocalPort() + "/");
            assertEquals(Verdict.FAIL, result.verification().orElseThrow().verdict());
            answer.join();
        }
    }

    @Test
    void otherHostsAreAskedOnlyWhenAllowed() throws Exception {
        project.options = Options.within(Options.remote(project.options),
                new FunctionOptions.TimeLimits(SHORT, SHORT, SHORT, SHORT));
        // A name that no resolver knows (RFC 6761), so that nobody is asked.
        FunctionResult result = project.check("http://nobody.invalid/");
        assertFalse(result.success());
        assertFalse(result.output().contains("refused"), result.output());
        assertTrue(result.verification().isPresent());
    }

    @Test
    void anInterruptionEndsTheWait() {
        Interruption interruption = new Interruption();
        new Thread(() -> {
            try {
                Project.await("the request", () -> !server.asked.isEmpty());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            interruption.request(15);
        }).start();
        assertThrows(InterruptedException.class, () -> project.functions()
                .execute(new Decision.CheckServer(server.url("/hang")), new Bounds(interruption, Instant.MAX)));
        assertFalse(Thread.interrupted());
    }
}
