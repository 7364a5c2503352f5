package containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import containers.engine.Connection;
import containers.engine.PlainRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at one thing of the engine, with a small request where that can be: what the client makes of the same answer takes it a
 * tenth of a second the first time. Behind TLS, and when the small request fails, the client is asked.
 */
final class Look {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Look() {}

    /** How a container is. @param error what the engine says of why it does not run */
    record ContainerState(boolean running, int restarts, long exitCode, boolean outOfMemory, String error) {}

    /** @throws NotFoundException when it is not there */
    static ContainerState container(Connection engine, String id) {
        Optional<JsonNode> answer = plain(engine, "/containers/" + id + "/json");
        if (answer.isPresent()) {
            JsonNode state = answer.get().path("State");
            return new ContainerState(state.path("Running").asBoolean(), answer.get().path("RestartCount").asInt(),
                    state.path("ExitCode").asLong(), state.path("OOMKilled").asBoolean(), state.path("Error").asText(""));
        }
        InspectContainerResponse container = engine.client().inspectContainerCmd(id).exec();
        InspectContainerResponse.ContainerState state = container.getState();
        Integer restarts = container.getRestartCount();
        Long code = state.getExitCodeLong();
        return new ContainerState(Boolean.TRUE.equals(state.getRunning()), restarts == null ? 0 : restarts, code == null ? 0 : code,
                Boolean.TRUE.equals(state.getOOMKilled()), state.getError() == null ? "" : state.getError());
    }

    /** The kind of machine that an image is for, in Go's words; empty when it does not say. @throws NotFoundException likewise */
    static String architecture(Connection engine, String image) {
        Optional<JsonNode> answer = plain(engine, "/images/" + image + "/json");
        if (answer.isPresent()) {
            return answer.get().path("Architecture").asText("");
        }
        InspectImageResponse inspected = engine.client().inspectImageCmd(image).exec();
        return inspected.getArch() == null ? "" : inspected.getArch();
    }

    private static Optional<JsonNode> plain(Connection engine, String path) {
        if (engine.tlsContext().isPresent()) {
            return Optional.empty();
        }
        try {
            PlainRequest.Reply reply = PlainRequest.get(engine.address(), "/v" + engine.apiVersion() + path, PATIENCE);
            return reply.status() == 200 ? Optional.of(reply.json()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
