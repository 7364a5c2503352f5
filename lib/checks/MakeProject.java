package checks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Makefile with a target {@code test}. */
final class MakeProject implements Ecosystem {
    static final List<String> FILES = List.of("GNUmakefile", "makefile", "Makefile");

    private static final Pattern TARGETS = Pattern.compile("(?m)^(?![.#\\t ])([^:=#\\n]++):(?!=)");
    /** Tests in languages without a kind of their own here: make, or a script, runs them. */
    private static final Pattern SOURCES = Pattern.compile("(?i)(test|spec)s?[-_].*\\.(c|cc|cpp|cxx|rb|php|sh|bats|pl|lua|exs|t)"
            + "|.*[-_](tests?|specs?|unittests?)\\.(c|cc|cpp|cxx|rb|php|sh|pl|lua|exs)|.*\\.(bats|t)|(?-i:\\w+Tests?\\.(php|cc|cpp))");
    /** The length limit for all included files together, in characters. */
    private static final int MOST_TEXT = 16 << 20;

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        return FILES.stream().anyMatch(name -> hasTest(whole(files, name)))
                ? Optional.of(List.of("make", "test")) : Optional.empty();
    }

    private static boolean hasTest(String makefile) {
        Matcher targets = TARGETS.matcher(makefile);
        while (targets.find()) {
            if (Arrays.asList(targets.group(1).split("\\s+")).contains("test")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean guards(String path) {
        return path.endsWith(".mk") || SOURCES.matcher(Names.of(path)).matches();
    }

    @Override
    public Optional<String> testPart(String path, String text) {
        if (!FILES.contains(Names.of(path))) {
            return Optional.empty();
        }
        List<String> lines = new MakeRules(text).definition("test");
        // Without such a target, another target is the check: the whole file counts.
        return Optional.of(lines.isEmpty() ? text : String.join("\n", lines));
    }

    @Override
    public String definition(FileView files) {
        return FILES.stream().filter(files::exists).findFirst()
                .map(file -> String.join("\n", new MakeRules(whole(files, file)).definition("test"))).orElse("");
    }

    /** A Makefile with the texts of the files that it includes by name. */
    private static String whole(FileView files, String path) {
        StringBuilder text = new StringBuilder(files.text(path));
        new MakeRules(files.text(path)).includes().stream().distinct().filter(files::exists)
                .takeWhile(included -> text.length() < MOST_TEXT)
                .forEach(included -> text.append('\n').append(files.text(included)));
        return text.toString();
    }
}
