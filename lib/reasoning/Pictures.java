package reasoning;

import agent.Task;
import agent.Task.Screenshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** The task's reference pictures as parts of a message, each after a line with its name and description. */
public final class Pictures {
    /** Of one picture: the API's limit for inline data. */
    private static final long MAX_BYTES = 7L << 20;
    /** Of all pictures, so that the request stays below 20 MB in Base64. */
    private static final long MAX_TOTAL_BYTES = 13L << 20;

    private Pictures() {}

    /** @param missing receives a warning about every picture that cannot be shown; the model is told so too */
    public static List<Piece> of(Task task, Consumer<String> missing) {
        List<Piece> parts = new ArrayList<>();
        long left = MAX_TOTAL_BYTES;
        for (Screenshot screenshot : task.screenshots()) {
            Path file = task.directory().resolve(screenshot.path());
            String name = "Reference picture " + file.getFileName()
                    + (screenshot.description().isBlank() ? "" : ": " + screenshot.description());
            try {
                long size = Files.size(file);
                if (size > Math.min(MAX_BYTES, left)) {
                    throw new IOException("too large to be sent (" + (size >> 10) + " KB)");
                }
                left -= size;
                String data = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
                parts.add(new Piece.Text(name));
                parts.add(new Piece.Picture(screenshot.mediaType(), data));
            } catch (IOException e) {
                String why = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
                parts.add(new Piece.Text(name + " (cannot be shown: " + why + ")"));
                missing.accept("the picture " + screenshot.path() + " is not shown to the model: " + why);
            }
        }
        return parts;
    }
}
