package functions.tree;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The parts of a working directory that do not count as work: other programs' own folders, build output, caches, files of secrets. */
public final class Exclusions {
    /** Never searched, whatever a .gitignore says. */
    private static final Set<String> OFF_LIMITS = Set.of(".git", ".pa");

    /** Folders that tools fill; a .gitignore can include one again ({@code !build/}). */
    private static final Set<String> OUTPUT = Set.of("node_modules", "bower_components", "target", "build", ".venv", "venv",
            "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".tox", ".nox", ".eggs", ".gradle", ".mvn-cache",
            ".next", ".nuxt", ".svelte-kit", ".turbo", ".parcel-cache", ".nyc_output", ".cache", ".idea", ".terraform",
            ".dart_tool", ".jbang", "DerivedData", "Pods");

    private static final Set<String> TEMPLATES = Set.of("example", "sample", "template", "dist", "defaults");

    private Exclusions() {}

    /** Whether a relative path leads into {@code .git} or {@code .pa}, at any depth, in any case of letters. */
    static boolean offLimits(Path relative) {
        for (Path name : relative) {
            if (OFF_LIMITS.contains(name.toString().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** Whether files of this name usually contain secrets: {@code .env}, {@code .env.local}, but not {@code .env.example}. */
    public static boolean holdsSecrets(Path relative) {
        for (Path part : relative) {
            String name = part.toString().toLowerCase(Locale.ROOT);
            boolean template = TEMPLATES.contains(name.substring(name.lastIndexOf('.') + 1));
            if (name.equals(".env") || name.equals(".envrc") || name.startsWith(".env.") && !template) {
                return true;
            }
        }
        return false;
    }

    /** Whether a folder of this name is build output, a cache or similar. */
    public static boolean output(String folder) {
        return OUTPUT.contains(folder);
    }

    /** A path as a line of a .gitignore that matches only this path. */
    static String literally(Path path) {
        return path.toString().replaceAll("[\\\\*?\\[\\]!# ]", "\\\\$0");
    }

    /** The same as lines of a .gitignore. */
    static List<String> patterns() {
        List<String> lines = new java.util.ArrayList<>(List.of("*.pyc", ".DS_Store", ".env", ".env.*", ".envrc"));
        TEMPLATES.stream().sorted().forEach(ending -> lines.add("!.env." + ending));
        OFF_LIMITS.stream().sorted().forEach(folder -> lines.add(folder + "/"));
        OUTPUT.stream().sorted().forEach(folder -> lines.add(folder + "/"));
        return lines;
    }
}
