package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The kinds of projects that are known, in the order in which they are looked for: the first that is there counts. */
public final class Ecosystems {
    private static final List<Ecosystem> ALL = List.of(new MakeProject(), new MavenProject(), new GradleProject(),
            new NodeProject(), new PythonProject(), new CargoProject(), new GoProject(), new DotnetProject(), new CTests(), new PhpTests(),
            new RubyTests());

    private Ecosystems() {}

    public static List<Ecosystem> all() {
        return ALL;
    }

    /** Whether a file belongs to a check of any kind by its name. */
    public static boolean guards(String path) {
        return ALL.stream().anyMatch(kind -> kind.guards(path));
    }

    /** See {@link Ecosystem#testPart}. */
    public static Optional<String> testPart(String path, String text) {
        return ALL.stream().flatMap(kind -> kind.testPart(path, text).stream()).findFirst();
    }

    /** See {@link Ecosystem#spliced}. */
    public static Optional<String> spliced(String path, String source, String tests) {
        return ALL.stream().flatMap(kind -> kind.spliced(path, source, tests).stream()).findFirst();
    }

    /** What the build files of all kinds say about their checks. */
    public static String definition(FileView files) {
        StringBuilder text = new StringBuilder();
        ALL.forEach(kind -> text.append(kind.definition(files)).append('\0'));
        return text.toString();
    }

    /**
     * The project's own check, in words. The first kind that is there counts, also when its tool is not installed: another
     * one's success would prove less.
     */
    public static Optional<List<String>> check(FileView files, Predicate<String> installed) {
        return ALL.stream().flatMap(kind -> kind.find(files, installed).stream()).findFirst();
    }
}
