package verdict.rules;

import agent.Suspicion;
import checks.MeasuredText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tests that are marked to be skipped, or expected to fail. */
final class SkippedTestsRule implements Rule {
    private static final Pattern SKIP = Pattern.compile("@(unittest\\.)?(skip|skipIf|skipUnless|expectedFailure)\\b"
            + "|pytest\\.(mark\\.)?(skip|skipif|xfail|importorskip)\\b|self\\.skipTest\\(|raise\\s+(unittest\\.)?SkipTest"
            + "|\\b(it|test|describe|suite|context)\\.(skip|todo|failing|fixme)\\b|\\b(xit|xdescribe|xtest|fit|fdescribe)\\("
            + "|\\b(it|test|describe)\\.only\\b|\\{\\s*skip:\\s*(true|['\"])|\\.skip\\(\\)"
            + "|@(Disabled|Ignore)\\b|\\b[tb]\\.Skip(f|Now)?\\(|#\\[ignore|\\[(Fact|Theory)\\(.*Skip|\\[Ignore|Assume\\."
            + "|assumeTrue\\(\\s*false"
            + "|^\\s*//\\s*go:build\\s+(ignore|never|!.*)|__test__\\s*=\\s*False");

    @Override
    public String name() {
        return "skipped-tests";
    }

    @Override
    public List<Suspicion> look(Change change) {
        List<Suspicion> found = new ArrayList<>();
        for (FileChange file : change.files()) {
            if (!file.code() || !file.existed()) {
                continue;
            }
            for (Line line : file.added()) {
                boolean mark = line.text().contains("go:build") || !ProcessExitRule.comment(line.text());
                if (mark && SKIP.matcher(MeasuredText.of(line.text())).find()) {
                    found.add(new Suspicion(name(), false, "a test is left out: " + line.text().strip(), file.path(), line.number()));
                }
            }
        }
        return found;
    }
}
