package checks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of a project that decide a check by their own exit code: the program of {@code --verify}, a script that a target
 * of make or of package.json runs. A program whose output something else looks at (a pipe, {@code $(…)}) is the product, not
 * the check.
 */
public final class CheckPrograms {
    private static final Set<String> INTERPRETERS = Set.of("sh", "bash", "zsh", "dash", "python", "python3", "node", "ruby",
            "perl", "php", "deno", "bun", "env", "time", "exec", "command", "npx", "uv", "poetry", "pdm", "pipenv", "run");
    private static final Pattern END = Pattern.compile("&&|\\|\\||;|\\n");
    private static final Pattern ASSIGNMENT = Pattern.compile("\\w+=\\S*");

    private CheckPrograms() {}

    /** Paths of the files that {@code words} leads to, among those that are there. */
    public static Set<String> of(List<String> words, FileView files) {
        Set<String> found = new LinkedHashSet<>();
        add(words, files, found);
        for (String line : lines(words, files)) {
            for (String command : END.split(line)) {
                // Looked at by something else, or only its output counts.
                if (!command.contains("|") && !command.contains("$(") && !command.contains("`")) {
                    add(List.of(command.strip().split("\\s+")), files, found);
                }
            }
        }
        return found;
    }

    /** What the check's command line stands for: the recipe of a target, the text of a script of package.json. */
    private static List<String> lines(List<String> words, FileView files) {
        String program = Names.of(words.get(0));
        if (program.endsWith("make")) {
            String target = words.stream().skip(1).filter(w -> !w.startsWith("-") && !w.contains("=")).findFirst().orElse("test");
            return MakeProject.FILES.stream().filter(files::exists).findFirst()
                    .map(file -> new MakeRules(files.text(file)).commands(target)).orElse(List.of());
        }
        if (Set.of("npm", "pnpm", "yarn", "bun").contains(program)) {
            return NodeProject.script(files, words.get(words.size() - 1)).map(List::of).orElse(List.of());
        }
        boolean shell = Set.of("sh", "bash").contains(program) && words.size() > 2 && words.get(1).startsWith("-");
        return shell ? List.of(words.get(words.size() - 1)) : List.of();
    }

    private static void add(List<String> words, FileView files, Set<String> found) {
        List<String> rest = new ArrayList<>(words);
        while (!rest.isEmpty()) {
            String word = unquoted(rest.remove(0));
            Optional<String> file = file(word, files);
            if (file.isPresent()) {
                found.add(file.get());
                return;
            }
            boolean before = INTERPRETERS.contains(Names.of(word)) || word.startsWith("-") || ASSIGNMENT.matcher(word).matches();
            if (!before) {
                return;
            }
        }
    }

    private static Optional<String> file(String word, FileView files) {
        String path = word.replaceFirst("^(\\./)+", "");
        return !path.isEmpty() && !path.startsWith("/") && !path.startsWith("-") && files.exists(path)
                ? Optional.of(path) : Optional.empty();
    }

    private static String unquoted(String word) {
        return word.replaceAll("^['\"]|['\"]$", "").replaceFirst("^[@+-]+", "");
    }
}
