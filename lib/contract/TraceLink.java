package contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a trace can be looked at. {@code stack up} leaves a template of the address in the state folder and {@code stack
 * down} takes it away; {@code pa} prints the address of its run's trace. The variable {@code AGENTPROXY_TRACE_URL} wins.
 */
public final class TraceLink {
    /** Stands in the template for the trace id, 32 hexadecimal digits. */
    public static final String PLACE = "{traceId}";
    private static final String FILE = "trace-url";

    private TraceLink() {}

    /** The address of a trace's page; empty when no stack says where that would be. */
    public static Optional<String> of(String traceId, Map<String, String> environment) {
        String template = environment.getOrDefault(Variables.TRACE_URL, "");
        if (template.isEmpty()) {
            try {
                template = Files.readString(file(environment)).strip();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return template.contains(PLACE) ? Optional.of(template.replace(PLACE, traceId)) : Optional.empty();
    }

    /** Remembers the template for every later {@code pa}. */
    public static void remember(String template, Map<String, String> environment) throws IOException {
        Path file = file(environment);
        Files.createDirectories(file.getParent());
        Files.writeString(file, template + "\n");
    }

    public static void forget(Map<String, String> environment) throws IOException {
        Files.deleteIfExists(file(environment));
    }

    private static Path file(Map<String, String> environment) {
        return StateFolders.state(environment).resolve(FILE);
    }
}
