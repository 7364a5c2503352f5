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
 * The proxy from {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code ALL_PROXY}, unless {@code NO_PROXY} names the host: many
 * companies need it to reach a model. The lower-case names count too and win, as in curl. Loopback is never reached through a
 * proxy. Without these variables Java's own settings are used ({@code https.proxyHost}).
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
        // The failed call reports it.
    }

    /**
     * Answers a proxy that asks for a login, once, with the user name and password in its URL.
     *
     * @throws ProxyRefusal when the URL has none, or the proxy refuses them
     */
    @Override
    public Request authenticate(Route route, Response response) throws ProxyRefusal {
        HttpUrl proxy = proxy(response.request().url().scheme());
        boolean named = proxy != null && !proxy.username().isEmpty();
        // OkHttp calls this once before the proxy asks.
        boolean asked = response.challenges().stream().noneMatch(challenge -> challenge.scheme().equals(BEFOREHAND));
        if (asked && (!named || response.request().header(HEADER) != null)) {
            throw new ProxyRefusal(response.code(), named ? "it refuses the user name or the password"
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

    /** {@code *}, a host, or a domain with or without a leading dot; a port after it is ignored. */
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
