package reasoning;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a reasoner can be made of.
 *
 * @param directory the run's working directory
 * @param environment PA's own, or a rehearsal's
 * @param model what {@code --model} says; empty leaves it to the environment and the default
 */
public record ReasonerSetup(Path directory, Map<String, String> environment, Optional<String> model) {}
