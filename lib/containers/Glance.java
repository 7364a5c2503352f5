package containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import containers.engine.Connection;
import containers.engine.PlainRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import services.Actual;
import services.Reconciler;
import services.Service;

/**
 * Reads a complete running stack with a few small requests and without Testcontainers. It handles only the usual case: in every other
 * case the result is empty, and {@link Inventory} is used.
 */
final class Glance {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String ALL_CONTAINERS = "/containers/json?all=1";
    private static final String ALL_NETWORKS = "/networks";
    private static final String ALL_VOLUMES = "/volumes";
    private static final JsonNode NOTHING = MissingNode.getInstance();

    private final URI engine;
    private final String prefix;
    private final String stack;

    private Glance(URI engine, String prefix, String stack) {
        this.engine = engine;
        this.prefix = prefix;
        this.stack = stack;
    }

    /**
     * Empty for an engine behind TLS, which is spoken to by the client alone; and for Podman, whose list tells ports that follow
     * each other as one, so that of two the second would be taken for not published.
     */
    static Optional<Glance> at(Connection engine, String stack) {
        return engine.tlsContext().isPresent() || !engine.updatesContainers() ? Optional.empty()
                : Optional.of(new Glance(engine.address(), "/v" + engine.apiVersion(), stack));
    }

    /** Our containers, when each of them runs and says all that matters by its labels, or when there is none. */
    Optional<List<Actual.Container>> containers() throws InterruptedException {
        Map<String, JsonNode> answers = ask(List.of(containersPath(), networksPath()));
        JsonNode listed = answers.get(containersPath());
        if (listed == null || !listed.isArray() || !answers.containsKey(networksPath())) {
            return Optional.empty();
        }
        return containers(listed, network(answers.get(networksPath())));
    }

    /**
     * All that a plan is made from, for a stack of which every container runs or none is there, and all images are. Lists
     * everything that the engine has, because a name that we need may be somebody else's.
     */
    Optional<Actual> read(List<Service> desired) throws InterruptedException {
        List<String> paths = new ArrayList<>(List.of(ALL_CONTAINERS, ALL_NETWORKS, ALL_VOLUMES));
        desired.forEach(service -> paths.add(imagePath(service)));
        Map<String, JsonNode> answers = ask(paths);
        if (answers.size() < paths.stream().distinct().count() || !answers.get(ALL_CONTAINERS).isArray()
                || !answers.get(ALL_NETWORKS).isArray()) {
            return Optional.empty();
        }
        Optional<String> network = network(ours(answers.get(ALL_NETWORKS)));
        Optional<List<Actual.Container>> containers = containers(ours(answers.get(ALL_CONTAINERS)), network);
        if (containers.isEmpty()) {
            return Optional.empty();
        }
        Set<String> volumes = new HashSet<>();
        ours(answers.get(ALL_VOLUMES).path("Volumes")).forEach(volume -> volumes.add(volume.path("Name").asText()));
        Map<String, String> images = new TreeMap<>();
        desired.forEach(service -> images.put(service.image(), answers.get(imagePath(service)).path("Id").asText()));
        return Optional.of(new Actual(network, volumes, containers.get(), strangers(desired, answers), images));
    }

    /** The entries of a list that have our label. */
    private List<JsonNode> ours(JsonNode list) {
        List<JsonNode> ours = new ArrayList<>();
        list.forEach(one -> {
            if (isOurs(one)) {
                ours.add(one);
            }
        });
        return ours;
    }

    private boolean isOurs(JsonNode one) {
        return one.path("Labels").path(Labels.STACK).asText().equals(stack);
    }

    private Map<String, String> strangers(List<Service> desired, Map<String, JsonNode> answers) {
        Map<String, String> strangers = new TreeMap<>();
        for (Service service : desired) {
            String name = Reconciler.nameOf(stack, service.name());
            for (JsonNode volume : answers.get(ALL_VOLUMES).path("Volumes")) {
                if (service.volume().isPresent() && !isOurs(volume) && volume.path("Name").asText().equals(name)) {
                    strangers.put(name, "volume");
                }
            }
            for (JsonNode container : answers.get(ALL_CONTAINERS)) {
                for (JsonNode one : isOurs(container) ? NOTHING : container.path("Names")) {
                    if (one.asText().equals("/" + name)) {
                        strangers.put(name, "container");
                    }
                }
            }
        }
        // Older engines allow two networks of one name; then ours is known by its label.
        if (ours(answers.get(ALL_NETWORKS)).isEmpty()) {
            answers.get(ALL_NETWORKS).forEach(network -> {
                if (network.path("Name").asText().equals(stack)) {
                    strangers.put(stack, "network");
                }
            });
        }
        return strangers;
    }

    /** The answers by path, without those that are no answers. */
    private Map<String, JsonNode> ask(List<String> paths) throws InterruptedException {
        Map<String, JsonNode> answers = new ConcurrentHashMap<>();
        Parallel.run(paths.stream().distinct().<Callable<Void>>map(path -> () -> {
            try {
                PlainRequest.Reply reply = PlainRequest.get(engine, prefix + path, PATIENCE);
                if (reply.status() == 200) {
                    answers.put(path, reply.json());
                }
            } catch (IOException e) {
                // Not known here; who asks next will say what is wrong.
                return null;
            }
            return null;
        }).toList());
        return answers;
    }

    private static Optional<List<Actual.Container>> containers(Iterable<JsonNode> listed, Optional<String> network) {
        List<Actual.Container> containers = new ArrayList<>();
        for (JsonNode container : listed) {
            JsonNode labels = container.path("Labels");
            if (!container.path("State").asText().equals("running") || !labels.has(Labels.LOGIN)) {
                return Optional.empty();
            }
            containers.add(describe(container, labels, network));
        }
        return Optional.of(containers);
    }

    private static Actual.Container describe(JsonNode container, JsonNode labels, Optional<String> network) {
        Map<String, String> parts = new TreeMap<>();
        labels.properties().forEach(label -> parts.put(label.getKey(), label.getValue().asText()));
        boolean attached = false;
        for (JsonNode one : container.path("NetworkSettings").path("Networks")) {
            attached |= network.isPresent() && one.path("NetworkID").asText().equals(network.get());
        }
        Map<Integer, Actual.Address> ports = new TreeMap<>();
        for (JsonNode port : container.path("Ports")) {
            if (port.has("PublicPort") && !port.path("IP").asText().contains(":")) {
                ports.put(port.path("PrivatePort").asInt(), new Actual.Address(port.path("IP").asText(Inventory.EVERYWHERE),
                        port.path("PublicPort").asInt()));
            }
        }
        String retention = labels.path(Labels.RETENTION).asText();
        return new Actual.Container(container.path("Id").asText(), container.path("Names").path(0).asText()
                .replaceFirst("^/", ""), labels.path(Labels.SERVICE).asText(), Actual.State.RUNNING, Labels.parts(parts),
                container.path("ImageID").asText(), attached, 0, new Actual.Published(container.path("Image").asText(), ports,
                        labels.path(Labels.LOGIN).asBoolean(), Optional.of(retention).filter(text -> !text.isEmpty())));
    }

    private static Optional<String> network(Iterable<JsonNode> listed) {
        Iterator<JsonNode> networks = listed.iterator();
        return networks.hasNext() ? Optional.of(networks.next().path("Id")).filter(JsonNode::isTextual).map(JsonNode::asText)
                : Optional.empty();
    }

    private String containersPath() {
        return "/containers/json?all=1&filters=" + filter();
    }

    private String networksPath() {
        return "/networks?filters=" + filter();
    }

    private static String imagePath(Service service) {
        return "/images/" + service.image() + "/json";
    }

    private String filter() {
        return URLEncoder.encode("{\"label\":[\"" + Labels.STACK + "=" + stack + "\"]}", StandardCharsets.UTF_8);
    }
}
