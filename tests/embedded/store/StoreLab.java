package embedded.store;

import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import embedded.daemon.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A folder for a store, with queries for tests. */
abstract class StoreLab {
    static final String TRACE = "0123456789abcdef0123456789abcdef";
    static final long T0 = 1_760_000_000_000_000_000L;

    @TempDir
    Path folder;

    void storeOne() throws Exception {
        try (Running engine = Running.in(folder)) {
            engine.send(traces("kept", span(TRACE, "00f067aa0ba902b7", "kept", T0, T0 + 1).build()));
        }
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static JsonObject health(Running engine) throws Exception {
        return JsonParser.parseString(engine.get("/api/health").body()).getAsJsonObject();
    }
}
