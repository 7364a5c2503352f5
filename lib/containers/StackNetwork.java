package containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import containers.engine.EngineErrors;
import containers.engine.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network of one stack. An {@code up} that was killed while the engine created a network leaves that network behind, some
 * time later: the next {@code up} then finds the name taken, or, since older engines allow it, two networks of this name.
 */
final class StackNetwork {
    private final Order order;
    private final String stack;

    StackNetwork(Order order, String stack) {
        this.order = order;
        this.stack = stack;
    }

    /** Returns the id of the network that was created; empty when one of this stack has appeared meanwhile and is used. */
    Optional<String> create() {
        try {
            return Optional.of(Uninterrupted.get(() -> order.createNetwork(stack, Labels.of(stack))));
        } catch (ConflictException e) {
            if (ours().isEmpty()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Whether the engine could not start a container because there are two networks of its network's name. */
    static boolean isAmbiguous(DockerException problem) {
        return EngineErrors.text(problem).contains("is ambiguous");
    }

    /** Removes the networks of this stack but one. The engine keeps those that a container uses. */
    synchronized void keepOne() {
        List<String> networks = ours();
        for (int i = 0, left = networks.size(); i < networks.size() && left > 1; i++) {
            try {
                order.removeNetwork(networks.get(i));
                left--;
            } catch (NotFoundException e) {
                left--;
            } catch (DockerException e) {
                // In use: then another one is not.
                continue;
            }
        }
    }

    private List<String> ours() {
        List<String> ids = new ArrayList<>();
        for (JsonNode network : order.networks(Labels.STACK + "=" + stack)) {
            ids.add(network.path("Id").asText());
        }
        return ids;
    }
}
