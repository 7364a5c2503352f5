package verdict.rules;

import agent.Suspicion;
import checks.MeasuredText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Objects that are equal to everything, so that any assertion about them holds. */
final class AlwaysEqualRule extends Rule {
    private static final Pattern ALWAYS = Pattern.compile(
            "def __eq__\\([^)]*\\)[^:]*:\\s*(?:\"\"\"[\\s\\S]*?\"\"\"\\s*|#[^\\n]*\\s*)?return True\\b"
            + "|def __ne__\\([^)]*\\)[^:]*:\\s*return False\\b|__eq__\\s*=\\s*lambda[^:]*:\\s*True|__ne__\\s*=\\s*lambda[^:]*:\\s*False"
            + "|['\"]__eq__['\"]\\s*:\\s*lambda[^:]*:\\s*True|['\"]__ne__['\"]\\s*:\\s*lambda[^:]*:\\s*False"
            + "|boolean\\s+equals\\s*\\(\\s*(?:final\\s+)?Object\\s+\\w+\\s*\\)\\s*\\{\\s*return\\s+true\\s*;"
            + "|bool\\s+Equals\\s*\\([^)]*\\)\\s*(?:\\{\\s*return\\s+true\\s*;|=>\\s*true)"
            + "|fun\\s+equals\\s*\\([^)]*\\)[^={]*(?:=\\s*true\\b|\\{\\s*return\\s+true\\b)"
            + "|fn\\s+eq\\s*\\(\\s*&self[^)]*\\)\\s*->\\s*bool\\s*\\{\\s*true\\s*\\}"
            + "|func\\s*\\([^)]*\\)\\s*Equal\\s*\\([^)]*\\)\\s*bool\\s*\\{\\s*return\\s+true\\b"
            + "|(?:asymmetricMatch|isEqual|equals)\\s*\\([^)]*\\)\\s*\\{\\s*return\\s+true\\b"
            + "|def\\s+==\\s*\\(?\\w+\\)?\\s*true\\b|\\bmock\\.ANY\\b");

    private static final Pattern PYTHON = Pattern.compile("(?m)^([ \\t]*)def __(?:eq|ne|lt|le|gt"
            + "|ge)__\\(\\s*\\w+\\s*,\\s*\\*?(\\w+)[^)]*\\)[^:\\n]*:(.*\\n(?:\\1[ \\t]+.*\\n|[ \\t]*\\n)*+)");
    private static final Pattern BRACES = Pattern.compile(
            "\\b(?:boolean\\s+equals|bool\\s+Equals"
                    + "|asymmetricMatch)\\s*\\(\\s*(?:final\\s+)?(?:[\\w?]+\\s+)?(\\w+)\\s*\\)[^{;]*\\{([^{}]*)\\}");
    /** Of comparisons in one file. */
    private static final int MOST = 1_000;
    private static final Pattern RETURN = Pattern.compile("\\breturn\\b\\s*([^;\\n]*)");

    AlwaysEqualRule() {
        super("always-equal", true);
    }

    @Override
    void look(FileChange file, List<Suspicion> found) {
        String text = file.source() ? file.after() + "\n" : "";
        int seen = 0;
        Matcher matcher = ALWAYS.matcher(MeasuredText.of(text));
        while (matcher.find() && ++seen <= MOST) {
            add(found, file, matcher);
        }
        Matcher python = PYTHON.matcher(MeasuredText.of(text));
        while (python.find() && ++seen <= MOST) {
            if (regardless(python.group(3), python.group(2))) {
                add(found, file, python);
            }
        }
        Matcher braces = BRACES.matcher(MeasuredText.of(text));
        while (braces.find() && ++seen <= MOST) {
            if (regardless(braces.group(2), braces.group(1))) {
                add(found, file, braces);
            }
        }
        if (seen > MOST) {
            throw new MeasuredText.TooCostly();
        }
    }

    private void add(List<Suspicion> found, FileChange file, Matcher matcher) {
        int line = file.lineOf(Math.min(matcher.start(), file.after().length()));
        if (!file.before().contains(matcher.group().strip()) && found.stream().noneMatch(s -> s.file().equals(file.path())
                && s.line() == line)) {
            found.add(suspicion("is equal to everything: " + matcher.group().strip().lines().findFirst().orElse(""), file, line));
        }
    }

    /** Whether a comparison answers without a look at the other one. */
    private static boolean regardless(String body, String other) {
        Matcher returned = RETURN.matcher(MeasuredText.of(body));
        boolean any = false;
        boolean constant = true;
        while (returned.find()) {
            any = true;
            constant &= returned.group(1).strip().matches("\\(?\\s*(True|true|1|not (False|None|0)|!false|!!1)\\s*\\)?");
        }
        boolean looks = Pattern.compile("\\b" + Pattern.quote(other) + "\\b").matcher(MeasuredText.of(body)).find();
        return any && (constant || !looks && !body.contains("NotImplemented"));
    }
}
