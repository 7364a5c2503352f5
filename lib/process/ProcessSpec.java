package process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The command to start.
 *
 * @param command the program and its arguments; no shell reads them
 * @param environment complete: nothing else is inherited; only {@link ProcessTree#COOKIE} is added
 * @param input for its standard input, which is closed after it; empty for no input
 */
public record ProcessSpec(List<String> command, Path directory, Map<String, String> environment, byte[] input) {
    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A command without input. */
    public static ProcessSpec of(List<String> command, Path directory, Map<String, String> environment) {
        return new ProcessSpec(command, directory, environment, new byte[0]);
    }
}
