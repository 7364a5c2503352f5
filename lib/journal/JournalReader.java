package journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import contract.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a journal back, also one whose writer was killed or is still at work. */
public final class JournalReader {
    private JournalReader() {}

    /**
     * What a journal holds.
     *
     * @param wholeBytes the length without a half-written line at the end
     * @param unreadable numbers of lines, from 1, that are no entries
     */
    public record Contents(List<Entry> entries, long wholeBytes, long lastSequence, List<Integer> unreadable) {}

    /** @throws Failure when the file is there and cannot be read */
    public static Contents read(Path journal) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(journal);
        } catch (NoSuchFileException e) {
            bytes = new byte[0];
        } catch (IOException e) {
            throw Failure.error("the journal cannot be read: " + e.getMessage(), "mend the permissions of its folder", e);
        }
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        List<Entry> entries = new ArrayList<>();
        List<Integer> unreadable = new ArrayList<>();
        long last = 0;
        String[] lines = new String(bytes, 0, whole, StandardCharsets.UTF_8).split("\n");
        for (int i = 0; i < lines.length; i++) {
            try {
                if (!lines[i].isBlank()) {
                    EventCodec.decode(lines[i]).ifPresent(entries::add);
                }
            } catch (JsonProcessingException | RuntimeException e) {
                unreadable.add(i + 1);
            }
        }
        if (!entries.isEmpty()) {
            last = entries.get(entries.size() - 1).sequence();
        }
        return new Contents(List.copyOf(entries), whole, last, List.copyOf(unreadable));
    }
}
