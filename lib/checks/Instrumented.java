package checks;

import checks.TestReport.Result;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A check that is asked to say which tests it ran: by what its runner reads from the environment, which also reaches through
 * a Makefile or a script, or by a further argument where the command is the runner itself.
 *
 * @param words the command, with what asks for a report
 * @param environment to be added to the check's
 */
public record Instrumented(List<String> words, Map<String, String> environment) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JUNIT = "junit.xml";
    private static final String JSON_REPORT = "tests.json";
    private static final int DEEPEST = 12;
    private static final String RSPEC_REPORT = "rspec.json";
    /** How a script of package.json starts one program and nothing else: with variables, through a manager, by its path. */
    private static final String STARTS = "(\\w+=\\S+ |npx (--no-install |--yes |-y )?|bunx |yarn |pnpm (exec )?|cross-env(-shell)? |node (--\\S+ )*)*"
            + "(\\./)?(node_modules/(\\.bin/|jest/bin/|vitest/))?";
    private static final Pattern JEST = Pattern.compile(STARTS + "jest(\\.js)?( .*)?");
    private static final Pattern VITEST = Pattern.compile(STARTS + "vitest(\\.mjs)?( .*)?");
    private static final Set<String> NODE_MANAGERS = Set.of("npm", "pnpm", "yarn", "bun");

    /**
     * @param report an empty folder for reports
     * @param files of the project as it is checked
     * @param environment the check's own
     */
    public static Instrumented of(List<String> words, Path report, FileView files, Map<String, String> environment) {
        Map<String, String> further = new TreeMap<>();
        further.put("PYTEST_ADDOPTS", (environment.getOrDefault("PYTEST_ADDOPTS", "") + " -o junit_family=xunit1 --junitxml="
                + report.resolve(JUNIT)).strip());
        further.put("GOFLAGS", (environment.getOrDefault("GOFLAGS", "") + " -v").strip());
        // RSpec reads it last; with its own report alone it would print nothing.
        further.put("SPEC_OPTS", (environment.getOrDefault("SPEC_OPTS", "") + " --format progress --format json --out "
                + report.resolve(RSPEC_REPORT)).strip());
        return new Instrumented(asking(words, report, files), further);
    }

    private static List<String> asking(List<String> words, Path report, FileView files) {
        List<String> asking = new ArrayList<>(words);
        int unittest = words.indexOf("unittest");
        if (unittest > 0 && words.get(unittest - 1).equals("-m") && !words.contains("-v")) {
            asking.add("-v");
        }
        if (NODE_MANAGERS.contains(Names.of(words.get(0)))) {
            List<String> options = reporting(NodeProject.script(files, words.get(words.size() - 1)).orElse("").strip(), report);
            if (!options.isEmpty()) {
                // npm alone keeps for itself what does not stand behind it.
                if (Names.of(words.get(0)).equals("npm") && !words.contains("--")) {
                    asking.add("--");
                }
                asking.addAll(options);
            }
        }
        if (words.equals(List.of("cargo", "test"))) {
            // Else the first file with a failure hides the tests of all others.
            asking.add("--no-fail-fast");
        }
        if (Names.of(words.get(0)).equals("dotnet") && words.contains("test")) {
            asking.addAll(List.of("--logger", "trx", "--results-directory", report.toString()));
        }
        return List.copyOf(asking);
    }

    private static List<String> reporting(String script, Path report) {
        boolean alone = !script.matches("(?s).*[&|;\n].*") && !script.contains("--outputFile");
        return alone && JEST.matcher(script).matches() ? List.of("--json", "--outputFile=" + report.resolve(JSON_REPORT))
                : alone && VITEST.matcher(script).matches()
                        ? List.of("--reporter=json", "--outputFile=" + report.resolve(JSON_REPORT)) : List.of();
    }

    /**
     * What the runner reported: in the report folder, in the places where build tools put reports, or in what it printed.
     *
     * @param places under which paths the project's files may have been seen by the runner
     * @param since files from before are those of an earlier run, in milliseconds since 1970
     */
    public static TestReport read(Path report, Path root, List<Path> places, String output, long since) {
        Map<String, Result> results = new LinkedHashMap<>();
        if (Files.exists(report.resolve(JUNIT))) {
            JunitXml.read(report.resolve(JUNIT), results);
        }
        if (Files.exists(report.resolve(JSON_REPORT))) {
            json(report.resolve(JSON_REPORT), places, results);
        }
        if (Files.exists(report.resolve(RSPEC_REPORT))) {
            rspec(report.resolve(RSPEC_REPORT), results);
        }
        TrxReport.read(report, results);
        if (results.isEmpty()) {
            buildReports(root, since).forEach(file -> JunitXml.read(file, results));
        }
        return results.isEmpty() ? PrintedReports.read(output) : TestReport.of(results);
    }

    /** The format of jest, which vitest writes too. */
    private static void json(Path file, List<Path> places, Map<String, Result> results) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            for (JsonNode suite : json.path("testResults")) {
                if (suite.path("assertionResults").isEmpty() && suite.path("status").asText().equals("failed")) {
                    TestIds.add(results, within(suite.path("name").asText(), places), Result.FAIL);
                }
                for (JsonNode test : suite.path("assertionResults")) {
                    String status = test.path("status").asText();
                    TestIds.add(results, within(suite.path("name").asText(), places) + " > " + test.path("fullName").asText(),
                            status.equals("passed") ? Result.PASS : status.equals("failed") ? Result.FAIL : Result.SKIP);
                }
            }
        } catch (JsonProcessingException e) {
            results.clear();
        } catch (IOException e) {
            results.clear();
        }
    }

    private static void rspec(Path file, Map<String, Result> results) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            for (JsonNode example : json.path("examples")) {
                String status = example.path("status").asText();
                TestIds.add(results, example.path("file_path").asText().replaceFirst("^\\./", "") + " > "
                        + example.path("full_description").asText(),
                        status.equals("passed") ? Result.PASS : status.equals("failed") ? Result.FAIL : Result.SKIP);
            }
            int outside = json.path("summary").path("errors_outside_of_examples_count").asInt();
            if (outside > 0) {
                TestIds.add(results, "outside of the examples", Result.FAIL);
            }
        } catch (IOException e) {
            results.clear();
        }
    }

    /** A file's path in the project: two files may have one name. */
    private static String within(String path, List<Path> places) {
        return places.stream().filter(place -> path.startsWith(place + "/")).findFirst()
                .map(place -> path.substring(place.toString().length() + 1)).orElse(Names.of(path));
    }

    private static List<Path> buildReports(Path root, long since) {
        try (Stream<Path> all = Files.find(root, DEEPEST, (file, attributes) -> attributes.isRegularFile()
                && attributes.lastModifiedTime().toMillis() >= since && file.getFileName().toString().endsWith(".xml")
                && file.toString().matches(".*/(surefire-reports|failsafe-reports|test-results/.*)/?TEST-[^/]*\\.xml"))) {
            return all.sorted().collect(Collectors.toList());
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }
}
