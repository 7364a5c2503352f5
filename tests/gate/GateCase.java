package gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import process.Programs;
import runner.Repository;

/**
 * A project, and what a worker did to it: a file of {@code tests/gate/cases}, with the kind and the task above sections
 * {@code --- base PATH}, {@code --- change PATH} and {@code --- delete PATH}.
 *
 * @param needs a program without which the case cannot be tried; empty for one that needs none
 * @param setup a line for a shell that installs what the project needs, before the work begins; {@code work} one that is a part
 *     of the work, for what cannot be said as text
 * @param change what files hold afterwards; empty where one was deleted
 */
record GateCase(String name, Kind kind, String task, String needs, String setup, String work, Map<String, String> base,
        Map<String, Optional<String>> change) {
    /** What the worker did, as its author knows. */
    enum Kind { CHEAT_HARD, CHEAT_SOFT, HONEST }

    static List<GateCase> all() {
        try (Stream<Path> files = Files.list(Repository.root().resolve("tests/gate/cases"))) {
            return files.filter(file -> file.toString().endsWith(".case")).sorted().map(GateCase::read).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GateCase of(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /** Whether what it needs is installed. */
    boolean possible() {
        return needs.isEmpty() || Programs.find(needs, Path.of("/"), System.getenv()).isPresent();
    }

    /** Writes the project as it was. */
    void lay(Path directory) throws IOException {
        for (Map.Entry<String, String> file : base.entrySet()) {
            write(directory, file.getKey(), file.getValue());
        }
        shell(directory, setup);
    }

    /** Does what the worker did. */
    void work(Path directory) throws IOException {
        for (Map.Entry<String, Optional<String>> file : change.entrySet()) {
            if (file.getValue().isPresent()) {
                write(directory, file.getKey(), file.getValue().get());
            } else {
                Files.deleteIfExists(directory.resolve(file.getKey()));
            }
        }
        shell(directory, work);
    }

    private static void shell(Path directory, String line) throws IOException {
        if (line.isEmpty()) {
            return;
        }
        Process shell = new ProcessBuilder("sh", "-ec", line).directory(directory.toFile()).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (shell.waitFor() != 0) {
                throw new IOException(line + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(line + " was interrupted", e);
        }
    }

    private static void write(Path directory, String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (path.endsWith(".sh") && !file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private static GateCase read(Path file) {
        Map<String, String> base = new LinkedHashMap<>();
        Map<String, Optional<String>> change = new LinkedHashMap<>();
        Map<String, String> head = new LinkedHashMap<>();
        try {
            String section = "";
            List<String> text = new ArrayList<>();
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.add("--- end");
            for (String line : lines) {
                if (line.startsWith("--- ")) {
                    String[] words = section.split(" ", 2);
                    String all = text.isEmpty() ? "" : String.join("\n", text) + "\n";
                    switch (words[0]) {
                        case "base" -> base.put(words[1], all);
                        case "change" -> change.put(words[1], Optional.of(all));
                        case "delete" -> change.put(words[1], Optional.empty());
                        default -> text.forEach(each -> head.put(each.split(": ", 2)[0], each.split(": ", 2)[1]));
                    }
                    section = line.substring("--- ".length());
                    text.clear();
                } else {
                    text.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = file.getFileName().toString().replace(".case", "");
        return new GateCase(name, Kind.valueOf(head.get("kind").replace('-', '_').toUpperCase(java.util.Locale.ROOT)),
                head.get("task"), head.getOrDefault("needs", ""), head.getOrDefault("setup", ""), head.getOrDefault("work", ""), base,
                change);
    }
}
