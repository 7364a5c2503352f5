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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A check that is asked to say which tests it ran, and what it said. Every {@link Ecosystem} asks in its own way.
 *
 * @param words the command, with what asks for a report
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
     * What the runner reported: in the report folder, in the places where build tools put reports, or in what it printed.
     *
     * @param places under which paths the project's files may have been seen by the runner
     * @param since files from before are those of an earlier run, in milliseconds since 1970
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
     * Out of what runners print, for those that write no report, or that a script hides. Figures that no number holds, and output
     * that is made to take long, say nothing: then the exit code counts alone.
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
            return all.sorted().collect(Collectors.toList());
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
