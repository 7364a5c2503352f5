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
     * @param problem why there is no text; empty when there is one
     */
    record Seen(boolean gone, Optional<String> text, String problem) {}

    static Seen look(URI page) {
        return look(page, TIMEOUT_MILLIS);
    }

    /** @param timeout in milliseconds, for the connection and then for each piece of the answer */
    static Seen look(URI page, int timeout) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            connection.setConnectTimeout(timeout);
            connection.setReadTimeout(timeout);
            try {
                int status = connection.getResponseCode();
                if (status != HttpURLConnection.HTTP_OK) {
                    return new Seen(false, Optional.empty(), "HTTP " + status);
                }
                try (InputStream body = connection.getInputStream()) {
                    return new Seen(false, Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8)), "");
                }
            } finally {
                connection.disconnect();
            }
        } catch (SocketTimeoutException e) {
            return new Seen(false, Optional.empty(), "no answer in time");
        } catch (IOException e) {
            return new Seen(true, Optional.empty(), e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }
}
