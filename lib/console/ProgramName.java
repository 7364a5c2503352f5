package console;

import contract.Variables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the user called the programs, so that a printed command can be pasted without changes: {@code ./jbang pa} in a checkout,
 * {@code jbang pa} where JBang is installed, {@code pa} with a launcher of its own. All texts in the code use the short names;
 * the code that prints a next step replaces them.
 */
public final class ProgramName {
    /** For tests, and for texts that are not next steps: names stay unchanged. */
    public static final ProgramName SHORT = new ProgramName(() -> Form.SHORT);

    private static final Pattern COMMAND = Pattern.compile("(?<![\\w./@-])(?<!jbang )(?:jbang )?(?:"
            + "pa(?= (?:(?:sessions|show|resume|telemetry|verify|regrade|export|completion)\\b|--?\\w|- <|\"))"
            + "|stack(?= (?:(?:up|down|status|logs|restart|exec|open|env|doctor|config|dashboards|export|provision"
            + "|completion)\\b|--?\\w)))");
    private static final Pattern SESSION = Pattern.compile("\\bpa (?:resume|show|-s) [\\w-]+(?! -d)");
    private static final Pattern STATE = Pattern.compile("\\bpa (?:(?:resume|show|-s|sessions rm) [\\w-]+|sessions(?! rm)"
            + "|telemetry (?:status|send))(?! --state-dir)");
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

    /**
     * The text around a program's short name.
     *
     * @param before {@code ./jbang } with its space, or {@code ~/bin/}, or nothing
     * @param after {@code @catalog}, or nothing
     */
    private record Form(String before, String after) {
        static final Form SHORT = new Form("", "");
    }

    private final Supplier<Form> form;
    private Optional<Form> known = Optional.empty();

    private ProgramName(Supplier<Form> form) {
        this.form = form;
    }

    /** The launcher's own information. Without a launcher, JBang on the PATH has started this program. */
    static ProgramName of(Map<String, String> environment) {
        return of(environment, Path.of(""));
    }

    static ProgramName of(Map<String, String> environment, Path here) {
        return new ProgramName(() -> form(environment, here));
    }

    /** How to call a program from every folder, with {@code %s} for its name: for commands that are pasted elsewhere. */
    public static String anywhere(Map<String, String> environment) {
        String launcher = environment.getOrDefault(Variables.LAUNCHER, "").strip();
        if (!launcher.contains("/")) {
            return template(form(environment, Path.of("/")));
        }
        // The folder keeps its slash: the program's name follows.
        String path = Path.of(launcher).toAbsolutePath().normalize() + (launcher.endsWith("/") ? "/" : "");
        return template(form(Map.of(Variables.LAUNCHER, path), Path.of("/")));
    }

    private static String template(Form form) {
        return form.before + "%s" + form.after;
    }

    private static Form form(Map<String, String> environment, Path here) {
        Optional<String> launcher = Optional.ofNullable(environment.get(Variables.LAUNCHER)).map(String::strip);
        if (launcher.isPresent()) {
            String called = launcher.get();
            return called.isEmpty() ? Form.SHORT : new Form(word(called) + (called.endsWith("/") ? "" : " "), "");
        }
        String suffix = JBangCatalogs.suffix(environment, here);
        return !suffix.isEmpty() && JBangCatalogs.onPath(environment, "pa") ? Form.SHORT : new Form("jbang ", suffix);
    }

    /** Looked up for the first hint only, because most calls print none. */
    private synchronized Form form() {
        Form found = known.orElseGet(form);
        known = Optional.of(found);
        return found;
    }

    /** The text with commands that can be pasted here. */
    public String in(String text) {
        return COMMAND.matcher(text).replaceAll(found -> Matcher.quoteReplacement(form().before
                + found.group().replaceFirst("^jbang ", "") + form().after));
    }

    /** Adds the session's folder to each command that continues the session, unless it is the current directory. */
    public static String withDirectory(String text, Optional<Path> directory) {
        return directory.map(Path::toAbsolutePath).map(Path::normalize)
                .filter(d -> !d.equals(Path.of("").toAbsolutePath().normalize()))
                .map(d -> SESSION.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group() + " -d "
                        + word(d.toString()))))
                .orElse(text);
    }

    /** Adds the state folder to each command that searches for a session. */
    static String withStateFolder(String text, Path folder) {
        return STATE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group() + " --state-dir "
                + word(folder.toString())));
    }

    /** Quotes a word of a command line for a shell. */
    public static String word(String text) {
        return PLAIN_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
