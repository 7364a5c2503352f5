package verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import process.CannotStart;
import process.ProcessSpec;
import process.SafeRun;

/**
 * Shows the copy under the working directory's own path, to one process and its children only: with a mount in a namespace
 * of theirs, where the system allows that. Absolute paths, editable installations and links then lead into the copy.
 */
final class Overlay {
    private static final String MOUNT = "mount --bind \"$1\" \"$2\" && cd \"$2\" && shift 2 && exec \"$@\"";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> prefix;

    private Overlay(List<String> prefix) {
        this.prefix = prefix;
    }

    /** The way that works here, tried out on two folders; empty where none does. Nobody is made to look like root by it. */
    static Optional<Overlay> find(Path scratch, Map<String, String> environment) throws InterruptedException {
        boolean root = "root".equals(System.getProperty("user.name"));
        List<List<String>> ways = root
                ? List.of(List.of("unshare", "--mount", "--"), List.of("unshare", "--user", "--map-root-user", "--mount", "--"))
                : List.of(List.of("unshare", "--user", "--map-current-user", "--keep-caps", "--mount", "--"));
        for (List<String> way : ways) {
            Overlay overlay = new Overlay(way);
            if (overlay.works(scratch, environment)) {
                return Optional.of(overlay);
            }
        }
        return Optional.empty();
    }

    /** The command, seeing {@code copy} as {@code live}. */
    List<String> command(Path copy, Path live, List<String> words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sh", "-c", MOUNT, "sh", copy.toString(), live.toString()));
        command.addAll(words);
        return command;
    }

    private boolean works(Path scratch, Map<String, String> environment) throws InterruptedException {
        try {
            Path one = Files.createTempDirectory(scratch, "one");
            Path other = Files.createTempDirectory(scratch, "other");
            Files.createFile(one.resolve("seen"));
            boolean seen = SafeRun.run(ProcessSpec.of(command(one, other, List.of("test", "-f", other.resolve("seen").toString())),
                    scratch, environment), PATIENCE, 1000).succeeded();
            boolean outside = Files.exists(other.resolve("seen"));
            return seen && !outside;
        } catch (IOException | CannotStart e) {
            return false;
        }
    }
}
