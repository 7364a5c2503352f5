package embedded.daemon;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;

/** Reads the end of a log file and, when wanted, what is added to it, also after the file has been rotated. */
record LogFile(Path file) {
    private static final long POLL_MILLIS = 200;

    /** Returns when the lines are given; with {@code follow} only when interrupted. */
    void read(int tail, boolean follow, Consumer<String> lines) throws IOException, InterruptedException {
        long position = 0;
        Object key = null;
        if (Files.exists(file)) {
            List<String> all = Files.readAllLines(file, StandardCharsets.UTF_8);
            all.stream().skip(Math.max(0, all.size() - (long) tail)).forEach(lines);
            position = Files.size(file);
            key = key();
        }
        StringBuilder partial = new StringBuilder();
        while (follow) {
            Thread.sleep(POLL_MILLIS);
            if (!Files.exists(file)) {
                continue;
            }
            Object now = key();
            if (!now.equals(key) || Files.size(file) < position) {
                position = 0; // rotated: another file stands in its place
                key = now;
            }
            position = readFrom(position, partial, lines);
        }
    }

    private long readFrom(long position, StringBuilder partial, Consumer<String> lines) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] fresh = new byte[(int) Math.min(1 << 20, Math.max(0, in.length() - position))];
            in.seek(position);
            in.readFully(fresh);
            partial.append(new String(fresh, StandardCharsets.UTF_8));
            for (int end = partial.indexOf("\n"); end >= 0; end = partial.indexOf("\n")) {
                lines.accept(partial.substring(0, end));
                partial.delete(0, end + 1);
            }
            return position + fresh.length;
        }
    }

    private Object key() throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }
}
