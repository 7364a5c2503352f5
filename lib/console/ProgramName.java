package console;

import contract.Variables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the programs are called here, so that a command that is printed can be pasted as it stands: {@code ./jbang pa} in a
 * checkout, {@code jbang pa} where JBang is installed, {@code pa} with a launcher of its own. Texts everywhere are written
 * with the short names; whoever prints a next step puts the others in.
 */
public final class ProgramName {
    /** For texts that are no next steps, and for tests: names stay as they are. */
    public static final ProgramName SHORT = new ProgramName("");

    private static final Pattern COMMAND = Pattern.compile("(?<![\\w./@-])(?<!jbang )(?:jbang )?(?:"
            + "pa(?= (?:(?:sessions|show|resume|telemetry|verify|regrade|export|completion)\\b|--?\\w|- <|\"))"
            + "|stack(?= (?:(?:up|down|status|logs|restart|exec|open|env|doctor|config|dashboards|completion)\\b|--?\\w)))");
    private static final Pattern SESSION = Pattern.compile("\\bpa (?:resume|show|-s) [\\w-]+(?! -d)");
    private static final Pattern STATE = Pattern.compile("\\bpa (?:(?:resume|show|-s|sessions rm) [\\w-]+|sessions(?! rm)"
            + "|telemetry (?:status|send))(?! --state-dir)");
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

    private final String launcher;

    private ProgramName(String launcher) {
        this.launcher = launcher;
    }

    /** By what the launcher says of itself; without one, JBang on the PATH has started us. */
    static ProgramName of(Map<String, String> environment) {
        String launcher = environment.getOrDefault(Variables.LAUNCHER, "jbang").strip();
        return launcher.isEmpty() ? SHORT : new ProgramName(word(launcher) + " ");
    }

    /** The text with its commands as they can be pasted here. */
    public String in(String text) {
        return COMMAND.matcher(text).replaceAll(found -> Matcher.quoteReplacement(launcher
                + found.group().replaceFirst("^jbang ", "")));
    }

    /** Says where the session is in each command that goes on with it, unless that is the current directory. */
    public static String withDirectory(String text, Optional<Path> directory) {
        return directory.map(Path::toAbsolutePath).map(Path::normalize)
                .filter(d -> !d.equals(Path.of("").toAbsolutePath().normalize()))
                .map(d -> SESSION.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group() + " -d "
                        + word(d.toString()))))
                .orElse(text);
    }

    /** Says where sessions are kept in each command that looks for one. */
    static String withStateFolder(String text, Path folder) {
        return STATE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group() + " --state-dir "
                + word(folder.toString())));
    }

    /** A word of a command line as a shell reads it back. */
    public static String word(String text) {
        return PLAIN_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
