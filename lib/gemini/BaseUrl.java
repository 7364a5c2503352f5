package gemini;

import contract.Failure;
import contract.Variables;
import java.net.URI;
import okhttp3.HttpUrl;

/** Checks where the key is sent to. */
final class BaseUrl {
    private static final String HINT = "correct " + Variables.GEMINI_BASE_URL + ", or unset it to call Google";

    private BaseUrl() {}

    /**
     * @throws Failure (usage) when it is no URL, holds more than an address, or would send the key unencrypted over a
     *     network
     */
    static HttpUrl check(URI uri) {
        HttpUrl url = HttpUrl.get(uri);
        if (url == null) {
            throw Failure.usage("the Gemini base URL is not an http or https URL", HINT);
        }
        if (!url.username().isEmpty() || !url.password().isEmpty() || url.query() != null || url.fragment() != null) {
            // Not shown: such a URL may hold a secret.
            throw Failure.usage("the Gemini base URL holds more than an address: no user, query or fragment", HINT);
        }
        if (!url.isHttps() && !loopback(url.host())) {
            throw Failure.usage("the Gemini base URL " + url + " is not encrypted: the API key could be read on its way to "
                    + url.host(), "use https; plain http is for this machine only (127.0.0.1, localhost)");
        }
        return url;
    }

    /** By its spelling: a name that only resolves to loopback today may resolve elsewhere tomorrow. */
    private static boolean loopback(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals("::1")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
