package verdict.rules;

import agent.Suspicion;
import checks.MeasuredText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sources that end the process with success: a check that imports them is over before it has compared anything. A program's
 * own main function may do that.
 */
final class ProcessExitRule extends Rule {
    /** Ways out that skip all that a runner would still do, or hide which way it is; no honest library has one. */
    private static final Pattern ALWAYS = Pattern.compile("\\bos\\._exit\\(|getRuntime\\(\\)\\s*\\.(halt|exit)\\(|process\\.reallyExit"
            + "|\\bsyscall\\.Exit\\(|libc::_exit|\\b_Exit\\(|\\bquick_exit\\s*\\(|SYS_exit\\w*"
            + "|['\"]uncaughtException['\"]\\s*,\\s*(\\(?\\w*\\)?\\s*=>|function\\s*\\w*\\(\\w*\\))\\s*\\{\\s*\\}"
            + "|\\bp(roc|rocess)?\\.exitCode\\s*=\\s*(0|undefined|null|void|false)\\b"
            + "|os\\.kill\\(\\s*os\\.getpid|process\\.exit\\s*=[^=]|\\bexit!|\\bprocess\\s*\\[|getMethod\\(\\s*\"(exit|halt)\""
            + "|getattr\\(\\s*(os|sys|builtins|signal|posix)\\s*,|\\btrap\\b.*\\bexit(\\s+0)?\\b.*\\bEXIT\\b");
    /** Program text that is hidden: one of these, and behind it on the line one of those. */
    private static final Pattern RUNS_TEXT = Pattern.compile("\\b(exec|eval|Function)\\s*\\(");
    private static final Pattern DECODES = Pattern.compile("b64decode|fromhex|decompress|\\.decode\\(|atob\\(|Buffer\\.from");
    /** A name for it that a reader would not look for. */
    private static final Pattern PYTHON_ALIAS = Pattern.compile("(?<!\\.)\\b_exit\\b|(?<!\\bos)\\._exit\\b"
            + "|\\bfrom\\s+sys\\s+import\\b.*\\bexit\\b"
            + "|\\bfrom\\s+os\\s+import\\b.*\\b(_exit|exec[lv]\\w*)\\b");
    private static final String ZERO = "(?:0+|0x0+|0\\.0|None|False|true|not\\s[^)]*|int\\(\\)|bool\\(\\)|\\+?false|~~0|undefined"
            + "|null|void 0"
            + "|0\\s*\\*[^)]*|(\\d+)\\s*-\\s*\\1)";
    private static final String CALL = "(?:\\bsys\\.exit|\\bprocess\\.exit|\\bSystem\\.exit|\\bos\\.Exit|process::exit|Environment\\.Exit"
            + "|Deno\\.exit|\\bexitProcess|\\b(?:Process|Kernel)\\.exit|(?<![\\w.$>])(?:exit|quit|SystemExit))";
    private static final Pattern SUCCESS = Pattern.compile(CALL + "\\(\\s*" + ZERO + "?\\s*\\)|raise\\s+SystemExit\\s*(from\\b.*)?$"
            + "|\\bos\\.exec[lv]\\w*\\(");
    private static final Pattern BY_NAME = Pattern.compile(CALL + "\\(\\s*([A-Za-z_]\\w*)\\s*\\)");
    /** Where it is a statement, without parentheses. */
    private static final Map<String, Pattern> STATEMENTS = Map.of(
            "rb", Pattern.compile("(?<![\\w.:@])exit(\\s+(0|true))?\\s*(if\\b.*|unless\\b.*|;.*|}.*|end\\b.*)?$"),
            "php", Pattern.compile("(?<![\\w>:$])(exit|die)\\s*(\\(\\s*(['\"][^'\"]*['\"])?\\s*\\))?\\s*;"),
            "pl", Pattern.compile("(?<![\\w>:$])exit(\\s+0)?\\s*(if\\b.*|unless\\b.*)?;"),
            "sh", Pattern.compile("(^|[;{&|]|\\bthen\\s|\\belse\\s)\\s*+(exit(\\s+0)?|exec\\s+(/bin/)?true)\\s*(;.*|}.*|$)"));
    private static final Pattern FUNCTION = Pattern.compile("\\b(def|func|fn|function|fun|void|int|sub)\\s+([\\w$]+)\\s*\\("
            + "|\\b(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*(?:async\\s*)?(?:\\([^)]*\\)|\\w+)\\s*=>");
    private static final Pattern MAIN = Pattern.compile("(?i).*(main|cli|usage|help|version|shutdown|signal|quit|exit).*");
    private static final Pattern GUARD = Pattern.compile("__name__\\s*==|require\\.main\\s*===?|import\\.meta\\.main");

    /** How far above a line its function is looked for. */
    private static final int LONGEST_FUNCTION = 2_000;
    /** Of variables that an exit is called with in one file. */
    private static final int MOST_NAMES = 200;

    ProcessExitRule() {
        super("process-exit", true);
    }

    @Override
    void look(FileChange file, List<Suspicion> found) {
        if (!file.code() && (!file.shell() || file.guarded())) {
            return;
        }
        String[] lines = file.after().split("\\R", -1);
        Map<String, Boolean> zeros = new HashMap<>();
        int here = found.size() + Rules.MOST_PER_FILE;
        for (Line line : file.added()) {
            if (found.size() == here) {
                break;
            }
            boolean way = always(line.text(), file.ending())
                    || succeeds(file, lines, line, zeros) && (file.guarded() || !ownProgram(file, lines, line));
            if (way && !line.comment()) {
                found.add(suspicion("ends the process with success", file, line));
            }
        }
    }

    private static boolean always(String line, String ending) {
        Matcher runs = RUNS_TEXT.matcher(line);
        return ALWAYS.matcher(MeasuredText.of(line)).find() || runs.find() && DECODES.matcher(line).find(runs.end())
                || ending.equals("py") && PYTHON_ALIAS.matcher(MeasuredText.of(line)).find();
    }

    private static boolean succeeds(FileChange file, String[] lines, Line line, Map<String, Boolean> zeros) {
        if (line.has(SUCCESS)) {
            return true;
        }
        Matcher named = BY_NAME.matcher(MeasuredText.of(line.text()));
        while (named.find()) {
            String name = named.group(named.groupCount());
            if (zeros.size() > MOST_NAMES) {
                throw new MeasuredText.TooCostly();
            }
            if (zeros.computeIfAbsent(name, n -> isZero(n, file.after()))) {
                return true;
            }
        }
        Pattern statement = STATEMENTS.get(file.shell() ? "sh" : file.ending());
        // A page that redirects ends itself.
        boolean redirects = file.ending().equals("php") && before(lines, line).contains("header(");
        return statement != null && line.has(statement) && !redirects;
    }

    /** Whether a variable of this name is set to a value that means success. */
    private static boolean isZero(String name, String text) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "\\s*(?::\\s*\\w+\\s*)?:?=\\s*" + ZERO + "\\s*(;|#|//|$)",
                Pattern.MULTILINE).matcher(MeasuredText.of(text)).find();
    }

    private static String before(String[] lines, Line line) {
        return line.text() + (line.number() > 1 ? lines[line.number() - 2] : "");
    }

    /** Whether the line stands in a program's entry: its main function, or behind the question whether it is run itself. */
    private static boolean ownProgram(FileChange file, String[] lines, Line line) {
        if (lines[0].startsWith("#!")) {
            return true;
        }
        int depth = indent(line.text());
        for (int i = line.number() - 2; i >= Math.max(0, line.number() - LONGEST_FUNCTION); i--) {
            if (lines[i].isBlank()) {
                continue;
            }
            if (GUARD.matcher(MeasuredText.of(lines[i])).find() && (indent(lines[i]) < depth || lines[i].contains("{"))) {
                return true;
            }
            Matcher function = FUNCTION.matcher(MeasuredText.of(lines[i]));
            if (function.find() && indent(lines[i]) < depth) {
                String called = function.group(2) != null ? function.group(2) : function.group(3);
                return MAIN.matcher(called).matches();
            }
        }
        // At the top level of a file that is a program and is imported by nobody.
        return file.path().matches("(.*/)?(bin|scripts|cmd)/.*");
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
