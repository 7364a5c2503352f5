package process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param command the program and its arguments; no shell reads them
 * @param environment complete: nothing is inherited beside it, but for {@link ProcessTree#COOKIE}, which is added
 * @param input for its standard input, which is closed after it; empty gives it none
 */
public record ProcessSpec(List<String> command, Path directory, Map<String, String> environment, byte[] input) {
    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A command that gets nothing on its standard input. */
    public static ProcessSpec of(List<String> command, Path directory, Map<String, String> environment) {
        return new ProcessSpec(command, directory, environment, new byte[0]);
    }
}
