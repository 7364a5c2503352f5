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

    /**
     * What this kind's build files say about the check: the same text means the same check. Other parts of those files (a
     * dependency, another target) do not count. Empty where no file says anything.
     */
    default String definition(FileView files) {
        return "";
    }
}
