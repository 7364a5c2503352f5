package console;

import contract.Variables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the programs are called here, so that a command that is printed can be pasted as it stands: {@code ./jbang pa} in a
 * checkout, {@code jbang pa} where JBang is installed, {@code pa} with a launcher of its own. Texts everywhere are written
 * with the short names; whoever prints a next step puts the others in.
 */
public final class ProgramName {
    /** For texts that are no next steps, and for tests: names stay as they are. */
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
     * What stands around a program's short name.
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

    /** By what the launcher says of itself; without one, JBang on the PATH has started us. */
    static ProgramName of(Map<String, String> environment) {
        return of(environment, Path.of(""));
    }

    static ProgramName of(Map<String, String> environment, Path here) {
        return new ProgramName(() -> form(environment, here));
    }

    /** How a program is called from every folder, its name being {@code %s}: for what is read here and pasted elsewhere. */
    public static String anywhere(Map<String, String> environment) {
        String launcher = environment.getOrDefault(Variables.LAUNCHER, "").strip();
        if (!launcher.contains("/")) {
            return template(form(environment, Path.of("/")));
        }
        // A folder keeps its slash: the program's own name comes behind it.
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

    /** Looked up when the first hint is printed: most calls print none. */
    private synchronized Form form() {
        Form found = known.orElseGet(form);
        known = Optional.of(found);
        return found;
    }

    /** The text with its commands as they can be pasted here. */
    public String in(String text) {
        return COMMAND.matcher(text).replaceAll(found -> Matcher.quoteReplacement(form().before
                + found.group().replaceFirst("^jbang ", "") + form().after));
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
