package containers.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import contract.ExitCode;
import contract.Failure;
import contract.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An engine that the user has given a name with {@code docker context create}. Docker's command line keeps it below its
 * configuration folder, in {@code contexts/meta/ID/meta.json} and {@code contexts/tls/ID/docker/}, where ID is the SHA-256
 * of the name.
 *
 * @param host the address as it was written
 * @param certificates the folder with PEM files, when the context has one
 * @param unverified whether the engine's certificate shall not be looked at
 */
record DockerContext(String name, String host, Optional<Path> certificates, boolean unverified) {
    static final String VARIABLE = "DOCKER_CONTEXT";
    private static final String CONFIG_FOLDER = "DOCKER_CONFIG";
    /** Docker's name for "no context". */
    private static final String NONE = "default";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The one that is chosen: by {@code DOCKER_CONTEXT}, else by {@code docker context use}. Empty when none is.
     *
     * @throws Failure with {@link ExitCode#NO_ENGINE} when it is not there or cannot be read
     */
    static Optional<DockerContext> chosen(Map<String, String> environment) {
        Path folder = folder(environment);
        Path file = folder.resolve("config.json");
        String named = environment.getOrDefault(VARIABLE, "").strip();
        String by = named.isEmpty() ? "currentContext in " + file : VARIABLE;
        String name = named.isEmpty() && Files.exists(file) ? read(file).path("currentContext").asText("") : named;
        return name.isEmpty() || name.equals(NONE) ? Optional.empty() : Optional.of(load(folder, name, by));
    }

    /** Where Docker's command line keeps its files. */
    static Path folder(Map<String, String> environment) {
        String given = environment.getOrDefault(CONFIG_FOLDER, "");
        return given.isBlank() ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".docker")
                : Path.of(given);
    }

    private static DockerContext load(Path folder, String name, String by) {
        Path metas = folder.resolve("contexts/meta");
        Path meta = metas.resolve(id(name)).resolve("meta.json");
        if (!Files.exists(meta)) {
            String known = known(metas);
            throw new Failure("the Docker context " + name + " (" + by + ") does not exist", known.isEmpty()
                    ? "create it with docker context create; or return to the default: docker context use default"
                    : "contexts are default" + known, ExitCode.NO_ENGINE);
        }
        JsonNode docker = read(meta).path("Endpoints").path("docker");
        String host = docker.path("Host").asText("");
        if (host.isEmpty()) {
            throw new Failure("the Docker context " + name + " names no engine", "docker context inspect " + name,
                    ExitCode.NO_ENGINE);
        }
        Path certificates = folder.resolve("contexts/tls").resolve(id(name)).resolve("docker");
        return new DockerContext(name, host, Optional.of(certificates).filter(Files::isDirectory),
                docker.path("SkipTLSVerify").asBoolean());
    }

    private static String known(Path metas) {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(metas)) {
            for (Path one : all) {
                names.add(", " + read(one.resolve("meta.json")).path("Name").asText());
            }
        } catch (IOException | Failure e) {
            return "";
        }
        return String.join("", names);
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw unreadable(file, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static Failure unreadable(Path file, String why, IOException cause) {
        return new Failure("Docker's " + file + " cannot be read: " + why, "correct it, or set DOCKER_HOST, which ignores it",
                ExitCode.NO_ENGINE, cause);
    }

    private static String id(String name) {
        return Sha256.hex(name);
    }
}
