package containers;

import containers.engine.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import services.Actual;
import services.StackPort;

/** A page of a container of ours, read from outside through its published port. */
final class Page {
    private static final int TIMEOUT_MILLIS = 2000;

    private Page() {}

    /** Where the page is; empty when the container does not publish this port. */
    static Optional<URI> of(Connection engine, Actual.Published published, StackPort port, String path) {
        return Optional.ofNullable(published.ports().get(port.known()))
                .map(address -> URI.create("http://" + engine.host(address.bind()) + ":" + address.port() + path));
    }

    /** What it says now; empty when it does not answer within two seconds, or with anything but 200. */
    static Optional<String> read(URI page) {
        return look(page).text();
    }

    /**
     * What somebody saw who looked at a page.
     *
     * @param gone nobody is there any more: the connection was refused or broken off, and there was no answer of any kind
     * @param text of an answer with status 200
     */
    record Seen(boolean gone, Optional<String> text) {}

    static Seen look(URI page) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                    return new Seen(false, Optional.empty());
                }
                try (InputStream body = connection.getInputStream()) {
                    return new Seen(false, Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
                }
            } finally {
                connection.disconnect();
            }
        } catch (SocketTimeoutException e) {
            return new Seen(false, Optional.empty());
        } catch (IOException e) {
            return new Seen(true, Optional.empty());
        }
    }
}
