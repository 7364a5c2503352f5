package containers;

import containers.engine.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
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
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream body = connection.getInputStream()) {
                String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK ? Optional.of(text) : Optional.empty();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
