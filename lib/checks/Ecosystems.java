package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The known kinds of projects, in the order of the search: the first one that fits is used. */
public final class Ecosystems {
    private static final List<Ecosystem> ALL = List.of(new MakeProject(), new MavenProject(), new GradleProject(),
            new NodeProject(), new PythonProject(), new CargoProject(), new GoProject(), new DotnetProject(), new CTests(), new PhpTests(),
            new RubyTests());

    private Ecosystems() {}

    public static List<Ecosystem> all() {
        return ALL;
    }

    /** Whether a file belongs to a check of any kind, by its name. */
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

    /** The text in the build files of all kinds that defines their checks. */
    public static String definition(FileView files) {
        StringBuilder text = new StringBuilder();
        ALL.forEach(kind -> text.append(kind.definition(files)).append('\0'));
        return text.toString();
    }

    /**
     * The project's own check, as words. The first kind that fits is used, even when its tool is not installed: the success of another
     * kind's check would prove less.
     */
    public static Optional<List<String>> check(FileView files, Predicate<String> installed) {
        return ALL.stream().flatMap(kind -> kind.find(files, installed).stream()).findFirst();
    }
}
