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

/** What went wrong on the way to a model's server, the same for every API. Keeps the key out of every message. */
public final class NetworkFaults {
    /**
     * Sent again, by Google's and OpenAI's pages on API errors and by RFC 9110 (408). 499 comes from servers under load that have
     * given a call up.
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
     * @param api the API's name for people
     * @param variable the variable that sets the address
     * @param usual whether the address is the API's own
     * @param apiKey not to be shown; possibly empty
     */
    public NetworkFaults(HttpUrl base, String api, String variable, boolean usual, String apiKey, Timing timing) {
        this.base = base;
        this.api = api;
        this.variable = variable;
        this.usual = usual;
        this.apiKey = apiKey;
        this.timing = timing;
    }

    /** Whether the same request may go well later. */
    public static boolean passing(int status) {
        return PASSING.contains(status);
    }

    /** @param limit the time the call had */
    public Fault of(IOException e, Duration limit) {
        Optional<ProxyRefusal> refusal = ProxyRefusal.in(e);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        String said = redacted(rootMessage(e));
        if (e instanceof UnknownHostException) {
            return Fault.of(ErrorType.DNS, "the name " + base.host() + " cannot be resolved", networkHint(), Remedy.LATER);
        } else if (e instanceof ConnectException) {
            return Fault.of(ErrorType.REFUSED, "no connection to " + api + " at " + address() + ": " + said, networkHint(),
                    Remedy.LATER);
        } else if (e instanceof InterruptedIOException) {
            return Fault.of(ErrorType.TIMEOUT, api + " at " + address() + " gave no complete answer within "
                    + limit.toSeconds() + " s", "wait a little and go on; a proxy may hold answers back", Remedy.LATER);
        } else if (e instanceof SSLException) {
            boolean untrusted = e instanceof SSLPeerUnverifiedException || causedByCertificate(e);
            return Fault.of(ErrorType.TLS, "no trusted connection to " + api + " at " + address() + ": " + said,
                    "a proxy in between? its certificate has to be in Java's trust store (javax.net.ssl.trustStore)",
                    untrusted ? Remedy.NONE : Remedy.LATER);
        }
        return Fault.of(ErrorType.IO, "the connection to " + api + " at " + address() + " broke: " + said, networkHint(),
                Remedy.LATER);
    }

    /** The status is the proxy's and not the API's, so it stands in the message only. */
    private Fault refused(ProxyRefusal refusal) {
        String said = "the proxy on the way to " + api + " at " + address() + " answered " + refusal.status();
        String hint = "look at HTTPS_PROXY (http://USER:PASSWORD@HOST:PORT), or name the host in NO_PROXY";
        return passing(refusal.status()) ? Fault.of(ErrorType.REFUSED, said, hint, Remedy.LATER)
                : Fault.of(ErrorType.REFUSED, said + ": " + refusal.getMessage(), hint, Remedy.NONE).forGood();
    }

    public Fault redirect(int status, Headers headers) {
        return Fault.http(ErrorType.REDIRECT, status, api + " at " + address() + " answers " + status + ", a redirect"
                + redirectHost(headers) + ", which is not followed: the key would go along",
                "set " + variable + " to where it really is", Remedy.NONE);
    }

    public Fault malformed() {
        return Fault.of(ErrorType.MALFORMED, "what " + address() + " answered is no answer of " + api,
                "a proxy in between? look at what answers at " + base, Remedy.LATER);
    }

    public Fault tooLarge() {
        return Fault.of(ErrorType.TOO_LARGE, api + " at " + address() + " answered more than "
                + (ModelHttp.MAX_ANSWER_BYTES >> 20) + " MB; it was not read further", "look at what answers at " + base,
                Remedy.NONE);
    }

    /** What a server says, on one line and without the key: servers quote keys in their messages. */
    public String redacted(String text) {
        return Excerpt.line(apiKey.isEmpty() ? text : text.replace(apiKey, "[key]"), MESSAGE_CHARS);
    }

    /** RFC 9110, 10.2.3: seconds, or a date. Anything else says nothing. */
    public Optional<Duration> retryAfter(Headers headers) {
        return Optional.ofNullable(headers.get("Retry-After")).or(() ->
                // What litellm makes of its upstream's.
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
        return usual ? "check the network and HTTPS_PROXY; or go on without a model: --reasoner rules"
                : "is it running, and is " + variable + " right?";
    }

    /** The innermost words: OkHttp's own repeat the address. */
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
