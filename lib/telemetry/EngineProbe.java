package telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import contract.EngineMarker;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** Asks whether the embedded engine answers at an address. Loads no class of the SDK. */
final class EngineProbe {
    private static final int CONNECT_MILLIS = 300;
    /** Longer than it ever takes on a machine that is busy: else words that were to be kept would be missing. */
    private static final int ANSWER_MILLIS = 1000;
    private static final int LIMIT_BYTES = 10_000;

    private EngineProbe() {}

    /**
     * What the engine says of itself.
     *
     * @param pointsByTime whether metrics of the past have a place in it
     * @param loopback whether only this machine can reach it
     */
    record Engine(boolean pointsByTime, boolean loopback) {}

    /** Empty when somebody else answers, or nobody within {@value #ANSWER_MILLIS} ms. */
    static Optional<Engine> at(String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            URI question = new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), EngineMarker.PATH, null, null);
            HttpURLConnection connection = (HttpURLConnection) question.toURL().openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            connection.setInstanceFollowRedirects(false);
            try (InputStream answer = connection.getInputStream()) {
                JsonNode marker = new JsonMapper().readTree(answer.readNBytes(LIMIT_BYTES));
                return EngineMarker.EMBEDDED.equals(marker.path(EngineMarker.ENGINE).asText())
                        ? Optional.of(new Engine(marker.path(EngineMarker.POINTS_BY_TIME).asBoolean(),
                                marker.path(EngineMarker.LOOPBACK).asBoolean())) : Optional.empty();
            } finally {
                connection.disconnect();
            }
        } catch (IOException | java.net.URISyntaxException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether what is sent there stays on this machine, with the embedded engine. */
    static boolean local(String endpoint) {
        try {
            String host = URI.create(endpoint).getHost();
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
        } catch (UnknownHostException | IllegalArgumentException e) {
            return false;
        }
        return at(endpoint).filter(Engine::loopback).isPresent();
    }
}
