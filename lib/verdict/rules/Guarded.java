package verdict.rules;

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
public final class Guarded {
    private static final Pattern CONFIGURATION = Pattern.compile("\\.?pytest\\.ini|tox\\.ini|.*\\.mk|mvnw(\\.cmd)?|gradlew(\\.bat)?"
            + "|(jest|vitest|ava|karma|playwright|cypress|mocha|nyc)\\.(config|conf)\\..*|\\.(mocharc|nycrc|taprc|c8rc|npmrc|yarnrc).*"
            + "|.*\\.runsettings|\\.coveragerc");
    /** What a test's own helpers use and the product does not: the test framework. */
    private static final Pattern SUPPORT = Pattern.compile("(?m)^[ \\t]*+(import|from)\\s+(pytest|unittest|_pytest)\\b(?!\\.mock)"
            + "|\\*testing\\.[TB]\\b|\\btesting\\.TB\\b|^import\\s+(static\\s+)?org\\.(junit|assertj|hamcrest|testng)\\b"
            + "|(require\\(|from)\\s*['\"](chai|vitest|@jest/globals|mocha|node:test|bun:test)['\"]"
            + "|^[ \\t]*+require\\s+['\"](minitest|rspec|test/unit)\\b|^use PHPUnit\\b|^using (Xunit|NUnit)\\b");

    /** Names of what tests use to compare, or compare with. */
    private static final Pattern NAMED = Pattern.compile("(?i)(.*/)?(assert(ion)?s?|expect(ed|ations?)|(unit)?test(ing)?[_-]?(utils?"
            + "|helpers?|support|lib"
            + "|base|kit|cases?|data|main)|(unit)?tests)\\.\\w+|.*\\.(golden|expected|approved)(\\.\\w+)?");

    private final FileView before;
    private final FileView now;
    private final CheckPrograms then;
    private final CheckPrograms today;
    private final Set<String> programs = new LinkedHashSet<>();

    /** @param words the check's command */
    public Guarded(FileView before, FileView now, List<String> words) {
        this.before = before;
        this.now = now;
        this.then = CheckPrograms.of(words, before);
        this.today = CheckPrograms.of(words, now);
        for (CheckPrograms each : List.of(then, today)) {
            programs.addAll(each.programs());
            programs.addAll(each.helpers());
        }
    }

    /** Whether a file belongs to the check as a whole. */
    public boolean whole(String path) {
        return programs.contains(path) || Ecosystems.guards(path) || blocks(path) || NAMED.matcher(path).matches()
                || path.matches(".*\\.\\w+") && SUPPORT.matcher(before.text(path)).find();
    }

    /** Whether a file of program text holds tests; those that stand in the sources count too. */
    public boolean holdsTests(String path) {
        boolean text = FileChange.program(path) || programs.contains(path);
        return text && (whole(path) || path.endsWith(".rs") && Ecosystems.testPart(path, now.text(path)).isPresent());
    }

    /** Whether a new file has the name of a target that make makes for the check: with it there, make runs nothing. */
    boolean blocks(String path) {
        return !before.exists(path) && (then.targets().contains(path) || today.targets().contains(path));
    }

    /** Whether a file says how the check is run, rather than what is tested: a target, a script, a runner's configuration. */
    public boolean defines(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean code = path.endsWith(".rs");
        return programs.contains(path) || then.parts().containsKey(path) || today.parts().containsKey(path)
                || !code && (Ecosystems.testPart(path, now.text(path)).isPresent()
                || Ecosystems.testPart(path, before.text(path)).isPresent()) || CONFIGURATION.matcher(name).matches();
    }

    /** The changed files that define the check. */
    public List<String> among(List<String> changed) {
        List<String> guarded = new ArrayList<>();
        for (String path : changed) {
            if (whole(path) || partly(path)) {
                guarded.add(path);
            }
        }
        return guarded;
    }

    private boolean partly(String path) {
        if (then.parts().containsKey(path) || today.parts().containsKey(path)) {
            // What the command leads to is known exactly.
            return !Optional.ofNullable(then.parts().get(path)).equals(Optional.ofNullable(today.parts().get(path)));
        }
        Optional<String> was = Ecosystems.testPart(path, before.text(path));
        Optional<String> is = Ecosystems.testPart(path, now.text(path));
        return !was.equals(is)
                // A build file that is new changes no check that was there.
                && (before.exists(path) || !Ecosystems.definition(before).equals(Ecosystems.definition(now)));
    }
}
