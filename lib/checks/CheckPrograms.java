package checks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a project that a check's command uses.
 *
 * @param programs files whose exit code decides the check: the program of {@code --verify}, a script that a target of make or of
 *     package.json runs. A program with output that another program reads (a pipe, {@code $(…)}, a file) is the product, not the
 *     check.
 * @param helpers files that those run or read, if their name says that they belong to a check
 * @param parts by the path of a build file, its part that belongs to the check
 * @param targets paths of the targets that make builds for the check: make runs nothing for a target that exists as a file
 */
public record CheckPrograms(Set<String> programs, Set<String> helpers, Map<String, String> parts, Set<String> targets) {
    public CheckPrograms {
        programs = Collections.unmodifiableSet(new LinkedHashSet<>(programs));
        helpers = Collections.unmodifiableSet(new LinkedHashSet<>(helpers));
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        targets = Collections.unmodifiableSet(new LinkedHashSet<>(targets));
    }

    /** @param words the check's command; empty for no check, which uses no files */
    public static CheckPrograms of(List<String> words, FileView files) {
        CommandTrail trail = new CommandTrail(files);
        if (!words.isEmpty()) {
            trail.command(words, "", 0);
        }
        return trail.found();
    }
}
