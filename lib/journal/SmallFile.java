package journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file that should be small, and is not trusted to be one: no link, no device, no FIFO, nothing without an end. */
final class SmallFile {
    /** For what such files hold. Names of fields are not remembered: each file may bring new ones, and long ones. */
    static final JsonMapper JSON =
            JsonMapper.builder(JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build()).build();

    private static final int LIMIT = 64 * 1024;

    private SmallFile() {}

    /** Empty when it is not there, is no regular file, is too large or cannot be read. */
    static Optional<String> read(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            return bytes.length > LIMIT ? Optional.empty() : Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
