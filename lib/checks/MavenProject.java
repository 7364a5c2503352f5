package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A {@code pom.xml}. */
final class MavenProject implements Ecosystem {
    /** What a pom says about other things than the build. */
    private static final Pattern OTHER = Pattern.compile("(?s)<!--.*?-->|<(dependencies|dependencyManagement|repositories"
            + "|licenses|developers|scm|description|url|issueManagement|distributionManagement)>.*?</\\1>"
            + "|<version>[^<]*</version>|\\s+");
    private static final Pattern GUARDED = Pattern.compile("(.*/)?src/(test|it|[A-Za-z]*[tT]est)/.*"
            + "|(.*/)?\\w+(Test|Tests|TestCase|IT|Spec)\\.(java|kt|groovy|scala)|\\.mvn/.*|mvnw(\\.cmd)?");

    @Override
    public String name() {
        return "maven";
    }

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        return files.exists("pom.xml") ? Optional.of(Wrapper.command(files, "mvnw", "mvn", "-B", "test")) : Optional.empty();
    }

    @Override
    public boolean guards(String path) {
        return GUARDED.matcher(path).matches();
    }

    @Override
    public Optional<String> testPart(String path, String text) {
        return Names.of(path).equals("pom.xml") ? Optional.of(OTHER.matcher(text).replaceAll(" ")) : Optional.empty();
    }
}
