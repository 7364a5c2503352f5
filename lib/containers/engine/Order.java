package containers.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Has the engine do one thing, with one small request ({@link PlainRequest}). What it refuses is told by the exceptions of
 * docker-java's client, so that callers need not know which of the two was used: {@link NotModifiedException} when it is so
 * already, {@link NotFoundException}, {@link ConflictException} when it cannot be done now, and {@link DockerException} for any
 * other refusal, each with the engine's words; {@link UncheckedIOException} when the engine cannot be spoken to.
 */
public final class Order {
    /** For what an engine does at once; a busy one may take a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int FIRST_NO_SUCCESS = 300;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Connection engine;

    public Order(Connection engine) {
        this.engine = engine;
    }

    /** The networks with this label, as the engine describes them. @param label with its value */
    public JsonNode networks(String label) {
        String filters = URLEncoder.encode("{\"label\":[\"" + label + "\"]}", StandardCharsets.UTF_8);
        try {
            return send("GET", "/networks?filters=" + filters, PATIENCE).json();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a network on which containers find each other. Returns its id. */
    public String createNetwork(String name, Map<String, String> labels) {
        return create("/networks/create", named(name, labels).put("CheckDuplicate", true)).path("Id").asText();
    }

    /** Creates a volume; one of this name that is there already stays as it is. */
    public void createVolume(String name, Map<String, String> labels) {
        create("/volumes/create", named(name, labels));
    }

    private static ObjectNode named(String name, Map<String, String> labels) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("Name", name);
        labels.forEach(wanted.putObject("Labels")::put);
        return wanted;
    }

    /** Stops a container: SIGTERM, and SIGKILL when the grace is over. Returns when it has stopped. */
    public void stop(String id, Duration grace) {
        send("POST", "/containers/" + id + "/stop?t=" + grace.toSeconds(), grace.plus(PATIENCE));
    }

    /** Sends SIGKILL to a container. */
    public void kill(String id) {
        send("POST", "/containers/" + id + "/kill", PATIENCE);
    }

    /** Removes a container whatever it does, with its anonymous volumes. */
    public void removeContainer(String id) {
        send("DELETE", "/containers/" + id + "?force=true&v=true", PATIENCE);
    }

    /** Removes a network on which nobody is. */
    public void removeNetwork(String id) {
        send("DELETE", "/networks/" + id, PATIENCE);
    }

    private JsonNode create(String path, ObjectNode wanted) {
        try {
            return send("POST", path, "application/json", wanted.toString().getBytes(StandardCharsets.UTF_8), PATIENCE).json();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PlainRequest.Reply send(String method, String path, Duration patience) {
        return send(method, path, "", new byte[0], patience);
    }

    private PlainRequest.Reply send(String method, String path, String type, byte[] body, Duration patience) {
        PlainRequest.Reply reply;
        try {
            reply = PlainRequest.send(engine.address(), engine.tlsContext(),
                    new PlainRequest.Asked(method, "/v" + engine.apiVersion() + path, type, body), patience);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (reply.status() < FIRST_NO_SUCCESS) {
            return reply;
        }
        String said = "Status " + reply.status() + ": " + reply.body();
        throw switch (reply.status()) {
            case NOT_MODIFIED -> new NotModifiedException(said);
            case NOT_FOUND -> new NotFoundException(said);
            case CONFLICT -> new ConflictException(said);
            default -> new DockerException(said, reply.status());
        };
    }
}
