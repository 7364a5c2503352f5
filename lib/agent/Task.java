package agent;

import java.nio.file.Path;
import java.util.List;

/**
 * What a person asked for.
 *
 * @param session PA's session, also the name of its journal folder
 * @param directory the working directory, absolute; the worker and every verification run in it
 */
public record Task(String session, String text, Path directory, List<ContextFile> context, List<Screenshot> screenshots) {
    /** A text file of the context folder; {@code name} is relative to it. */
    public record ContextFile(String name, String text) {}

    /** A reference picture; {@code mediaType} is what its content says, for instance {@code image/png}. */
    public record Screenshot(Path path, String description, String mediaType) {}
}
