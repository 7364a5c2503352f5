package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ErrorType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a fault on the way to a model means: whether it may pass, and what a person can do. */
class NetworkFaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(9);

    private final NetworkFaults faults = faults(true);

    private static NetworkFaults faults(boolean usual) {
        return new NetworkFaults(HttpUrl.get("https://model.example/"), "Model", "MODEL_URL", usual, "k-4711", new FakeTiming()) {
            @Override
            protected Fault refused(int status, Headers headers, byte[] body) {
                return Fault.http(ErrorType.HTTP, status, "refused", "", Fault.Remedy.NONE);
            }
        };
    }

    private Fault of(IOException e) {
        return faults.of(e, LIMIT);
    }

    @Test
    void whatMayPassIsTriedLater() {
        assertEquals(Fault.of(ErrorType.DNS, "the host name model.example cannot be resolved",
                "check the network and HTTPS_PROXY; or run without a model: --reasoner rules", Fault.Remedy.LATER),
                of(new UnknownHostException("model.example")));
        assertEquals("no connection to Model at model.example:443: no route", of(new ConnectException("no route")).message());
        Fault slow = of(new InterruptedIOException("timeout"));
        assertEquals(ErrorType.TIMEOUT, slow.type());
        assertEquals("Model at model.example:443 gave no complete answer within 9 s", slow.message());
        Fault broke = of(new IOException("outer", new IOException("inner with k-4711")));
        assertEquals("the connection to Model at model.example:443 broke: inner with [key]", broke.message(), "and never the key");
        assertEquals("the connection to Model at model.example:443 broke: IOException", of(new IOException()).message());
    }

    @Test
    void anAddressOfOnesOwnHasAnotherHint() {
        assertEquals("check that the server runs, and that MODEL_URL is right",
                faults(false).of(new ConnectException("refused"), LIMIT).hint());
    }

    @Test
    void aCertificateThatIsNotTrustedIsNoMatterOfTime() {
        assertEquals(Fault.Remedy.NONE, of(new SSLPeerUnverifiedException("not this host")).remedy());
        SSLHandshakeException untrusted = new SSLHandshakeException("path building failed");
        untrusted.initCause(new IOException(new CertificateException("expired")));
        assertEquals(Fault.Remedy.NONE, of(untrusted).remedy());
        assertEquals("no trusted connection to Model at model.example:443: expired", of(untrusted).message());
        assertEquals(Fault.Remedy.LATER, of(new SSLException("closed", new IOException("reset"))).remedy());
        assertEquals(Fault.Remedy.LATER, of(new SSLException("closed")).remedy());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 499, 500, 502, 503, 504, 529})
    void statusesThatPass(int status) {
        assertTrue(NetworkFaults.passing(status));
        assertFalse(NetworkFaults.passing(status == 499 ? 400 : status + 10));
    }

    @Test
    void aRedirectIsNotFollowedAndItsHostIsNamed() {
        Fault fault = faults.redirect(302, Headers.of("Location", "https://elsewhere.example/x?key=k-4711"));
        assertEquals("Model at model.example:443 answers 302, a redirect to elsewhere.example; it is not followed, "
                + "because the key would be sent there",
                fault.message());
        assertEquals("set MODEL_URL to the final address", fault.hint());
        assertTrue(faults.redirect(302, Headers.of(Map.of())).message().contains("a redirect; it is not followed"));
        assertTrue(faults.redirect(302, Headers.of("Location", "/x")).message().contains("a redirect; it is not followed"));
    }

    @Test
    void whatIsNoAnswerNamesWhoGaveIt() {
        assertEquals("the answer of model.example:443 is not an answer of Model", faults.malformed().message());
        assertEquals("Model at model.example:443 answered more than 8 MB; PA stopped reading", faults.tooLarge().message());
    }

    @Test
    void aServerSaysWhenToComeBackInSecondsOrByDate() {
        assertEquals(Optional.of(Duration.ofSeconds(7)), faults.retryAfter(Headers.of("Retry-After", " 7 ")));
        assertEquals(Optional.of(Duration.ofSeconds(3)), faults.retryAfter(Headers.of("llm_provider-retry-after", "3")));
        String later = DateTimeFormatter.RFC_1123_DATE_TIME.format(FakeTiming.START.plusSeconds(60).atOffset(ZoneOffset.UTC));
        assertEquals(Optional.of(Duration.ofSeconds(60)), faults.retryAfter(Headers.of("Retry-After", later)));
        String past = DateTimeFormatter.RFC_1123_DATE_TIME.format(FakeTiming.START.minusSeconds(60).atOffset(ZoneOffset.UTC));
        assertEquals(Optional.of(Duration.ZERO), faults.retryAfter(Headers.of("Retry-After", past)));
        for (String nonsense : new String[] {"soon", "-1", "1.5", "99999999999"}) {
            assertEquals(Optional.empty(), faults.retryAfter(Headers.of("Retry-After", nonsense)), nonsense);
        }
        assertEquals(Optional.empty(), faults.retryAfter(Headers.of(Map.of())));
    }

    @Test
    void aLongMessageIsShownOnOneLine() {
        assertEquals("a", faults.redacted("a\n b"), "the first line of it");
        assertTrue(faults.redacted("x".repeat(500)).length() < 320);
    }
}
