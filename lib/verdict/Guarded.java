package verdict;

import checks.CheckPrograms;
import checks.Ecosystems;
import checks.FileView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files define the check, and which of them a change touched: known from the state before the change. */
final class Guarded {
    private static final Pattern CONFIGURATION = Pattern.compile("\\.?pytest\\.ini|tox\\.ini|.*\\.mk|mvnw(\\.cmd)?|gradlew(\\.bat)?"
            + "|(jest|vitest|ava|karma|playwright|cypress|mocha|nyc)\\.(config|conf)\\..*|\\.(mocharc|nycrc|taprc|c8rc|npmrc|yarnrc).*"
            + "|.*\\.runsettings|\\.coveragerc");

    private final FileView before;
    private final FileView now;
    private final Set<String> programs;

    /** @param words the check's command */
    Guarded(FileView before, FileView now, List<String> words) {
        this.before = before;
        this.now = now;
        this.programs = new LinkedHashSet<>();
        if (!words.isEmpty()) {
            programs.addAll(CheckPrograms.of(words, before));
            programs.addAll(CheckPrograms.of(words, now));
        }
    }

    /** Whether a file belongs to the check as a whole. */
    boolean whole(String path) {
        return programs.contains(path) || Ecosystems.guards(path);
    }

    /** Whether a file says how the check is run, rather than what is tested: a target, a script, a runner's configuration. */
    boolean defines(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean code = path.endsWith(".rs");
        return programs.contains(path) || !code && (Ecosystems.testPart(path, now.text(path)).isPresent()
                || Ecosystems.testPart(path, before.text(path)).isPresent()) || CONFIGURATION.matcher(name).matches();
    }

    /** The changed files that define the check. */
    List<String> among(List<String> changed) {
        List<String> guarded = new ArrayList<>();
        for (String path : changed) {
            if (whole(path) || partly(path)) {
                guarded.add(path);
            }
        }
        return guarded;
    }

    private boolean partly(String path) {
        Optional<String> then = Ecosystems.testPart(path, before.text(path));
        Optional<String> today = Ecosystems.testPart(path, now.text(path));
        return !then.equals(today) && (then.isPresent() || today.isPresent())
                // A build file that is new changes no check that was there.
                && (before.exists(path) || !Ecosystems.definition(before).equals(Ecosystems.definition(now)));
    }
}
