package functions;

import agent.decision.Decision;
import agent.decision.FunctionResult;
import functions.tree.Exclusions;
import functions.tree.Refused;
import functions.tree.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code read_file}: shows a text file of the working directory; of a long one, the beginning and the end. Files with names for secrets
 * ({@code .env}) are not shown, because the result goes to a model.
 */
record ReadFile(Workspace workspace) {
    /** Git's rule: a zero byte among the first bytes means that the file is not a text. */
    private static final int LOOKED_AT = 8000;
    private static final int MOST_NAMES = 200;

    FunctionResult execute(Decision.ReadFile decision) {
        try {
            Path file = workspace.existing(decision.filePath());
            String path = workspace.relative(file);
            if (Exclusions.holdsSecrets(workspace.root().relativize(file))) {
                return FunctionResult.refused(path + ": refused, files with this name contain secrets");
            }
            if (Files.isDirectory(file)) {
                return FunctionResult.refused((path.isEmpty() ? "." : path) + " is a folder. It contains: " + names(file));
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return FunctionResult.refused(path + ": refused, it is not a regular file");
            }
            long size = Files.size(file);
            if (binary(file)) {
                return FunctionResult.refused(path + ": not shown, it is a binary file of " + size + " bytes");
            }
            return FunctionResult.ok(size == 0 ? "(" + path + " is empty)" : Report.plain(text(file, size)));
        } catch (Refused e) {
            return FunctionResult.refused(e.getMessage());
        } catch (IOException e) {
            return FunctionResult.refused(decision.filePath() + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static boolean binary(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (byte b : in.readNBytes(LOOKED_AT)) {
                if (b == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private String text(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (size <= FunctionOptions.OUTPUT_CAP) {
                return part(channel, 0, FunctionOptions.OUTPUT_CAP);
            }
            int half = FunctionOptions.OUTPUT_CAP / 2;
            return part(channel, 0, half) + "\n[… " + (size - 2L * half) + " bytes left out …]\n"
                    + part(channel, size - half, half);
        }
    }

    private static String part(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // Read on until the part is full or the file ends.
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    private static String names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names = entries.map(e -> e.getFileName() + (Files.isDirectory(e) ? "/" : "")).sorted().toList();
            String shown = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
            return names.isEmpty() ? "nothing" : shown + (names.size() > MOST_NAMES ? ", …" : "");
        }
    }
}
