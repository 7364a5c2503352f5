package checks;

import checks.TestReport.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One kind of project: how to find its check, which files define the check, and how to ask its test runners and read their output.
 * Each kind is one file and one line of {@link Ecosystems}; no other code knows about it. Every method has a default
 * for kinds to which it does not apply.
 */
public interface Ecosystem {
    /**
     * The command that runs the project's own tests, as words. Empty when the project is of another kind, or has no tests, and for
     * runners that only a Makefile or the user's own command starts.
     *
     * @param installed whether a program of this name is on the PATH
     */
    default Optional<List<String>> find(FileView files, Predicate<String> installed) {
        return Optional.empty();
    }

    /** Whether a file belongs to the check by its name: a test source, or a file that only configures the runner. */
    default boolean guards(String path) {
        return false;
    }

    /**
     * The part of a build file that belongs to the check, for a file that has other parts too: a change must not touch it.
     * Empty for files of another kind.
     */
    default Optional<String> testPart(String path, String text) {
        return Optional.empty();
    }

    /**
     * For a source file that contains tests too: the same file with the code of {@code source} and the tests of {@code tests}. Empty
     * where tests have files of their own, or the two cannot be separated.
     */
    default Optional<String> spliced(String path, String source, String tests) {
        return Optional.empty();
    }

    /**
     * The text in this kind's build files that defines the check: the same text means the same check. Other parts of those files (a
     * dependency, another target) do not count. Empty where no file defines anything.
     */
    default String definition(FileView files) {
        return "";
    }

    /**
     * The runner that a command starts, judged by its words; empty when it is not a runner of this kind.
     *
     * @param program the command's first word, without its folder
     * @param arguments the words after it
     */
    default Optional<TestRunner> runner(String program, List<String> arguments) {
        return Optional.empty();
    }

    /**
     * Additional arguments that make this kind's runner report the tests that it runs; none for other commands.
     *
     * @param report an empty folder for reports
     */
    default List<String> asking(List<String> words, FileView files, Path report) {
        return List.of();
    }

    /**
     * The same through environment variables of the runner, which also work through a Makefile or a script.
     *
     * @param environment the check's own environment, to which these are added
     */
    default Map<String, String> asking(Map<String, String> environment, Path report) {
        return Map.of();
    }

    /**
     * Adds the tests from the runner's files in the report folder.
     *
     * @param places the paths under which the runner may have seen the project's files
     */
    default void written(Path report, List<Path> places, Map<String, Result> results) {}

    /** The paths where the build tool always writes JUnit's XML. */
    default Optional<Pattern> junitXml() {
        return Optional.empty();
    }

    /** Adds the tests that the runner names in its output. A name that is added twice counts as two tests. */
    default void named(Printed printed, Map<String, Result> results) {}

    /** The same for output forms that other programs use too: used only where no runner was recognized. */
    default void namedLoosely(Printed printed, Map<String, Result> results) {}

    /** The number of tests, where the runner prints figures without names. */
    default Optional<TestReport> counted(Printed printed) {
        return Optional.empty();
    }
}
