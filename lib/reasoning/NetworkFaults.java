package reasoning;

import contract.ErrorType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import reasoning.Fault.Remedy;

/**
 * Tells what went wrong with a request to a model's server: what every API has in common, and what one of them says itself. Keeps
 * the key out of every message.
 */
public abstract class NetworkFaults {
    /**
     * Statuses that are worth a retry, by Google's and OpenAI's pages on API errors and by RFC 9110 (408). Overloaded servers send 499
     * when they have given up a call.
     */
    private static final Set<Integer> PASSING = Set.of(408, 429, 499, 500, 502, 503, 504, 529);
    private static final int MESSAGE_CHARS = 300;

    private final HttpUrl base;
    private final String api;
    private final String variable;
    private final boolean usual;
    private final String apiKey;
    private final Timing timing;

    /**
     * @param api the API's name for messages
     * @param variable the variable that sets the address
     * @param usual whether the address is the API's own
     * @param apiKey removed from messages; possibly empty
     */
    protected NetworkFaults(HttpUrl base, String api, String variable, boolean usual, String apiKey, Timing timing) {
        this.base = base;
        this.api = api;
        this.variable = variable;
        this.usual = usual;
        this.apiKey = apiKey;
        this.timing = timing;
    }

    /** Whether the same request may succeed later. */
    public static boolean passing(int status) {
        return PASSING.contains(status);
    }

    /** An HTTP status that is no success. */
    public final Fault of(int status, Headers headers, byte[] body) {
        return status >= 300 && status < 400 ? redirect(status, headers) : refused(status, headers, body);
    }

    /** A status of 400 and above, in the words of this API. */
    protected abstract Fault refused(int status, Headers headers, byte[] body);

    /** @param limit the time limit of the call */
    final Fault of(IOException e, Duration limit) {
        Optional<ProxyRefusal> refusal = ProxyRefusal.in(e);
        if (refusal.isPresent()) {
            return byProxy(refusal.get());
        }
        String said = redacted(rootMessage(e));
        if (e instanceof UnknownHostException) {
            return Fault.of(ErrorType.DNS, "the host name " + base.host() + " cannot be resolved", networkHint(), Remedy.LATER);
        } else if (e instanceof ConnectException) {
            return Fault.of(ErrorType.REFUSED, "no connection to " + api + " at " + address() + ": " + said, networkHint(),
                    Remedy.LATER);
        } else if (e instanceof InterruptedIOException) {
            return Fault.of(ErrorType.TIMEOUT, api + " at " + address() + " gave no complete answer within "
                    + limit.toSeconds() + " s", "wait and try again; a proxy may delay answers", Remedy.LATER);
        } else if (e instanceof SSLException) {
            boolean untrusted = e instanceof SSLPeerUnverifiedException || causedByCertificate(e);
            return Fault.of(ErrorType.TLS, "no trusted connection to " + api + " at " + address() + ": " + said,
                    "if a proxy replaces the certificate, add the proxy's to Java's trust store (javax.net.ssl.trustStore)",
                    untrusted ? Remedy.NONE : Remedy.LATER);
        }
        return Fault.of(ErrorType.IO, "the connection to " + api + " at " + address() + " broke: " + said, networkHint(),
                Remedy.LATER);
    }

    /** The status is the proxy's, not the API's, so only the message contains it. */
    private Fault byProxy(ProxyRefusal refusal) {
        String said = "the proxy on the way to " + api + " at " + address() + " answered " + refusal.status();
        String hint = "check HTTPS_PROXY (http://USER:PASSWORD@HOST:PORT), or add the host to NO_PROXY";
        return passing(refusal.status()) ? Fault.of(ErrorType.REFUSED, said, hint, Remedy.LATER)
                : Fault.of(ErrorType.REFUSED, said + ": " + refusal.getMessage(), hint, Remedy.NONE).forGood();
    }

    Fault redirect(int status, Headers headers) {
        return Fault.http(ErrorType.REDIRECT, status, api + " at " + address() + " answers " + status + ", a redirect"
                + redirectHost(headers) + "; it is not followed, because the key would be sent there",
                "set " + variable + " to the final address", Remedy.NONE);
    }

    /** An answer of success that is none of this API's. */
    final Fault malformed() {
        return Fault.of(ErrorType.MALFORMED, "the answer of " + address() + " is not an answer of " + api,
                "a proxy may have answered: check which server answers at " + base, Remedy.LATER);
    }

    /** An answer that was not read to its end. */
    final Fault tooLarge() {
        return Fault.of(ErrorType.TOO_LARGE, api + " at " + address() + " answered more than "
                + (ModelHttp.MAX_ANSWER_BYTES >> 20) + " MB; PA stopped reading", "check which server answers at " + base,
                Remedy.NONE);
    }

    /** The server's message, in one line and without the key: servers quote keys in their messages. */
    protected final String redacted(String text) {
        return Excerpt.line(apiKey.isEmpty() ? text : text.replace(apiKey, "[key]"), MESSAGE_CHARS);
    }

    /** RFC 9110, 10.2.3: seconds, or a date. Any other value is ignored. */
    protected final Optional<Duration> retryAfter(Headers headers) {
        return Optional.ofNullable(headers.get("Retry-After")).or(() ->
                // litellm passes on the header of its own server under this name.
                Optional.ofNullable(headers.get("llm_provider-retry-after"))).flatMap(this::wait);
    }

    private Optional<Duration> wait(String value) {
        try {
            if (value.strip().matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
            }
            Instant at = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(timing.now(), at);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private String address() {
        return base.host() + ":" + base.port();
    }

    private String networkHint() {
        return usual ? "check the network and HTTPS_PROXY; or run without a model: --reasoner rules"
                : "check that the server runs, and that " + variable + " is right";
    }

    /** The message of the innermost exception: OkHttp's own messages repeat the address. */
    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static boolean causedByCertificate(Throwable e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static String redirectHost(Headers headers) {
        String location = headers.get("Location");
        HttpUrl url = location == null ? null : HttpUrl.parse(location);
        return url == null ? "" : " to " + url.host();
    }
}
