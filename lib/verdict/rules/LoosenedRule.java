package verdict.rules;

import agent.Suspicion;
import checks.MeasuredText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Assertions of existing tests that are gone, or that ask for something else or for less. Two assertions are the same when
 * they hold the same literals and are of the same strength, so that renaming what they call is no change.
 */
final class LoosenedRule extends Rule {
    private static final Pattern ASSERTION = Pattern.compile("\\bassert|\\bexpect\\(|\\.should\\b|\\bAssert\\.|\\brequire\\.\\w+\\(t\\b"
            + "|\\bt\\.(is|deepEqual|equal|true|false|throws)\\(|pytest\\.raises|^\\s*(?:\\}\\s*else\\s*)?if\\s.*(!=|==|<|>|!reflect"
            + "|!bytes|!errors|!slices).*\\{\\s*$"
            + "|^\\s*\\{.*\\},?\\s*$|^\\s*[\\[(].*[\\])],?\\s*$");
    private static final Pattern WEAK = Pattern.compile("assert(True|False|IsNotNone|IsNone|IsInstance|NotNull|NotEqual"
            + "|NotEquals)\\b|toBe(Truthy|Defined|Falsy)\\("
            + "|assert\\.(ok|notNull|NotNil|IsNotNull)\\(|assert\\(|^\\s*assert\\s+[^=<>]*$|expect\\.any|\\.not\\.|is_(ok"
            + "|some)\\(\\)|assert!\\(|!=\\s*(nil|null|None)"
            + "|assertThat\\([^)]*\\)\\.isNotNull|ANY\\b|approx|assertAlmostEqual|toBeCloseTo");
    private static final Pattern SWALLOWED =
            Pattern.compile("except\\s*(\\(?\\s*(AssertionError|Exception|BaseException)[^:]*)?:|catch\\s*(\\(\\s*\\w*\\s*\\)"
                    + "|\\(\\s*(AssertionError|Throwable|Error)\\b)|contextlib\\.suppress|recover\\(\\)");

    LoosenedRule() {
        super("loosened-assertion", false);
    }

    @Override
    void look(FileChange file, List<Suspicion> found) {
        if (!file.existed() || !file.code() || !(file.guarded() || checks.Ecosystems.testPart(file.path(),
                file.before()).isPresent())) {
            return;
        }
        List<String> now = file.added().stream().map(Line::text).filter(LoosenedRule::asserts).map(LoosenedRule::signature)
                .collect(Collectors.toCollection(ArrayList::new));
        for (Line line : file.removed()) {
            if (asserts(line.text()) && !now.remove(signature(line.text()))) {
                found.add(suspicion("an assertion is gone or asks for something else: " + line.text().strip(), file,
                        file.exists() ? Math.max(1, Math.min(line.number(), file.lines().size())) : 0));
            }
        }
        for (Line line : file.added()) {
            if (file.guarded() && line.has(SWALLOWED) && !line.comment()) {
                found.add(suspicion("a failing assertion may be swallowed", file, line));
            }
        }
    }

    private static boolean asserts(String line) {
        return ASSERTION.matcher(MeasuredText.of(line)).find() && !Line.comment(line);
    }

    private static String signature(String line) {
        return (WEAK.matcher(MeasuredText.of(line)).find() ? "weak " : "strong ")
                + Literals.of(line).stream().sorted().collect(Collectors.joining("|"));
    }
}
