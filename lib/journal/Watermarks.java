package journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.OwnerFiles;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a session's telemetry was acknowledged: the number of an event for each signal. Whoever sends a session holds this,
 * so that two processes never send the same events at the same time. The file is {@code watermarks.json} in the session's
 * folder, {@code {"traces":120,"logs":118}}; a signal that is not in it was never acknowledged.
 */
public final class Watermarks implements AutoCloseable {
    private static final String FILE = "watermarks.json";
    private static final String LOCK = "sending.lock";

    private final Path file;
    private final FileLock lock;
    private final Map<String, Long> acknowledged;

    private Watermarks(Path file, FileLock lock) {
        this.file = file;
        this.lock = lock;
        this.acknowledged = new TreeMap<>(read(file));
    }

    /**
     * Empty when another process sends this session just now; does not wait.
     *
     * @throws IOException when the folder is not there or cannot be written
     */
    public static Optional<Watermarks> hold(Path sessionFolder) throws IOException {
        return OwnerFiles.lock(sessionFolder.resolve(LOCK)).map(lock -> new Watermarks(sessionFolder.resolve(FILE), lock));
    }

    /** Looks without holding: the number of the last acknowledged event, 0 for none. A damaged file counts as none. */
    public static long peek(Path sessionFolder, String signal) {
        return read(sessionFolder.resolve(FILE)).getOrDefault(signal, 0L);
    }

    /** The number of the last acknowledged event of {@code signal} ({@code traces}, {@code metrics}, {@code logs}); 0 for none. */
    public synchronized long of(String signal) {
        return acknowledged.getOrDefault(signal, 0L);
    }

    /** Notes that everything up to {@code sequence} was acknowledged; a smaller number than before changes nothing. */
    public synchronized void advance(String signal, long sequence) throws IOException {
        if (sequence <= of(signal)) {
            return;
        }
        acknowledged.put(signal, sequence);
        ObjectNode node = SmallFile.JSON.createObjectNode();
        acknowledged.forEach(node::put);
        OwnerFiles.replace(file, node + "\n");
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }

    private static Map<String, Long> read(Path file) {
        Map<String, Long> marks = new TreeMap<>();
        SmallFile.read(file).ifPresent(text -> {
            try {
                JsonNode node = SmallFile.JSON.readTree(text);
                node.properties().forEach(mark -> {
                    if (mark.getValue().canConvertToLong() && mark.getValue().asLong() > 0) {
                        marks.put(mark.getKey(), mark.getValue().asLong());
                    }
                });
            } catch (JsonProcessingException e) {
                // Sent again from the start: the ids are the same, so nothing is counted twice.
                marks.clear();
            }
        });
        return marks;
    }
}
