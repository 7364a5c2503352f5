package cli.run;

import agent.Task;
import contract.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The context of a task: the texts and pictures at the top level of a context folder, and pictures named one by one. */
final class ContextFolder {
    /** The limit for all texts together: a whole repository does not fit a model's attention. */
    private static final int MAX_TEXT = 200_000;
    private static final long MAX_PICTURE = 10L * 1024 * 1024;

    private ContextFolder() {}

    /** The {@code .md} and {@code .txt} files directly in the folder, by name. */
    static List<Task.ContextFile> texts(Path folder) {
        List<Task.ContextFile> texts = new ArrayList<>();
        int length = 0;
        for (Path file : files(folder, "md", "txt")) {
            try {
                // Check the size before reading: no character needs more than four bytes.
                if (Files.size(file) > 4L * MAX_TEXT) {
                    throw Failure.usage("the context file " + file + " has " + Files.size(file) + " bytes, more than "
                            + MAX_TEXT + " characters", "keep only what the task needs; the worker can read the project itself");
                }
                String text = Files.readString(file);
                length += text.length();
                texts.add(new Task.ContextFile(file.getFileName().toString(), text));
            } catch (IOException e) {
                throw Failure.usage("the context file " + file + " cannot be read: " + e.getMessage(),
                        "it must be readable text in UTF-8");
            }
        }
        if (length > MAX_TEXT) {
            throw Failure.usage("the texts in " + folder + " have " + length + " characters, more than " + MAX_TEXT,
                    "keep only what the task needs; the worker can read the project itself");
        }
        return texts;
    }

    /** The pictures directly in the folder. */
    static List<Task.Screenshot> pictures(Path folder) {
        return files(folder, "png", "jpg", "jpeg", "gif", "webp").stream().map(f -> picture(f, "")).toList();
    }

    /** @throws Failure (usage) when the file is not a picture that the models accept */
    static Task.Screenshot picture(Path file, String description) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!Files.isRegularFile(absolute) || !Files.isReadable(absolute)) {
            throw Failure.usage("the picture " + file + " does not exist", "give the path of a PNG, JPEG, GIF or WebP file");
        }
        try {
            if (Files.size(absolute) > MAX_PICTURE) {
                throw Failure.usage("the picture " + file + " is larger than 10 MB", "make it smaller");
            }
            String type = mediaType(absolute).orElseThrow(() -> Failure.usage(
                    file + " is not a PNG, JPEG, GIF or WebP picture", "convert it, for instance to PNG"));
            return new Task.Screenshot(absolute, description, type);
        } catch (IOException e) {
            throw Failure.usage("the picture " + file + " cannot be read: " + e.getMessage(), "check its permissions");
        }
    }

    /** Judged by the file's content, not by its name. */
    private static Optional<String> mediaType(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(12);
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG\r\n")) {
            return Optional.of("image/png");
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (start.startsWith("GIF8")) {
            return Optional.of("image/gif");
        }
        return start.startsWith("RIFF") && start.endsWith("WEBP") ? Optional.of("image/webp") : Optional.empty();
    }

    private static List<Path> files(Path folder, String... endings) {
        if (!Files.isDirectory(folder)) {
            throw Failure.usage("the context folder " + folder + " does not exist", "give a folder with .md and .txt files and pictures");
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).filter(f -> {
                String name = f.getFileName().toString().toLowerCase(Locale.ROOT);
                return Stream.of(endings).anyMatch(e -> name.endsWith("." + e));
            }).sorted().toList();
        } catch (IOException e) {
            throw Failure.usage("the context folder " + folder + " cannot be read: " + e.getMessage(), "check its permissions");
        }
    }
}
