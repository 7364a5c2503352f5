package process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param command the program and its arguments; no shell reads them
 * @param environment complete: nothing is inherited beside it
 * @param input for its standard input, which is closed after it; empty gives it none
 */
public record ProcessSpec(List<String> command, Path directory, Map<String, String> environment, byte[] input) {}
