package checks;

import checks.TestReport.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A solution or project of .NET that refers to the test SDK. */
final class DotnetProject implements Ecosystem {
    private static final Pattern PROJECT = Pattern.compile(".*\\.(cs|fs|vb)proj");

    private static final Pattern GUARDED = Pattern.compile("(.*/)?[^/]*Tests?/.*|(.*/)?[^/]*\\.Tests?\\.[^/]*/.*|.*Tests?\\.cs"
            + "|.*\\.runsettings|(.*/)?xunit\\.runner\\.json|(.*/)?Directory\\.Build\\.(props|targets)");
    /** The summary of SDK 3.1 and before, and of SDK 9 with its own terminal logger. */
    private static final Pattern LIST = Pattern.compile("(?m)^Total tests: (\\d+)$");
    private static final Pattern PARTS = Pattern.compile("(?m)^[ \\t]*+(Failed|Skipped): (\\d+)$");
    private static final Pattern SUMMARY =
            Pattern.compile("Test summary: total: (\\d+)[,;] failed: (\\d+)[,;] succeeded: \\d+[,;] skipped: (\\d+)");
    private static final Pattern TOTAL =
            Pattern.compile("(?:Passed|Failed)!\\s+- Failed:\\s+(\\d+), Passed:\\s+(\\d+), Skipped:\\s+(\\d+)");

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        boolean tests = files.named(PROJECT).stream().map(files::text)
                .anyMatch(text -> text.contains("Microsoft.NET.Test.Sdk") || text.contains("<IsTestProject>true"));
        return tests ? Optional.of(List.of("dotnet", "test", "--nologo")) : Optional.empty();
    }

    @Override
    public boolean guards(String path) {
        return GUARDED.matcher(path).matches();
    }

    @Override
    public List<String> asking(List<String> words, FileView files, Path report) {
        return Names.of(words.get(0)).equals("dotnet") && words.contains("test")
                ? List.of("--logger", "trx", "--results-directory", report.toString()) : List.of();
    }

    @Override
    public void written(Path report, List<Path> places, Map<String, Result> results) {
        TrxReport.read(report, results);
    }

    @Override
    public Optional<TestReport> counted(Printed printed) {
        Matcher total = TOTAL.matcher(MeasuredText.of(printed.text()));
        if (total.find()) {
            int failed = Integer.parseInt(total.group(1));
            int skipped = Integer.parseInt(total.group(3));
            return Optional.of(TestReport.counted(failed + Integer.parseInt(total.group(2)) + skipped, failed, skipped));
        }
        Matcher summary = SUMMARY.matcher(MeasuredText.of(printed.text()));
        if (summary.find()) {
            return Optional.of(TestReport.counted(Integer.parseInt(summary.group(1)), Integer.parseInt(summary.group(2)),
                    Integer.parseInt(summary.group(3))));
        }
        Matcher list = LIST.matcher(MeasuredText.of(printed.text()));
        return !list.find() ? Optional.empty() : Optional.of(TestReport.counted(Integer.parseInt(list.group(1)),
                printed.sum(PARTS, "Failed"), printed.sum(PARTS, "Skipped")));
    }
}
