package reasoning;

import contract.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import okhttp3.HttpUrl;

/** Checks the address that a model's key is sent to. */
public final class BaseUrl {
    private BaseUrl() {}

    /**
     * @param api the API's name for messages
     * @param variable the variable that sets the address
     * @param secret whether a key is sent with each request
     * @throws Failure (usage) when it is no URL, contains more than an address, or would send the key unencrypted over a
     *     network
     */
    public static HttpUrl check(URI uri, String api, String variable, boolean secret) {
        String hint = "correct " + variable + ", or unset it to use the default address";
        HttpUrl url = HttpUrl.get(uri);
        if (url == null) {
            throw Failure.usage("the base URL of " + api + " is not an http or https URL", hint);
        }
        if (!url.username().isEmpty() || !url.password().isEmpty() || url.query() != null || url.fragment() != null) {
            // The URL is not shown: it may contain a secret.
            throw Failure.usage("the base URL of " + api + " contains more than an address", hint + "; leave out user, query and fragment");
        }
        if (secret && !url.isHttps() && !loopback(url.host())) {
            throw Failure.usage("the base URL " + url + " is not encrypted: the API key could be read on its way to "
                    + url.host(), "use https; plain http is for this machine only (127.0.0.1, localhost)");
        }
        return url;
    }

    /** @throws Failure (usage) when the variable's value is no URL */
    public static URI parse(String text, String variable, URI example) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Neither the text nor the cause, which quotes the text: such a URL may contain a secret.
            throw Failure.usage(variable + " is not a URL", "for instance " + example);
        }
    }

    /** Decided by the host's spelling: another name that resolves to loopback today may resolve elsewhere tomorrow. */
    static boolean loopback(String host) {
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals("::1")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
