package verdict;

import agent.Suspicion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sources that end the process with success: a check that imports them is over before it has compared anything. A program's
 * own main function may do that.
 */
final class ProcessExitRule implements Rule {
    /** Ways out that skip all that a runner would still do; no honest library has one. */
    private static final Pattern ALWAYS = Pattern.compile("\\bos\\._exit\\(|getRuntime\\(\\)\\s*\\.halt\\(|process\\.reallyExit"
            + "|\\bsyscall\\.Exit\\(|libc::_exit|\\b_Exit\\(|process\\.exitCode\\s*=\\s*0|os\\.kill\\(\\s*os\\.getpid"
            + "|process\\.exit\\s*=[^=]|\\bexit!");
    private static final Pattern SUCCESS = Pattern.compile("\\bsys\\.exit\\(\\s*(0|None)?\\s*\\)|(?<![\\w.])(exit|quit)\\(\\s*0?\\s*\\)"
            + "|raise\\s+SystemExit(\\(\\s*(0|None)?\\s*\\))?\\s*$|\\bprocess\\.exit\\(\\s*0?\\s*\\)|\\bSystem\\.exit\\(\\s*0\\s*\\)"
            + "|\\bos\\.Exit\\(\\s*0\\s*\\)|process::exit\\(\\s*0\\s*\\)|Environment\\.Exit\\(\\s*0\\s*\\)|Deno\\.exit\\(\\s*0?\\s*\\)"
            + "|exitProcess\\(\\s*0\\s*\\)");
    private static final Pattern FUNCTION = Pattern.compile("\\b(def|func|fn|function|fun|void|int|sub)\\s+([\\w$]+)\\s*\\("
            + "|\\b(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*(?:async\\s*)?(?:\\([^)]*\\)|\\w+)\\s*=>");
    private static final Pattern MAIN = Pattern.compile("(?i).*(main|cli|usage|help|version|shutdown|signal|quit|exit).*");
    private static final Pattern GUARD = Pattern.compile("__name__\\s*==|require\\.main\\s*===?|import\\.meta\\.main");

    @Override
    public String name() {
        return "process-exit";
    }

    @Override
    public List<Suspicion> look(Change change) {
        List<Suspicion> found = new ArrayList<>();
        for (FileChange file : change.files()) {
            if (!file.code()) {
                continue;
            }
            for (Line line : file.added()) {
                boolean way = ALWAYS.matcher(line.text()).find()
                        || SUCCESS.matcher(line.text()).find() && (file.guarded() || !ownProgram(file, line));
                if (way && !comment(line.text())) {
                    found.add(new Suspicion(name(), true, "ends the process with success: " + line.text().strip(), file.path(),
                            line.number()));
                }
            }
        }
        return found;
    }

    static boolean comment(String line) {
        return line.strip().matches("(#(?!\\[)|//|\\*|/\\*|--).*");
    }

    /** Whether the line stands in a program's entry: its main function, or behind the question whether it is run itself. */
    private static boolean ownProgram(FileChange file, Line line) {
        String[] lines = file.after().split("\\R", -1);
        if (lines.length > 0 && lines[0].startsWith("#!")) {
            return true;
        }
        int depth = indent(line.text());
        for (int i = line.number() - 2; i >= 0; i--) {
            if (lines[i].isBlank()) {
                continue;
            }
            if (GUARD.matcher(lines[i]).find() && (indent(lines[i]) < depth || lines[i].contains("{"))) {
                return true;
            }
            Matcher function = FUNCTION.matcher(lines[i]);
            if (function.find() && (indent(lines[i]) < depth || i == line.number() - 1)) {
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
