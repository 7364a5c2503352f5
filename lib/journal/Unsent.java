package journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.OwnerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runs whose telemetry was not acknowledged: one small file each in one folder, made when the run starts and removed when
 * everything of it was acknowledged. So the next {@code pa} finds them without looking through all sessions.
 */
public final class Unsent {
    private static final String ENDING = ".json";
    /** More than anybody reads at a start; the rest comes next time. */
    private static final int MOST = 1_000;

    private final Path state;
    private final Path folder;

    /**
     * A run that is not acknowledged.
     *
     * @param session the session's folder
     * @param first the number of the run's first event in it
     * @param endpoint where its telemetry was to go, as in {@link agent.TelemetryPlan#endpoint}
     */
    public record Run(Path session, long first, String endpoint, Instant started) {
        public String id() {
            return session.getFileName().toString();
        }
    }

    /** @param stateFolder of PA, see {@link contract.StateFolders} */
    public Unsent(Path stateFolder) {
        this.state = stateFolder.toAbsolutePath().normalize();
        this.folder = state.resolve("unsent");
    }

    /** @throws IOException when the state folder cannot be written */
    public void add(Run run) throws IOException {
        OwnerFiles.folders(folder);
        ObjectNode node = SmallFile.JSON.createObjectNode().put("session", relative(run)).put("first", run.first())
                .put("endpoint", run.endpoint()).put("started", run.started().toString());
        OwnerFiles.replace(file(run), node + "\n");
    }

    /** Everything of the run was acknowledged, or it is not to be sent any more. */
    public void remove(Run run) throws IOException {
        Files.deleteIfExists(file(run));
    }

    /** Oldest first. What is no such file, or names a session that is gone, is left out. */
    public List<Run> list() {
        return all().stream().filter(run -> Files.isDirectory(run.session())).toList();
    }

    /** Also those whose session is at another place by now. */
    List<Run> all() {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().limit(MOST).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
        List<Run> runs = new ArrayList<>();
        files.forEach(file -> SmallFile.read(file).flatMap(this::read).ifPresent(runs::add));
        return List.copyOf(runs);
    }

    /** Sorts by time and tells projects apart that have sessions of the same name. */
    private Path file(Run run) {
        return folder.resolve(run.id() + "." + run.first() + "." + Origins.hash(relative(run)) + ENDING);
    }

    /** So that a state folder can be moved, or mounted at another place. */
    private String relative(Run run) {
        Path session = run.session().toAbsolutePath().normalize();
        return (session.startsWith(state) ? state.relativize(session) : session).toString();
    }

    private Optional<Run> read(String text) {
        try {
            JsonNode node = SmallFile.JSON.readTree(text);
            return Optional.of(new Run(state.resolve(node.path("session").asText()), node.path("first").asLong(),
                    node.path("endpoint").asText(), Instant.parse(node.path("started").asText())));
        } catch (JsonProcessingException | DateTimeException | java.nio.file.InvalidPathException e) {
            return Optional.empty();
        }
    }
}
