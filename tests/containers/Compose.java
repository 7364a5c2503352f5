package containers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import services.Service;
import services.StackFile;

/**
 * The same stack for docker compose: same images, files, ports, limits and volumes. Files are bind mounts, compose's own
 * way; the Collector runs as root, because compose cannot give a new volume an owner.
 */
final class Compose {
    private final List<String> command;
    private final String version;

    private Compose(List<String> command, String version) {
        this.command = command;
        this.version = version;
    }

    /** The plugin, else the program of its own; empty where there is neither. */
    static Optional<Compose> find() throws IOException, InterruptedException {
        for (List<String> command : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
            List<String> ask = new ArrayList<>(command);
            ask.addAll(List.of("version", "--short"));
            try {
                Process process = new ProcessBuilder(ask).redirectErrorStream(true).start();
                String said = new String(process.getInputStream().readAllBytes()).strip();
                if (process.waitFor() == 0) {
                    return Optional.of(new Compose(command, String.join(" ", command) + " " + said));
                }
            } catch (IOException absent) {
                continue;
            }
        }
        return Optional.empty();
    }

    String version() {
        return version;
    }

    /** Writes the project into this folder. */
    static void write(Path folder, List<Service> services) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Object> volumes = new LinkedHashMap<>();
        for (Service service : services) {
            all.put(service.name(), description(folder, service));
            service.volume().ifPresent(volume -> volumes.put(service.name(), Map.of()));
        }
        // YAML is a superset of JSON.
        new ObjectMapper().writeValue(folder.resolve("docker-compose.yml").toFile(),
                Map.of("version", "2.4", "services", all, "volumes", volumes));
    }

    private static Map<String, Object> description(Path folder, Service service) throws IOException {
        List<String> mounts = new ArrayList<>();
        service.volume().ifPresent(volume -> mounts.add(service.name() + ":" + volume.path()));
        for (StackFile file : service.files()) {
            Path copy = folder.resolve(service.name() + file.path());
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, file.text());
            mounts.add(copy + ":" + file.path() + ":ro");
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("image", service.image());
        description.put("hostname", service.name());
        description.put("environment", service.program().environment());
        description.put("user", service.name().equals("otel-collector") ? "0:0" : service.program().user());
        description.put("ports", service.ports().stream()
                .map(port -> port.bind() + ":" + port.host() + ":" + port.container()).toList());
        description.put("volumes", mounts);
        description.put("mem_limit", service.program().memoryBytes());
        description.put("memswap_limit", service.program().memoryBytes());
        description.put("extra_hosts", List.of("host.docker.internal:host-gateway"));
        description.put("restart", "unless-stopped");
        description.put("stop_grace_period", service.stopping().grace().toSeconds() + "s");
        description.put("security_opt", List.of("no-new-privileges"));
        description.put("logging", Map.of("driver", "json-file", "options", Map.of("max-size", "5m", "max-file", "2")));
        if (!service.program().command().isEmpty()) {
            description.put("command", service.program().command());
        }
        return description;
    }

    /**
     * Runs a verb in this folder to its end.
     *
     * @param engine variables that name the engine
     */
    void run(Path folder, String name, Map<String, String> engine, String... verb) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("-p", name, "-f", folder.resolve("docker-compose.yml").toString()));
        whole.addAll(List.of(verb));
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(engine);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", verb) + " has failed: " + Files.readString(said));
        }
    }
}
