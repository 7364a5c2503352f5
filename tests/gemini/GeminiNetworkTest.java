package gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.ReasonerException;
import contract.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reasoning.RetryPolicy;
import reasoning.Sendings;

/** The way to Gemini: refused, unknown, untrusted, silent, endless, or through a proxy. */
class GeminiNetworkTest extends GeminiFaults {
    private static final long MEGABYTE = 1L << 20;

    @Test
    void refusedConnection() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        ReasonerException e = unreachable(URI.create("http://127.0.0.1:" + closed));
        assertEquals("refused", e.problem().value());
        assertTrue(e.getMessage().contains("127.0.0.1:" + closed), e.getMessage());
        assertTrue(e.hint().contains("check that the server runs"), e.hint());
        assertEquals(ALL_ATTEMPTS, events.answer().attempts());
    }

    @Test
    void noSuchName() throws Exception {
        ReasonerException e = unreachable(URI.create("https://gemini.invalid"));
        assertEquals("dns", e.problem().value());
        assertTrue(e.getMessage().contains("gemini.invalid cannot be resolved"), e.getMessage());
        assertEquals(ALL_ATTEMPTS, events.answer().attempts());
    }

    @Test
    void aCertificateThatNobodyTrustsIsNotTriedAgain() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
        HandshakeCertificates certificates = new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(certificates.sslSocketFactory());
            server.start(InetAddress.getByName("127.0.0.1"), 0);
            ReasonerException e = unreachable(URI.create("https://127.0.0.1:" + server.getPort()));
            assertEquals("tls", e.problem().value());
            assertTrue(e.hint().contains("trust store"), e.hint());
            assertEquals(1, events.answer().attempts());
        }
    }

    @Test
    void aHungAnswerEndsByTheTimeout() throws Exception {
        MockResponse hung = new MockResponse.Builder().headersDelay(60, TimeUnit.SECONDS).body("{}").build();
        RetryPolicy twice = new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1),
                Duration.ofMinutes(1));
        long begun = System.nanoTime();
        try (FakeGemini gemini = new FakeGemini(hung).lastForEver()) {
            GeminiOptions options = gemini.options(Sendings.within(Duration.ofMillis(400), Duration.ofSeconds(5), twice));
            ReasonerException e = assertThrows(ReasonerException.class, () -> decide(new GeminiReasoner(options, timing)));
            assertEquals("timeout", e.problem().value());
            assertTrue(e.getMessage().contains("no complete answer within"), e.getMessage());
            assertEquals(2, events.answer().attempts());
        }
        assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 30);
    }

    @Test
    void anAnswerThatTricklesEndsByTheTimeoutToo() throws Exception {
        MockResponse slow = new MockResponse.Builder().body(" ".repeat(100_000)).throttleBody(10, 50,
                TimeUnit.MILLISECONDS).build();
        RetryPolicy once = new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1),
                Duration.ofMinutes(1));
        try (FakeGemini gemini = new FakeGemini(slow)) {
            GeminiOptions options = gemini.options(Sendings.within(Duration.ofMillis(500), Duration.ofSeconds(5), once));
            assertEquals("timeout", assertThrows(ReasonerException.class,
                    () -> decide(new GeminiReasoner(options, timing))).problem().value());
        }
    }

    @Test
    void fiftyMegabytesAreNotRead() throws Exception {
        AtomicLong written = new AtomicLong();
        MockResponseBody endless = new MockResponseBody() {
            @Override
            public long getContentLength() {
                return 50 * MEGABYTE;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                byte[] block = " ".repeat((int) MEGABYTE).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 50; i++) {
                    sink.write(block).flush();
                    written.addAndGet(block.length);
                }
            }
        };
        try (FakeGemini gemini = new FakeGemini(new MockResponse.Builder().body(endless).build())) {
            ReasonerException e = assertThrows(ReasonerException.class,
                    () -> decide(new GeminiReasoner(gemini.options(), timing)));
            assertEquals("too_large", e.problem().value());
            assertTrue(e.getMessage().contains("8 MB"), e.getMessage());
            assertEquals(1, gemini.seen().size());
        }
        assertTrue(written.get() < 40 * MEGABYTE, "stopped after " + written.get());
    }

    @Test
    void fiftyMegabytesInsideFiftyKilobytesAreNotUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[(int) (50 * MEGABYTE)]);
        }
        MockResponse bomb = new MockResponse.Builder().setHeader("Content-Encoding", "gzip")
                .body(new Buffer().write(packed.toByteArray())).build();
        try (FakeGemini gemini = new FakeGemini(bomb)) {
            assertEquals("too_large", assertThrows(ReasonerException.class,
                    () -> decide(new GeminiReasoner(gemini.options(), timing))).problem().value());
        }
    }

    @Test
    void aPathInTheBaseUrlIsKept() throws Exception {
        try (FakeGemini gemini = new FakeGemini(FakeGemini.runTests())) {
            GeminiOptions options = new GeminiOptions(FakeGemini.KEY, gemini.url().resolve("/proxy/gemini/"),
                    "models/gemini-x", gemini.options().prices(), Sendings.DEFAULT);
            decide(new GeminiReasoner(options, timing));
            assertEquals("POST /proxy/gemini/v1beta/models/gemini-x:generateContent HTTP/1.1",
                    gemini.seen().get(0).getRequestLine());
        }
    }

    @Test
    void theTotalTimeBoundsTheAttempts() throws Exception {
        RetryPolicy patient = new RetryPolicy(1_000, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60),
                Duration.ofMinutes(3));
        try (FakeGemini gemini = new FakeGemini(overloaded()).lastForEver()) {
            assertThrows(ReasonerException.class,
                    () -> decide(new GeminiReasoner(gemini.options(Sendings.retrying(patient, Map.of())), timing)));
            Duration waited = timing.waits().stream().reduce(Duration.ZERO, Duration::plus);
            assertTrue(waited.compareTo(Duration.ofMinutes(3)) <= 0, waited.toString());
            assertFalse(timing.waits().size() < 4, "and uses the time");
        }
    }

    @Test
    void aProxyOfTheEnvironmentIsUsedUnlessTheHostIsExcluded() throws Exception {
        try (MockWebServer proxy = new MockWebServer()) {
            proxy.start(InetAddress.getByName("127.0.0.1"), 0);
            proxy.enqueue(new MockResponse.Builder().code(403).build());
            URI base = URI.create("https://gemini.invalid");
            RetryPolicy once = new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(9));
            Map<String, String> environment = Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getPort());
            assertThrows(ReasonerException.class,
                    () -> decide(new GeminiReasoner(FakeGemini.options(base, Sendings.retrying(once, environment)), timing)));
            RecordedRequest request = proxy.takeRequest();
            assertEquals("CONNECT", request.getMethod());
            assertEquals("gemini.invalid:443", request.getTarget());
            assertFalse(request.getHeaders().toString().contains(FakeGemini.KEY), "the proxy does not see the key");

            Map<String, String> excluded = Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getPort(), "no_proxy", ".invalid");
            ReasonerException e = assertThrows(ReasonerException.class,
                    () -> decide(new GeminiReasoner(FakeGemini.options(base, Sendings.retrying(once, excluded)), timing)));
            assertEquals("dns", e.problem().value());
            assertEquals(1, proxy.getRequestCount());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, '', 1, refused, it does not allow this connection",
        "407, '', 1, refused, it wants a user name and a password",
        "407, ada:sesame@, 1, refused, it refuses the user name or the password",
        "502, '', 3, refused, answered 502"})
    void aProxyThatSaysNoIsAskedAgainOnlyWhereThatMayHelp(int status, String user, int attempts, String type, String said)
            throws Exception {
        try (MockWebServer proxy = new MockWebServer()) {
            proxy.start(InetAddress.getByName("127.0.0.1"), 0);
            for (int i = 0; i < 2 * attempts + 1; i++) {
                proxy.enqueue(new MockResponse.Builder().code(status).addHeader("Proxy-Authenticate", "Basic realm=x").build());
            }
            GeminiOptions options = FakeGemini.options(URI.create("https://gemini.invalid"), Sendings.retrying(
                    new RetryPolicy(3, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(9)),
                    Map.of("HTTPS_PROXY", "http://" + user + "127.0.0.1:" + proxy.getPort())));
            GeminiReasoner reasoner = new GeminiReasoner(options, timing);
            ReasonerException e = assertThrows(ReasonerException.class, () -> decide(reasoner));
            assertEquals(type, e.problem().value());
            assertTrue(e.getMessage().contains("the proxy on the way to Gemini at gemini.invalid:443 answered " + status)
                    && e.getMessage().contains(said), e.getMessage());
            assertFalse(e.getMessage().contains("sesame"), e.getMessage());
            assertEquals(attempts, proxy.getRequestCount());
            assertEquals(attempts == 1, e.problem().fatal(), "a worker is not paid for again");
            // One that may pass is not waited for before the first round, but no round is paid for either.
            Failure failure = assertThrows(Failure.class, () -> reasoner.selfCheck(Bounds.none(), events));
            assertTrue(failure.getMessage().contains(said), failure.getMessage());
        }
    }

    private ReasonerException unreachable(URI base) {
        return assertThrows(ReasonerException.class,
                () -> decide(new GeminiReasoner(FakeGemini.options(base, Sendings.DEFAULT), timing)));
    }
}
