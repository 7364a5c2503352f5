package reasoning;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * The proxy that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code ALL_PROXY} name, unless {@code NO_PROXY} names the host:
 * how people reach a model from inside a company. The small spelling counts as well and wins, as curl has it. Loopback is never
 * reached through a proxy. Without these variables Java's own settings hold ({@code https.proxyHost}).
 */
final class EnvironmentProxies extends ProxySelector implements Authenticator {
    private static final String HEADER = "Proxy-Authorization";
    private static final String BEFOREHAND = "OkHttp-Preemptive";

    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        if (BaseUrl.loopback(host) || excluded(host)) {
            return List.of(Proxy.NO_PROXY);
        }
        HttpUrl proxy = proxy(uri.getScheme());
        if (proxy == null) {
            ProxySelector java = ProxySelector.getDefault();
            return java == null ? List.of(Proxy.NO_PROXY) : java.select(uri);
        }
        return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // Told by the call that fails.
    }

    /**
     * Answers a proxy that asks who we are, once, with what stands in its URL.
     *
     * @throws ProxyRefusal when nothing stands there, or the proxy does not take it
     */
    @Override
    public Request authenticate(Route route, Response response) throws ProxyRefusal {
        HttpUrl proxy = proxy(response.request().url().scheme());
        boolean named = proxy != null && !proxy.username().isEmpty();
        // OkHttp asks once before the proxy does.
        boolean asked = response.challenges().stream().noneMatch(challenge -> challenge.scheme().equals(BEFOREHAND));
        if (asked && (!named || response.request().header(HEADER) != null)) {
            throw new ProxyRefusal(response.code(), named ? "it refuses the user name or the password that it is given"
                    : "it wants a user name and a password");
        }
        return named ? response.request().newBuilder()
                .header(HEADER, Credentials.basic(proxy.username(), proxy.password())).build() : null;
    }

    private HttpUrl proxy(String scheme) {
        String value = value(scheme + "_proxy");
        value = value.isEmpty() ? value("all_proxy") : value;
        return value.isEmpty() ? null : HttpUrl.parse(value.contains("://") ? value : "http://" + value);
    }

    /** {@code *}, a host, or a domain with or without its dot in front; a port after it is not looked at. */
    private boolean excluded(String host) {
        for (String entry : value("no_proxy").split("[,\\s]+")) {
            String name = entry.toLowerCase(Locale.ROOT).replaceAll(":\\d+$", "").replaceAll("^\\*?\\.", "");
            if (entry.equals("*") || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))) {
                return true;
            }
        }
        return false;
    }

    private String value(String name) {
        String small = environment.getOrDefault(name, "").strip();
        return small.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip() : small;
    }
}
