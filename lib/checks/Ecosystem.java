package checks;

import checks.TestReport.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One kind of project: how its check is found, what defines it, and what its test runners are asked and say. Each kind is a file
 * of its own and a line of {@link Ecosystems}; nothing else in the house knows of it. Every question has an
 * answer for those to whom it does not apply.
 */
public interface Ecosystem {
    /**
     * The command that runs the project's own tests, in words; empty when this is no such project, or it has no tests, and for
     * runners that only a Makefile or the user's own command starts.
     *
     * @param installed whether a program of this name is on the PATH
     */
    default Optional<List<String>> find(FileView files, Predicate<String> installed) {
        return Optional.empty();
    }

    /** Whether a file belongs to the check by its name: test sources, and what only configures the runner. */
    default boolean guards(String path) {
        return false;
    }

    /**
     * The part of a build file that has to do with the check, for a file that holds more than that: what a change of it must
     * leave alone. Empty for files of another kind.
     */
    default Optional<String> testPart(String path, String text) {
        return Optional.empty();
    }

    /**
     * For a source file that holds tests too: the same file with {@code source}'s code and {@code tests}' tests. Empty where
     * tests stand in files of their own, or the two cannot be told apart.
     */
    default Optional<String> spliced(String path, String source, String tests) {
        return Optional.empty();
    }

    /**
     * What this kind's build files say about the check: the same text means the same check. Other parts of those files (a
     * dependency, another target) do not count. Empty where no file says anything.
     */
    default String definition(FileView files) {
        return "";
    }

    /**
     * The runner that a command starts, as far as its words tell; empty when it is none of this kind's.
     *
     * @param program the command's first word, without its folder
     * @param arguments what follows it
     */
    default Optional<TestRunner> runner(String program, List<String> arguments) {
        return Optional.empty();
    }

    /**
     * Further arguments with which a command that is this kind's runner says which tests it runs; none for other commands.
     *
     * @param report an empty folder for reports
     */
    default List<String> asking(List<String> words, FileView files, Path report) {
        return List.of();
    }

    /**
     * The same by what its runner reads from the environment, which also reaches through a Makefile or a script.
     *
     * @param environment the check's own, to which these are added
     */
    default Map<String, String> asking(Map<String, String> environment, Path report) {
        return Map.of();
    }

    /**
     * Adds the tests that stand in what the runner wrote into the report folder.
     *
     * @param places under which paths the project's files may have been seen by the runner
     */
    default void written(Path report, List<Path> places, Map<String, Result> results) {}

    /** The paths at which its build tool writes JUnit's XML without being asked. */
    default Optional<Pattern> junitXml() {
        return Optional.empty();
    }

    /** Adds the tests that its runner names in what it prints. A name that is added twice counts as two tests. */
    default void named(Printed printed, Map<String, Result> results) {}

    /** The same for forms that other programs print too: looked for where no runner has been recognized. */
    default void namedLoosely(Printed printed, Map<String, Result> results) {}

    /** How many tests there were, where its runner prints figures without names. */
    default Optional<TestReport> counted(Printed printed) {
        return Optional.empty();
    }
}
