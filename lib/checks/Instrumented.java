package checks;

import checks.TestReport.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A check with the request to report the tests that it runs, and its answer. Every {@link Ecosystem} has its own way to ask.
 *
 * @param words the command, with the arguments for the report
 * @param environment to be added to the check's
 */
public record Instrumented(List<String> words, Map<String, String> environment) {
    private static final int DEEPEST = 12;

    /**
     * @param report an empty folder for reports
     * @param files of the project as it is checked
     * @param environment the check's own
     */
    public static Instrumented of(List<String> words, Path report, FileView files, Map<String, String> environment) {
        List<String> asking = new ArrayList<>(words);
        Map<String, String> further = new TreeMap<>();
        for (Ecosystem kind : Ecosystems.all()) {
            asking.addAll(kind.asking(words, files, report));
            further.putAll(kind.asking(environment, report));
        }
        return new Instrumented(List.copyOf(asking), further);
    }

    /**
     * The runner's report: from the report folder, from the places where build tools put reports, or from its output.
     *
     * @param places the paths under which the runner may have seen the project's files
     * @param since the time of the start, in milliseconds since 1970; older files are from an earlier run
     */
    public static TestReport read(Path report, Path root, List<Path> places, String output, long since) {
        Map<String, Result> results = new LinkedHashMap<>();
        Ecosystems.all().forEach(kind -> kind.written(report, places, results));
        if (results.isEmpty()) {
            buildReports(root, since).forEach(file -> JunitXml.read(file, results));
        }
        return results.isEmpty() ? printed(Printed.of(output)) : TestReport.of(results);
    }

    /**
     * Reads the tests from the output of runners that write no report, or that are hidden in a script. If a figure is too large, or the
     * output takes too long to match, the result is empty: then only the exit code counts.
     */
    static TestReport printed(Printed printed) {
        try {
            return understood(printed);
        } catch (NumberFormatException | MeasuredText.TooCostly e) {
            return TestReport.NONE;
        }
    }

    private static TestReport understood(Printed printed) {
        Map<String, Result> results = new LinkedHashMap<>();
        List<Ecosystem> kinds = Ecosystems.all();
        kinds.forEach(kind -> kind.named(printed, results));
        if (results.isEmpty()) {
            kinds.forEach(kind -> kind.namedLoosely(printed, results));
        }
        return results.isEmpty() ? kinds.stream().flatMap(kind -> kind.counted(printed).stream()).findFirst().orElse(TestReport.NONE)
                : TestReport.of(results);
    }

    private static List<Path> buildReports(Path root, long since) {
        try (Stream<Path> all = Files.find(root, DEEPEST, (file, attributes) -> attributes.isRegularFile()
                && attributes.lastModifiedTime().toMillis() >= since && file.toString().endsWith(".xml")
                && Ecosystems.all().stream().flatMap(kind -> kind.junitXml().stream())
                        .anyMatch(place -> place.matcher(file.toString()).matches()))) {
            return all.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
