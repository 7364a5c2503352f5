package checks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a check's command leads to among the files of a project.
 *
 * @param programs files that decide the check by their own exit code: the program of {@code --verify}, a script that a target
 *     of make or of package.json runs. A program whose output something else looks at (a pipe, {@code $(…)}, a file) is the
 *     product, not the check.
 * @param helpers what those run or read in, where it calls itself part of a check
 * @param parts by the path of a build file, what of it belongs to the check
 * @param targets what make makes on the way, as paths: make runs nothing for a target that is there as a file
 */
public record CheckPrograms(Set<String> programs, Set<String> helpers, Map<String, String> parts, Set<String> targets) {
    public CheckPrograms {
        programs = Collections.unmodifiableSet(new LinkedHashSet<>(programs));
        helpers = Collections.unmodifiableSet(new LinkedHashSet<>(helpers));
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        targets = Collections.unmodifiableSet(new LinkedHashSet<>(targets));
    }

    /** @param words the check's command; nothing follows from none */
    public static CheckPrograms of(List<String> words, FileView files) {
        CommandTrail trail = new CommandTrail(files);
        if (!words.isEmpty()) {
            trail.command(words, "", 0);
        }
        return trail.found();
    }
}
