package embedded.intake;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps web pages of other origins away. A browser on this machine can reach loopback ports, and a name that an attacker
 * lets point to 127.0.0.1 (DNS rebinding) makes his page same-origin; so the Host header must name this machine by address
 * or as {@code localhost}, and what a browser says about the origin of a request is believed.
 */
public final class Guard {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
    /** How containers know the machine that they run on. */
    private static final String CONTAINERS_HOST = "host.docker.internal";

    private static final String PREFLIGHT_SECONDS = "7200";

    private final Set<String> hosts;
    private final Set<String> origins;
    private final boolean loopbackOnly;
    private final String machine;

    /** @param bind the address that is listened on; with another than loopback, other addresses of this machine are right too */
    public Guard(String bind) {
        this(bind, Set.of(), Set.of());
    }

    /**
     * @param hosts names beside this machine's own that it may be called by, as containers' aliases and proxies do
     * @param origins of pages that may send, as {@code https://app.example}
     */
    public Guard(String bind, Collection<String> hosts, Collection<String> origins) {
        this.hosts = lower(hosts);
        this.origins = lower(origins);
        loopbackOnly = isLoopback(bind);
        machine = loopbackOnly ? "" : hostName();
    }

    /** Whether only this machine can reach what is guarded. */
    boolean loopbackOnly() {
        return loopbackOnly;
    }

    /** Why a request must not be answered; empty when it may. */
    Optional<String> refusal(HttpServerRequest request) {
        String host = request.authority() == null ? "" : request.authority().host();
        return isOurs(host) ? Optional.empty() : Optional.of("the Host header does not name this machine");
    }

    /** The same for OTLP/HTTP: pages of the origins that the user has allowed may send, as browser SDKs do; no others. */
    Optional<String> refusalOfSenders(HttpServerRequest request) {
        return origin(request).isPresent() ? refusal(request) : refusalOfBrowsers(request);
    }

    /** The request's origin, when the user has allowed it. */
    private Optional<String> origin(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Origin"))
                .filter(origin -> origins.contains(origin.toLowerCase(Locale.ROOT)));
    }

    /** Lets the page of an allowed origin read the answer. */
    void allowOrigin(HttpServerRequest request) {
        origin(request).ifPresent(origin -> request.response().putHeader("Access-Control-Allow-Origin", origin)
                .putHeader("Vary", "Origin"));
    }

    /** Whether this is a browser's question whether it may send; it is answered then. */
    boolean answeredPreflight(HttpServerRequest request) {
        if (origin(request).isEmpty() || request.method() != HttpMethod.OPTIONS) {
            return false;
        }
        String headers = Optional.ofNullable(request.getHeader("Access-Control-Request-Headers")).orElse("content-type");
        request.response().setStatusCode(204).putHeader("Access-Control-Allow-Methods", "POST")
                .putHeader("Access-Control-Allow-Headers", headers.replaceAll("[^A-Za-z0-9,_ -]", ""))
                .putHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS).end();
        return true;
    }

    /** The same for what only programs send: a request that a browser makes for a page is refused. */
    Optional<String> refusalOfBrowsers(HttpServerRequest request) {
        if (request.getHeader("Origin") != null || request.getHeader("Sec-Fetch-Site") != null) {
            return Optional.of("telemetry is not taken from web pages");
        }
        return refusal(request);
    }

    /** The same for the page: other origins may link to it, and nothing else. */
    public Optional<String> refusalOfStrangers(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        boolean stranger = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean link = "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
        if (stranger && !link) {
            return Optional.of("requests of other origins are not answered");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.equals("http://" + request.getHeader("Host"))) {
            return Optional.of("requests of other origins are not answered");
        }
        return refusal(request);
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (hosts.contains(name)) {
            return true;
        }
        if (name.equals("localhost") || name.endsWith(".localhost") || isLoopback(name)) {
            return true;
        }
        // An address cannot be rebound; a name can.
        return !loopbackOnly && (IPV4.matcher(name).matches() || name.startsWith("[") || name.equals(machine)
                || name.equals(CONTAINERS_HOST));
    }

    private static Set<String> lower(Collection<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isLoopback(String address) {
        return LOOPBACK_V4.matcher(address).matches() || address.equals("::1") || address.equals("[::1]")
                || address.equals("localhost");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
