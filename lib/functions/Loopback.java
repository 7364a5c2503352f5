package functions;

import functions.tree.Refused;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names of this machine: {@code localhost}, {@code 127.*} and {@code ::1}, but no other name that resolves to them. */
final class Loopback {
    private static final Pattern IPV4 = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private Loopback() {}

    /** The address after a check: http or https, a host, no user, and loopback unless {@code remote}. */
    static URI checked(String url, boolean remote) throws Refused {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new Refused(url + ": refused, it is not a URL (" + e.getReason() + ")", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Refused(url + ": refused, only http and https can be checked");
        }
        if (uri.getHost() == null) {
            throw new Refused(url + ": refused, it names no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new Refused(url + ": refused, it contains a user name");
        }
        if (!remote && !isLoopback(uri.getHost())) {
            throw new Refused(url + ": refused, only servers on this machine are checked: localhost, 127.0.0.1 or [::1]");
        }
        return uri;
    }

    private static boolean isLoopback(String host) {
        if (IPV4.matcher(host).matches() || host.equals("[::1]")) {
            return true;
        }
        if (!host.equalsIgnoreCase("localhost")) {
            // Not other names that resolve to loopback now: they may resolve to another address the next time.
            return false;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
