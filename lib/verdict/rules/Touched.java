package verdict.rules;

import checks.FileView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions that a change touched, by their names: those in which an added line stands. */
public final class Touched {
    private static final Pattern DEFINES = Pattern.compile("\\b(?:def|func|fn|function|fun|sub"
                + "|macro_rules!)\\s+(?:\\([^)]*\\)\\s*)?(?:self\\.)?(\\w+)"
            + "|\\b(?:exports\\.|const\\s+|let\\s+|var\\s+)(\\w+)\\s*(?::[^=]+)?=\\s*(?:async\\s*)?(?:function\\b"
            + "|\\([^)]*\\)\\s*(?::[^=]+)?=>|\\w+\\s*=>)"
            + "|^\\s*(?:[\\w<>\\[\\],*&:]+\\s+)+\\*?(\\w+)\\s*\\([^;]*\\)\\s*(?:throws\\s+[\\w., ]+)?\\{|^\\s*(\\w+)\\s*\\(\\)\\s*\\{?");

    private static final int LONGEST = 1000;

    private Touched() {}

    public static Set<String> functions(FileView before, FileView now, List<String> sources) {
        Set<String> names = new LinkedHashSet<>();
        for (String path : sources) {
            String after = now.text(path);
            String[] lines = after.split("\\R", -1);
            for (Line line : LineDiff.added(before.text(path), after)) {
                for (int i = Math.min(line.number(), lines.length) - 1; i >= 0; i--) {
                    Matcher definition = DEFINES.matcher(lines[i]);
                    if (lines[i].length() <= LONGEST && definition.find()) {
                        for (int group = 1; group <= definition.groupCount(); group++) {
                            if (definition.group(group) != null) {
                                names.add(definition.group(group));
                            }
                        }
                        break;
                    }
                }
            }
        }
        return names;
    }
}
