package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import process.Completed;

/** A {@code build.gradle} or {@code settings.gradle}, in Groovy or Kotlin. */
final class GradleProject implements Ecosystem {
    private static final List<String> FILES =
            List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");

    /** Blocks of dependencies and the like, without braces inside. */
    private static final Pattern OTHER =
            Pattern.compile("(?s)\\b(dependencies|repositories|plugins|dependencyManagement)\\s*\\{[^{}]*\\}|//[^\\n]*"
            + "|(?m)^[ \\t]*+version[ \\t]*+=?[ \\t]*+['\"][^\\n]*|\\s+");
    private static final Pattern GUARDED =
            Pattern.compile("(.*/)?src/(test|[A-Za-z]*[tT]est)/.*|gradlew(\\.bat)?|gradle/wrapper/.*|buildSrc/.*");
    private static final Pattern REPORTS = Pattern.compile(".*/test-results/.*/?TEST-[^/]*\\.xml");
    private static final Pattern NO_TESTS = Pattern.compile("(?m)^> Task \\S{0,1000}[tT]est NO-SOURCE$");
    private static final Pattern TESTS = Pattern.compile("(?m)^> Task \\S{0,1000}[tT]est( UP-TO-DATE| FROM-CACHE)?$");

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        // No daemon: it would outlive the check, and every process that does is ended.
        return FILES.stream().anyMatch(files::exists)
                ? Optional.of(Wrapper.command(files, "gradlew", "gradle", "test", "--no-daemon", "--console=plain"))
                : Optional.empty();
    }

    @Override
    public boolean guards(String path) {
        return GUARDED.matcher(path).matches();
    }

    @Override
    public Optional<String> testPart(String path, String text) {
        return Names.of(path).matches("(build|settings)\\.gradle(\\.kts)?|gradle\\.properties")
                ? Optional.of(OTHER.matcher(text).replaceAll(" ")) : Optional.empty();
    }

    @Override
    public Optional<TestRunner> runner(String program, List<String> arguments) {
        // With this option it does not say whether there were tests.
        boolean tests = program.matches("gradlew?") && !arguments.contains("-q") && !arguments.contains("--quiet")
                && arguments.stream().anyMatch(a -> a.matches("(.*:)?(test|check|build)"));
        return tests ? Optional.of(GradleProject::testedNothing) : Optional.empty();
    }

    private static Optional<String> testedNothing(Completed run) {
        return run.succeeded() && NO_TESTS.matcher(run.output()).find() && !TESTS.matcher(run.output()).find()
                ? Optional.of("Gradle found no test sources") : Optional.empty();
    }

    @Override
    public Optional<Pattern> junitXml() {
        return Optional.of(REPORTS);
    }
}
