package contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a trace can be looked at. {@code stack up} leaves a template of the address in the state folder and {@code stack
 * down} takes its own away; {@code pa} prints the address of its run's trace, by the template of the stack that was started
 * last. The variable {@code AGENTPROXY_TRACE_URL} wins.
 */
public final class TraceLink {
    /** Stands in the template for the trace id, 32 hexadecimal digits. */
    public static final String PLACE = "{traceId}";
    /** A line for each stack that is up, the newest last: whose it is, a tab, the template. */
    private static final String FILE = "trace-url";
    private static final String BETWEEN = "\t";

    private TraceLink() {}

    /** The address of a trace's page; empty when no stack says where that would be. */
    public static Optional<String> of(String traceId, Map<String, String> environment) {
        String template = environment.getOrDefault(Variables.TRACE_URL, "");
        if (template.isEmpty()) {
            try {
                List<String> lines = lines(environment);
                String newest = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
                template = newest.substring(newest.indexOf(BETWEEN) + 1).strip();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return template.contains(PLACE) ? Optional.of(template.replace(PLACE, traceId)) : Optional.empty();
    }

    /**
     * Remembers the template for every later {@code pa}.
     *
     * @param owner the stack, by a name that no other one has; without tabs
     */
    public static void remember(String owner, String template, Map<String, String> environment) throws IOException {
        List<String> lines = without(owner, environment);
        lines.add(owner + BETWEEN + template);
        Files.createDirectories(file(environment).getParent());
        Files.write(file(environment), lines);
    }

    /** From now on this stack's template is no longer meant; that of another which is still up is again. */
    public static void forget(String owner, Map<String, String> environment) throws IOException {
        List<String> lines = without(owner, environment);
        if (lines.isEmpty()) {
            Files.deleteIfExists(file(environment));
        } else {
            Files.write(file(environment), lines);
        }
    }

    /** Whether this stack has left a template, so that most likely it is up. */
    public static boolean isKnown(String owner, Map<String, String> environment) {
        try {
            return lines(environment).stream().anyMatch(line -> line.startsWith(owner + BETWEEN));
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> without(String owner, Map<String, String> environment) throws IOException {
        List<String> lines = new ArrayList<>(lines(environment));
        lines.removeIf(line -> line.startsWith(owner + BETWEEN));
        return lines;
    }

    private static List<String> lines(Map<String, String> environment) throws IOException {
        return Files.exists(file(environment)) ? Files.readAllLines(file(environment)) : List.of();
    }

    private static Path file(Map<String, String> environment) {
        return StateFolders.state(environment).resolve(FILE);
    }
}
