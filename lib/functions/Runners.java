package functions;

import checks.FileView;
import checks.PythonProject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the command that runs a file, by its shebang or its extension. */
final class Runners {
    private static final int HEAD = 64 * 1024;
    private static final Map<String, List<String>> BY_ENDING = Map.ofEntries(
            Map.entry("sh", List.of("sh")), Map.entry("bash", List.of("bash")), Map.entry("zsh", List.of("zsh")),
            Map.entry("js", List.of("node")), Map.entry("mjs", List.of("node")), Map.entry("cjs", List.of("node")),
            Map.entry("rb", List.of("ruby")), Map.entry("pl", List.of("perl")), Map.entry("php", List.of("php")),
            Map.entry("lua", List.of("lua")), Map.entry("java", List.of("java")), Map.entry("tcl", List.of("tclsh")),
            Map.entry("r", List.of("Rscript")), Map.entry("jl", List.of("julia")), Map.entry("exs", List.of("elixir")),
            Map.entry("swift", List.of("swift")));

    /** Files of tools that do nothing by themselves, or that only their tool runs. */
    private static final Pattern TOOLS_OWN = Pattern.compile(
            "\\..*|.*\\.(config|conf)\\.[a-z]+"
            + "|setup\\.py|conftest\\.py|manage\\.py|noxfile\\.py|build\\.rs|package-info\\.java");
    private static final Pattern PYTHON_MAIN = Pattern.compile("__name__\\s*==\\s*['\"]__main__['\"]");
    private static final Pattern JAVA_MAIN = Pattern.compile("\\bvoid\\s+main\\s*\\(");
    private static final Pattern GO_MAIN = Pattern.compile("(?s)\\bpackage\\s+main\\b.*\\bfunc\\s+main\\s*\\(");
    private static final Pattern JS_LIBRARY = Pattern.compile("(?m)\\bmodule\\.exports\\b|^export\\b|\\bexports\\.\\w");
    private static final Pattern BROWSER = Pattern.compile("\\b(document|window)\\.");

    private final Commands commands;
    private final Path root;
    private final FileView files;

    Runners(Commands commands) {
        this.commands = commands;
        this.files = commands.workspace().files();
        this.root = commands.workspace().root();
    }

    /** The command that runs {@code file}, from the working directory; empty when it is unknown. */
    Optional<List<String>> command(Path file) {
        String path = "./" + root.relativize(file);
        Optional<List<String>> shebang = shebang(file);
        if (shebang.isPresent()) {
            if (Files.isExecutable(file)) {
                return Optional.of(List.of(path));
            }
            return Optional.of(plus(shebang.get(), path));
        }
        String ending = ending(file);
        return switch (ending) {
            case "py" -> Optional.of(python(file, path));
            case "go" -> Optional.of(go(path));
            case "rs" -> cargo(file);
            case "java" -> Optional.of(head(file).contains("//DEPS ") && commands.available("jbang")
                    ? List.of("jbang", path) : List.of("java", path));
            default -> Optional.ofNullable(BY_ENDING.get(ending)).map(words -> plus(words, path));
        };
    }

    /** Whether a file is made to be run by itself. This does not mean that it may be run. */
    boolean madeToBeRun(Path file) {
        String name = file.getFileName().toString();
        return !TOOLS_OWN.matcher(name).matches() && command(file).isPresent()
                && !(ending(file).matches("[mc]?js") && BROWSER.matcher(head(file)).find());
    }

    /** Whether a file is clearly a program, and not also a part of one. */
    boolean isProgram(Path file) {
        if (shebang(file).isPresent()) {
            return true;
        }
        String text = head(file);
        return switch (ending(file)) {
            case "py" -> PYTHON_MAIN.matcher(text).find();
            case "java" -> JAVA_MAIN.matcher(text).find();
            case "go" -> GO_MAIN.matcher(text).find() && !file.getFileName().toString().endsWith("_test.go");
            case "js", "mjs", "cjs" -> !JS_LIBRARY.matcher(text).find();
            default -> true;
        };
    }

    /** The interpreter for Python: that of the project's own environment, if there is one. */
    private String pythonProgram() {
        return PythonProject.program(files, commands::available);
    }

    private List<String> python(Path file, String path) {
        // A module in a package must be run as a module; otherwise its relative imports fail.
        List<String> names = new ArrayList<>();
        Path folder = file.getParent();
        while (!folder.equals(root) && Files.exists(folder.resolve("__init__.py"))) {
            names.add(0, folder.getFileName().toString());
            folder = folder.getParent();
        }
        if (names.isEmpty() || !folder.equals(root)) {
            return List.of(pythonProgram(), path);
        }
        String name = file.getFileName().toString();
        names.add(name.substring(0, name.length() - ".py".length()));
        if (name.equals("__init__.py") || name.equals("__main__.py")) {
            names.remove(names.size() - 1);
            return name.equals("__main__.py") ? List.of(pythonProgram(), "-m", String.join(".", names))
                    : List.of(pythonProgram(), "-c", "import " + String.join(".", names));
        }
        return List.of(pythonProgram(), "-m", String.join(".", names));
    }

    private List<String> go(String path) {
        boolean module = Files.exists(root.resolve("go.mod"));
        return List.of("go", "run", module ? path.substring(0, path.lastIndexOf('/') + 1) : path);
    }

    private Optional<List<String>> cargo(Path file) {
        if (!Files.exists(root.resolve("Cargo.toml"))) {
            return Optional.empty();
        }
        Path relative = root.relativize(file);
        if (relative.equals(Path.of("src", "main.rs"))) {
            return Optional.of(List.of("cargo", "run", "--quiet"));
        }
        if (relative.getNameCount() == 3 && relative.startsWith(Path.of("src", "bin"))) {
            String name = relative.getFileName().toString().replaceFirst("\\.rs$", "");
            return Optional.of(List.of("cargo", "run", "--quiet", "--bin", name));
        }
        return Optional.empty();
    }

    private Optional<List<String>> shebang(Path file) {
        String line = head(file).lines().findFirst().orElse("");
        if (!line.startsWith("#!")) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(Arrays.asList(line.substring(2).strip().split("\\s+")));
        boolean env = words.get(0).equals("/usr/bin/env") || words.get(0).equals("/bin/env");
        if (env) {
            words.remove(0);
            words.remove("-S");
        }
        return words.isEmpty() || words.get(0).isEmpty() ? Optional.empty() : Optional.of(List.copyOf(words));
    }

    private static List<String> plus(List<String> words, String last) {
        List<String> all = new ArrayList<>(words);
        all.add(last);
        return List.copyOf(all);
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
    }

    private static String head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
