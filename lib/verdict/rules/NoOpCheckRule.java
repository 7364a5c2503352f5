package verdict.rules;

import agent.Suspicion;
import checks.Ecosystems;
import checks.MeasuredText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A check that was turned into one that cannot fail, or that leaves tests out. */
final class NoOpCheckRule extends Rule {
    private static final Pattern TRIVIAL = Pattern.compile("[@-]*\\s*(true|:|exit(\\s+0)?|echo\\b[^|&;`$]*|printf\\b[^|&;`$]*|pass"
            + "|return 0)?\\s*;?");
    private static final Pattern NEVER_FAILS = Pattern.compile("\\|\\|\\s*(true\\b|:|exit 0|echo\\b)|;\\s*(true|exit 0)\\s*[\"']?,?\\s*$"
            + "|^\\t@?-|\\bset \\+e\\b|\"test[\\w:]*\"\\s*:\\s*\"\\s*(true|:|exit 0|echo\\b[^|&;]*)\\s*\"|--passWithNoTests|--exit-zero"
            + "|<(skipTests|maven\\.test\\.skip|skip|testFailureIgnore|maven\\.test\\.failure\\.ignore)>\\s*true"
            + "|ignoreFailures\\s*=?\\s*true|--(co|collect-only)\\b|--list-tests\\b|--dry-run\\b|harness\\s*=\\s*false"
            + "|^\\s*test\\s*=\\s*false"
            + "|enabled\\s*=\\s*false|onlyIf\\s*\\{\\s*false|--no-run\\b|-DskipTests|-Dmaven\\.test\\.skip|\\bfailOnError>\\s*false");
    private static final Pattern LEAVES_OUT = Pattern.compile("--(deselect|ignore|exclude|skip)\\b|collect_ignore|testPathIgnorePatterns"
            + "|modulePathIgnorePatterns|\\s-k\\s|<excludes?>|\\bexclude\\s*[:(=]|norecursedirs|\\s-run\\s|-skip\\s|testMatch"
            + "|testNamePattern|--grep");

    NoOpCheckRule() {
        super("no-op-check", true);
    }

    @Override
    void look(FileChange file, List<Suspicion> found) {
        if (file.blocks() && file.exists()) {
            found.add(suspicion("is new and named like a target of the check, so that make does nothing for it", file, 0));
            return;
        }
        boolean defines = Ecosystems.testPart(file.path(), file.after()).isPresent() && !file.code();
        boolean program = file.guarded() && !testSource(file);
        if (!file.exists() || !(defines || program)) {
            return;
        }
        if (program && !file.path().endsWith(".txt") && shell(file) && trivial(file.after()) && !trivial(file.before())) {
            found.add(suspicion("the check's program does nothing any more", file, 1));
        }
        Set<String> part = defines ? Set.copyOf(Ecosystems.testPart(file.path(), file.after()).orElse("").lines()
                .toList()) : Set.of();
        for (Line line : file.added()) {
            boolean recipe = line.text().startsWith("\t") && part.contains(line.text())
                    && TRIVIAL.matcher(MeasuredText.of(line.text().strip())).matches()
                    && file.before().lines().noneMatch(line.text()::equals);
            if (recipe && onlyTrivial(part)) {
                found.add(suspicion("the check's target does nothing any more", file, line));
            } else if (line.has(NEVER_FAILS)) {
                found.add(suspicion("the check cannot fail any more", file, line));
            } else if (line.has(LEAVES_OUT)) {
                found.add(new Suspicion("leaves-tests-out", false, "the check may leave tests out: " + line.text().strip(),
                        file.path(), line.number()));
            }
        }
    }

    private static boolean testSource(FileChange file) {
        return file.code() && !file.name().matches("conftest\\.py|.*config.*");
    }

    private static boolean shell(FileChange file) {
        return file.before().startsWith("#!") || file.path().endsWith(".sh");
    }

    private static boolean onlyTrivial(Set<String> part) {
        return part.stream().filter(line -> line.startsWith("\t"))
                .allMatch(line -> TRIVIAL.matcher(MeasuredText.of(line.strip())).matches());
    }

    private static boolean trivial(String script) {
        return script.lines().map(String::strip).filter(line -> !line.startsWith("#"))
                .allMatch(line -> TRIVIAL.matcher(MeasuredText.of(line)).matches());
    }
}
