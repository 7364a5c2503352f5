package functions;

import checks.FileView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks whether an interpreter can read a file, without running any of it. Each command here only parses: none loads a module, a
 * plug-in or a start-up file from the working directory.
 */
final class SyntaxCheck {
    /** Compiles in memory and in isolated mode: neither the working directory nor site-packages can add code. */
    private static final String PYTHON = "import sys; compile(open(sys.argv[1], 'rb').read(), sys.argv[1], 'exec')";

    private static final Map<String, List<String>> BY_LANGUAGE = Map.of(
            "sh", List.of("sh", "-n"), "bash", List.of("bash", "-n"), "zsh", List.of("zsh", "-n"),
            "py", List.of("python3", "-I", "-S", "-c", PYTHON), "js", List.of("node", "--check"),
            "rb", List.of("ruby", "-c"), "php", List.of("php", "-n", "-l"), "lua", List.of("luac", "-p"),
            "go", List.of("gofmt", "-e", "-l"));

    private SyntaxCheck() {}

    /** The command, from the working directory; empty for a file without a known check. */
    static Optional<List<String>> command(FileView files, String path) {
        return Optional.ofNullable(BY_LANGUAGE.get(language(files, path))).map(words -> {
            List<String> command = new ArrayList<>(words);
            command.add("./" + path);
            return List.copyOf(command);
        });
    }

    /** The command in the form that is shown. */
    static String shown(List<String> command) {
        String file = command.get(command.size() - 1);
        return command.contains(PYTHON) ? "python3 (compiled, not run) " + file : process.CommandWords.join(command);
    }

    private static String language(FileView files, String path) {
        String text = files.text(path);
        if (text.startsWith("#!")) {
            String line = text.lines().findFirst().orElse("");
            String[] words = line.substring(2).strip().split("[\\s/]+");
            for (int i = words.length - 1; i >= 0; i--) {
                String known = interpreter(words[i]);
                if (!known.isEmpty()) {
                    return known;
                }
            }
            return "";
        }
        String name = Path.of(path).getFileName().toString();
        int dot = name.lastIndexOf('.');
        String ending = dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        if (ending.equals("mjs") || ending.equals("cjs") || ending.equals("js")) {
            // JSX and Flow are not JavaScript, but such files have the same extension.
            return text.contains("/>") || text.contains("</") || text.contains("@flow") ? "" : "js";
        }
        return ending;
    }

    private static String interpreter(String word) {
        if (word.matches("python3?(\\.\\d+)?")) {
            return "py";
        }
        return switch (word) {
            case "sh", "dash", "ash" -> "sh";
            case "bash", "zsh", "php", "lua" -> word;
            case "node" -> "js";
            case "ruby" -> "rb";
            default -> "";
        };
    }
}
