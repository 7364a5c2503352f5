package console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the name by which JBang starts our programs from here. JBang does not tell a program how it was called, so this looks at
 * the catalogs in JBang's own order. The answer is a name that works; usually it is the one that the user typed. Only hints
 * depend on it: a catalog that cannot be read counts as missing.
 */
final class JBangCatalogs {
    /** The alias is found by its bare name: {@code jbang pa}. */
    static final String BARE = "";

    private static final String FILE = "jbang-catalog.json";
    private static final int MOST_BYTES = 1 << 20;
    /** JBang's own form of a reference to another catalog: a name and an object without nested objects. */
    private static final Pattern CATALOG = Pattern.compile("\"([\\w.@:/-]+)\"\\s*:\\s*\\{([^{}]*\"catalog-ref\"[^{}]*)\\}");
    private static final Pattern REFERENCE = Pattern.compile("\"catalog-ref\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern IMPORTED = Pattern.compile("\"import\"\\s*:\\s*true");
    private static final Pattern ALIAS = Pattern.compile("\"pa\"\\s*:\\s*\\{[^{}]*\"script-ref\"");

    private JBangCatalogs() {}

    /** The suffix that the program's name needs: {@link #BARE}, or {@code @} and the name of a catalog. */
    static String suffix(Map<String, String> environment, Path here) {
        for (Path folder = here.toAbsolutePath().normalize(); folder != null; folder = folder.getParent()) {
            if (hasAlias(folder.resolve(FILE)) || hasAlias(folder.resolve(".jbang").resolve(FILE))) {
                return BARE;
            }
        }
        Optional<Path> home = Optional.ofNullable(environment.get("JBANG_DIR")).filter(dir -> !dir.isBlank()).map(Path::of)
                .or(() -> Optional.ofNullable(environment.get("HOME")).map(dir -> Path.of(dir, ".jbang")));
        if (home.isEmpty() || hasAlias(home.get().resolve(FILE))) {
            return BARE;
        }
        List<Named> catalogs = catalogs(home.get().resolve(FILE));
        if (catalogs.stream().anyMatch(Named::imported)) {
            return BARE;
        }
        // A catalog on this disk that has our alias; otherwise the only catalog there is.
        return catalogs.stream().filter(catalog -> isLocal(catalog.reference) && hasAlias(Path.of(catalog.reference))).findFirst()
                .or(() -> Optional.of(catalogs).filter(all -> all.size() == 1).map(all -> all.get(0)))
                .map(catalog -> "@" + catalog.name).orElse(BARE);
    }

    private record Named(String name, String reference, boolean imported) {}

    private static List<Named> catalogs(Path file) {
        List<Named> found = new ArrayList<>();
        Matcher each = CATALOG.matcher(text(file));
        while (each.find()) {
            Matcher reference = REFERENCE.matcher(each.group(2));
            found.add(new Named(each.group(1), reference.find() ? reference.group(1) : "",
                    IMPORTED.matcher(each.group(2)).find()));
        }
        return found;
    }

    private static boolean isLocal(String reference) {
        return reference.startsWith("/");
    }

    private static boolean hasAlias(Path file) {
        return ALIAS.matcher(text(file)).find();
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether the PATH has a command of this name, such as one from {@code jbang app install}. */
    static boolean onPath(Map<String, String> environment, String command) {
        return Stream.of(environment.getOrDefault("PATH", "").split(":")).filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, command)).anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }
}
