package journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import contract.Failure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a journal back, also one whose writer was killed or is still at work, and one that is not what it should be. */
public final class JournalReader {
    /** No line of ours comes near it. */
    static final int LONGEST_LINE = 32 << 20;
    private static final int BUFFER = 64 << 10;

    private final List<Entry> entries = new ArrayList<>();
    private final List<Integer> unreadable = new ArrayList<>();
    private long last;
    private long whole;
    private int lines;

    private JournalReader() {}

    /**
     * What a journal holds.
     *
     * @param wholeBytes the length without a half-written line at the end
     * @param lastSequence the highest number of an entry, also of one of a newer version
     * @param unreadable numbers of lines, from 1, that are no entries
     */
    public record Contents(List<Entry> entries, long wholeBytes, long lastSequence, List<Integer> unreadable) {}

    /**
     * A link, a FIFO or a device in the journal's place counts as no journal.
     *
     * @throws Failure when the file is there and cannot be read
     */
    public static Contents read(Path journal) {
        JournalReader reader = new JournalReader();
        if (Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS)) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(journal, LinkOption.NOFOLLOW_LINKS), BUFFER)) {
                reader.read(in);
            } catch (IOException e) {
                throw Failure.error("the journal cannot be read: " + e.getMessage(), "fix the permissions of its folder", e);
            }
        }
        return new Contents(List.copyOf(reader.entries), reader.whole, reader.last, List.copyOf(reader.unreadable));
    }

    private void read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] chunk = new byte[BUFFER];
        long length = 0;
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            int begin = 0;
            for (int i = 0; i < n; i++) {
                if (chunk[i] == '\n') {
                    length += i - begin;
                    keep(line, chunk, begin, i);
                    line(line, length);
                    whole += length + 1;
                    length = 0;
                    line.reset();
                    begin = i + 1;
                }
            }
            length += n - begin;
            keep(line, chunk, begin, n);
        }
    }

    /** At most one byte more than the longest line: enough to know that it is too long. */
    private static void keep(ByteArrayOutputStream line, byte[] chunk, int begin, int end) {
        line.write(chunk, begin, Math.max(0, Math.min(end - begin, LONGEST_LINE + 1 - line.size())));
    }

    private void line(ByteArrayOutputStream bytes, long length) {
        lines++;
        if (length > LONGEST_LINE) {
            unreadable.add(lines);
            return;
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return;
        }
        try {
            Optional<Entry> entry = EventCodec.decode(text);
            entry.ifPresent(entries::add);
            last = Math.max(last, entry.map(Entry::sequence).orElseGet(() -> EventCodec.sequence(text)));
        } catch (JsonProcessingException | RuntimeException e) {
            unreadable.add(lines);
        }
    }
}
