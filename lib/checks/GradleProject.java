package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A {@code build.gradle} or {@code settings.gradle}, in Groovy or Kotlin. */
final class GradleProject implements Ecosystem {
    private static final List<String> FILES =
            List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");

    @Override
    public String name() {
        return "gradle";
    }

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        // No daemon: it would outlive the check, and everything that does is ended.
        return FILES.stream().anyMatch(files::exists)
                ? Optional.of(Wrapper.command(files, "gradlew", "gradle", "test", "--no-daemon", "--console=plain"))
                : Optional.empty();
    }
}
