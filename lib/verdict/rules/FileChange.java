package verdict.rules;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a change did to one file.
 *
 * @param before its text, empty where it was not there; {@code after} the same
 * @param guarded whether it belongs to the check as a whole
 * @param blocks whether it is new and has the name of a target that make makes for the check
 */
record FileChange(String path, String before, String after, boolean existed, boolean exists, boolean guarded, boolean blocks) {
    private static final Pattern SHELL = Pattern.compile(".*\\.(sh|bash|zsh)");
    private static final Pattern CODE = Pattern.compile(
            ".*\\.(py|pyi|js|mjs|cjs|jsx|ts|tsx|java|kt|kts|scala|groovy|go|rs|rb|php|cs|fs|c|cc|cpp|h|hpp|swift|lua|pl|ex|exs)");

    /** Whether a path is that of program text or of a shell's script. */
    static boolean program(String path) {
        return CODE.matcher(path).matches() || SHELL.matcher(path).matches();
    }

    /** Whether it is program text, and none of the check. */
    boolean source() {
        return !guarded && code();
    }

    boolean code() {
        return CODE.matcher(path).matches();
    }

    boolean shell() {
        return SHELL.matcher(path).matches();
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String ending() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    List<Line> added() {
        return LineDiff.added(before, after);
    }

    List<Line> removed() {
        return LineDiff.added(after, before);
    }

    List<Line> lines() {
        return LineDiff.added("", after);
    }

    /** The line on which a place of the present text stands. */
    int lineOf(int offset) {
        return (int) after.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }
}
