package reasoning;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The settings for making a reasoner.
 *
 * @param directory the run's working directory
 * @param environment PA's own, or a rehearsal's
 * @param model the value of {@code --model}; if empty, the environment or the default decides
 */
public record ReasonerSetup(Path directory, Map<String, String> environment, Optional<String> model) {}
