package backends;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Arize Phoenix. It counts tokens on spans of the kind LLM alone, and money by a list of prices of its own. */
final class Phoenix extends Backend {
    private static final String QUERY = "{projects{edges{node{sessions(first:100){edges{node{sessionId tokenUsage{prompt"
            + " completion} costSummary{total{cost}}}}} spans(first:1000){edges{node{name spanKind attributes}}}}}}}";

    private Phoenix(int port, Path program, Path folder) throws IOException {
        super(port, List.of(program.toString(), "serve"), Map.of("PHOENIX_PORT", Integer.toString(port), "PHOENIX_GRPC_PORT",
                Integer.toString(freePort()), "PHOENIX_HOST", "127.0.0.1", "PHOENIX_WORKING_DIR",
                Files.createDirectories(folder.resolve("phoenix")).toString(), "PHOENIX_TELEMETRY_ENABLED", "false"),
                folder.resolve("phoenix.log"));
    }

    static Phoenix start(Path program, Path folder) throws IOException, InterruptedException {
        Phoenix phoenix = new Phoenix(freePort(), program, folder);
        phoenix.awaitStart();
        return phoenix;
    }

    @Override
    String name() {
        return "Phoenix";
    }

    @Override
    String health() {
        return "/healthz";
    }

    @Override
    List<String> headers() {
        return List.of();
    }

    @Override
    Optional<Shown> shown(String session) throws IOException, InterruptedException {
        JsonNode project = post("/graphql", object("query", QUERY)).at("/data/projects/edges/0/node");
        for (JsonNode edge : project.at("/sessions/edges")) {
            JsonNode node = edge.path("node");
            if (node.path("sessionId").asText().equals(session)) {
                return Optional.of(shown(session, node, project.at("/spans/edges")));
            }
        }
        return Optional.empty();
    }

    private static Shown shown(String session, JsonNode node, JsonNode spans) throws IOException {
        Map<String, String> kinds = new TreeMap<>();
        JsonNode root = null;
        for (JsonNode edge : spans) {
            JsonNode attributes = parsed(edge.at("/node/attributes").asText());
            String name = edge.at("/node/name").asText();
            if (attributes.at("/session/id").asText().equals(session)
                    || attributes.at("/agentproxy/session_id").asText().equals(session)) {
                kinds.put(name, edge.at("/node/spanKind").asText());
                root = name.equals("pa.run_task") ? attributes : root;
            }
        }
        JsonNode pa = root == null ? node : root.path("pa");
        JsonNode cost = node.at("/costSummary/total/cost");
        return new Shown(node.at("/tokenUsage/prompt").asLong(), node.at("/tokenUsage/completion").asLong(),
                cost.isNumber() && cost.asDouble() > 0 ? Optional.of(cost.asDouble()) : Optional.empty(),
                pa.path("status").asText(), pa.at("/evidence/level").asText(), kinds);
    }
}
