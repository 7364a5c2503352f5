package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A solution or project of .NET that refers to the test SDK. */
final class DotnetProject implements Ecosystem {
    private static final Pattern PROJECT = Pattern.compile(".*\\.(cs|fs|vb)proj");

    private static final Pattern GUARDED = Pattern.compile("(.*/)?[^/]*Tests?/.*|(.*/)?[^/]*\\.Tests?\\.[^/]*/.*|.*Tests?\\.cs"
            + "|.*\\.runsettings|(.*/)?xunit\\.runner\\.json|(.*/)?Directory\\.Build\\.(props|targets)");

    @Override
    public String name() {
        return "dotnet";
    }

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
}
