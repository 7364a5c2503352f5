package functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The scripts of a package.json, and which of npm's kind runs them. */
final class PackageScripts {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What {@code npm init} writes; it only fails. */
    private static final String NO_TEST = "no test specified";

    private PackageScripts() {}

    /** The command that runs the tests; also for a package.json that is broken, so that the failure says so. */
    static Optional<List<String>> test(Path root) {
        Path file = root.resolve("package.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            String script = json.path("scripts").path("test").asText("");
            return script.isBlank() || script.contains(NO_TEST) ? Optional.empty()
                    : Optional.of(command(root, json, "test"));
        } catch (JsonProcessingException e) {
            return Optional.of(List.of("npm", "test"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The command that starts the product. */
    static Optional<List<String>> start(Path root) {
        Path file = root.resolve("package.json");
        try {
            if (Files.isRegularFile(file)) {
                JsonNode json = JSON.readTree(Files.readAllBytes(file));
                if (!json.path("scripts").path("start").asText("").isBlank()) {
                    return Optional.of(command(root, json, "start"));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static List<String> command(Path root, JsonNode json, String script) {
        String manager = json.path("packageManager").asText("").replaceFirst("@.*", "");
        if (manager.equals("pnpm") || manager.isEmpty() && Files.exists(root.resolve("pnpm-lock.yaml"))) {
            return List.of("pnpm", "run", script);
        }
        if (manager.equals("yarn") || manager.isEmpty() && Files.exists(root.resolve("yarn.lock"))) {
            return List.of("yarn", "run", script);
        }
        if (manager.equals("bun") || manager.isEmpty()
                && (Files.exists(root.resolve("bun.lockb")) || Files.exists(root.resolve("bun.lock")))) {
            return List.of("bun", "run", script);
        }
        return script.equals("test") ? List.of("npm", "test") : List.of("npm", "run", script);
    }
}
