package embedded.daemon;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a log has said last since this was made, for whoever waits for the process that writes it. */
final class NewestLine {
    private static final int END = 64 << 10;
    /** A line without its time and level; what follows a stack trace's first line has neither. */
    private static final Pattern LINE = Pattern.compile("(?m)^\\d{4}-\\S+ \\d\\S+ [A-Z]+ (.+)$");

    private final Path file;
    private final long begin;

    NewestLine(Path file) {
        this.file = file;
        this.begin = file.toFile().length();
    }

    /** Empty when it has said nothing yet, and when it cannot be read. */
    Optional<String> text() {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            // A shorter one is another file in its place.
            long from = Math.max(log.length() < begin ? 0 : begin, log.length() - END);
            byte[] bytes = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(bytes);
            Matcher lines = LINE.matcher(new String(bytes, StandardCharsets.UTF_8));
            Optional<String> newest = Optional.empty();
            while (lines.find()) {
                newest = Optional.of(lines.group(1));
            }
            return newest;
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
