package rehearsal;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a judge is asked, whichever protocol the question came by. Uses nothing but the JDK's core, so that the stand-in for Claude
 * Code can read one too.
 *
 * @param text the newest message, but for a summary of where the run stands, which repeats older verdicts
 * @param standing the summary of where the run stands
 * @param answered the function whose result the newest message is; empty for the opening
 * @param offered the functions that may be called
 */
record Asked(String text, String standing, String answered, Set<String> offered) {
    private static final String NOW = "\n# Now\n";
    private static final Pattern DECISION = Pattern.compile("(?m)^# Your decision \\d+: (\\w+)");
    private static final Pattern CHOICES = Pattern.compile("\"enum\"\\s*+:\\s*+\\[([^\\[\\]]*+)\\]");
    private static final Pattern WORD = Pattern.compile("\"(\\w+)\"");

    Asked {
        offered = Set.copyOf(offered);
    }

    /**
     * A question to Claude Code as the judge: one text, and the shape of the answer, which lists the functions.
     *
     * @param schema as {@code --json-schema} takes it
     */
    static Asked ofQuestion(String question, String schema) {
        int now = question.lastIndexOf(NOW);
        String told = now < 0 ? question : question.substring(0, now);
        String answered = "";
        int newest = 0;
        for (Matcher decision = DECISION.matcher(told); decision.find();) {
            answered = decision.group(1);
            newest = decision.end();
        }
        return new Asked(unescaped(told.substring(newest)), now < 0 ? "" : question.substring(now), answered, functions(schema));
    }

    /** How many decisions a question to Claude Code tells of. */
    static int decisionsIn(String question) {
        return (int) DECISION.matcher(question).results().count();
    }

    private static Set<String> functions(String schema) {
        Set<String> names = new HashSet<>();
        Matcher choices = CHOICES.matcher(schema);
        if (choices.find()) {
            WORD.matcher(choices.group(1)).results().forEach(word -> names.add(word.group(1)));
        }
        return names;
    }

    /** The results stand there as JSON; their lines as lines. */
    private static String unescaped(String json) {
        return json.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
