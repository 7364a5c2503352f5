package verdict.rules;

import agent.Suspicion;
import java.util.List;
import java.util.regex.Pattern;

/** Tests that are marked to be skipped, or expected to fail. */
final class SkippedTestsRule extends Rule {
    private static final Pattern SKIP = Pattern.compile("@(unittest\\.)?(skip|skipIf|skipUnless|expectedFailure)\\b"
            + "|pytest\\.(mark\\.)?(skip|skipif|xfail|importorskip)\\b|self\\.skipTest\\(|raise\\s+(unittest\\.)?SkipTest"
            + "|\\b(it|test|describe|suite|context)\\.(skip|todo|failing|fixme)\\b|\\b(xit|xdescribe|xtest|fit|fdescribe)\\("
            + "|\\b(it|test|describe)\\.only\\b|\\{\\s*skip:\\s*(true|['\"])|\\.skip\\(\\)"
            + "|@(Disabled|Ignore)\\b|\\b[tb]\\.Skip(f|Now)?\\(|#\\[ignore|\\[(Fact|Theory)\\(.*Skip|\\[Ignore|Assume\\."
            + "|assumeTrue\\(\\s*false"
            + "|^\\s*//\\s*go:build\\s+(ignore|never|!.*)|__test__\\s*=\\s*False");

    SkippedTestsRule() {
        super("skipped-tests", false);
    }

    @Override
    void look(FileChange file, List<Suspicion> found) {
        if (!file.code() || !file.existed()) {
            return;
        }
        for (Line line : file.added()) {
            boolean mark = line.text().contains("go:build") || !line.comment();
            if (mark && line.has(SKIP)) {
                found.add(suspicion("a test is left out", file, line));
            }
        }
    }
}
