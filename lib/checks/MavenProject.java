package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A {@code pom.xml}. */
final class MavenProject implements Ecosystem {
    @Override
    public String name() {
        return "maven";
    }

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        return files.exists("pom.xml") ? Optional.of(Wrapper.command(files, "mvnw", "mvn", "-B", "test")) : Optional.empty();
    }
}
