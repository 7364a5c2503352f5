package checks;

import checks.TestReport.Result;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A {@code package.json} with a script {@code test}, run by npm, pnpm, yarn or bun. */
public final class NodeProject implements Ecosystem {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "package.json";
    private static final Pattern GUARDED = Pattern.compile(".*\\.(test|spec|e2e)\\.[cm]?[jt]sx?|.*\\.snap"
            + "|(jest|vitest|ava|karma|playwright|cypress|mocha|nyc|wtr|web-test-runner)\\.(config|conf|setup|workspace)\\..*"
            + "|(jest|vitest)[.-]?setup\\..*|\\.(mocharc|nycrc|taprc|c8rc|npmrc|yarnrc).*"
            + "|test[-_.].*\\.[cm]?[jt]sx?|tests?\\.[cm]?[jt]sx?");
    private static final List<String> DEFINING =
            List.of("scripts", "jest", "mocha", "ava", "vitest", "tap", "c8", "nyc", "type", "imports", "workspaces");
    private static final Set<String> MANAGERS = Set.of("npm", "pnpm", "yarn", "bun");
    /** The script that {@code npm init} writes; it always fails. */
    private static final String NO_TEST = "no test specified";

    /** Also for an invalid package.json, so that the failure names it. */
    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        if (!files.exists(FILE)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(files.text(FILE));
            String script = json.path("scripts").path("test").asText("");
            return script.isBlank() || script.contains(NO_TEST) ? Optional.empty() : Optional.of(command(files, json, "test"));
        } catch (JsonProcessingException e) {
            return Optional.of(List.of("npm", "test"));
        }
    }

    @Override
    public boolean guards(String path) {
        return GUARDED.matcher(Names.of(path)).matches() || Names.inTestFolder(path);
    }

    @Override
    public Optional<String> testPart(String path, String text) {
        return Names.of(path).equals(FILE) ? Optional.of(testPart(text)) : Optional.empty();
    }

    /** The scripts, and the configuration of test runners in package.json. */
    @Override
    public String definition(FileView files) {
        return testPart(files.text(FILE));
    }

    private static String testPart(String packageJson) {
        try {
            JsonNode json = JSON.readTree(packageJson);
            StringBuilder text = new StringBuilder();
            for (String field : DEFINING) {
                text.append(field).append(json.path(field)).append('\n');
            }
            return text.toString();
        } catch (JsonProcessingException e) {
            return packageJson;
        }
    }

    /** The text of a script of the project's own package.json. */
    static Optional<String> script(FileView files, String name) {
        return script(files, FILE, name);
    }

    /** The text of a script. */
    static Optional<String> script(FileView files, String packageJson, String name) {
        try {
            String text = JSON.readTree(files.text(packageJson)).path("scripts").path(name).asText("");
            return text.isBlank() ? Optional.empty() : Optional.of(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The command that starts the product. */
    public static Optional<List<String>> start(FileView files) {
        try {
            if (files.exists(FILE)) {
                JsonNode json = JSON.readTree(files.text(FILE));
                if (!json.path("scripts").path("start").asText("").isBlank()) {
                    return Optional.of(command(files, json, "start"));
                }
            }
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static List<String> command(FileView files, JsonNode json, String script) {
        String manager = json.path("packageManager").asText("").replaceFirst("@.*", "");
        if (manager.equals("pnpm") || manager.isEmpty() && files.exists("pnpm-lock.yaml")) {
            return List.of("pnpm", "run", script);
        }
        if (manager.equals("yarn") || manager.isEmpty() && files.exists("yarn.lock")) {
            return List.of("yarn", "run", script);
        }
        if (manager.equals("bun") || manager.isEmpty() && (files.exists("bun.lockb") || files.exists("bun.lock"))) {
            return List.of("bun", "run", script);
        }
        return script.equals("test") ? List.of("npm", "test") : List.of("npm", "run", script);
    }

    @Override
    public Optional<TestRunner> runner(String program, List<String> arguments) {
        return MANAGERS.contains(program) || program.equals("node") ? Optional.of(NodeReports::testedNothing) : Optional.empty();
    }

    @Override
    public List<String> asking(List<String> words, FileView files, Path report) {
        String manager = Names.of(words.get(0));
        if (!MANAGERS.contains(manager)) {
            return List.of();
        }
        List<String> asking = NodeReports.asking(script(files, words.get(words.size() - 1)).orElse("").strip(), report);
        if (asking.isEmpty() || !manager.equals("npm") || words.contains("--")) {
            return asking;
        }
        // Only npm keeps arguments for itself unless they come after "--".
        List<String> behind = new ArrayList<>(List.of("--"));
        behind.addAll(asking);
        return behind;
    }

    @Override
    public void written(Path report, List<Path> places, Map<String, Result> results) {
        NodeReports.written(report, places, results);
    }

    @Override
    public void named(Printed printed, Map<String, Result> results) {
        NodeReports.bun(printed, results);
    }

    @Override
    public void namedLoosely(Printed printed, Map<String, Result> results) {
        NodeReports.tap(printed, results);
        if (results.isEmpty()) {
            NodeReports.spec(printed, results);
        }
    }

    @Override
    public Optional<TestReport> counted(Printed printed) {
        return NodeReports.counted(printed);
    }
}
