package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One kind of project: how its check is found, and what defines it. Each kind is a file of its own and a line of
 * {@link Ecosystems}.
 */
public interface Ecosystem {
    /** A bounded name, for instance {@code maven}. */
    String name();

    /**
     * The command that runs the project's own tests, in words; empty when this is no such project, or it has no tests.
     *
     * @param installed whether a program of this name is on the PATH
     */
    Optional<List<String>> find(FileView files, Predicate<String> installed);

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
}
