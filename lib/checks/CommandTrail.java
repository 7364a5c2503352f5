package checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Follows a command through make, package.json and shell scripts to the project's files that it uses. */
final class CommandTrail {
    /** Programs that run the command after them. */
    private static final Set<String> INTERPRETERS = Set.of("sh", "bash", "zsh", "dash", "python", "python3", "node", "ruby",
            "perl", "php", "deno", "env", "time", "exec", "command", "npx", "bunx", "uv", "poetry", "pdm", "pipenv", "run",
            "timeout", "nice", "nohup", "stdbuf", "xvfb-run", "coverage", "tsx", "ts-node", "lua", "tclsh", "Rscript", "bundle");
    private static final Set<String> NODE_MANAGERS = Set.of("npm", "pnpm", "yarn", "bun");
    private static final Pattern END = Pattern.compile("&&|\\|\\||;|\\n");
    private static final Pattern ASSIGNMENT = Pattern.compile("\\w+=\\S*");
    private static final Pattern FIGURE = Pattern.compile("\\d+[smh]?");
    /** Options followed by an argument that is not a program. */
    private static final Pattern WITH_ARGUMENT = Pattern.compile("-(C|f|I|o|e|r|d)|--(require|import|loader|prefix)");
    /** Names of helpers: of the files that a check's own script runs or reads, only these belong to it; the rest is the checked product. */
    private static final Pattern CHECKS =
            Pattern.compile("(?i).*(test|check|verif|spec|assert|expect|helper|lint)[^/]*");
    /** A source file of the check itself, which a target compiles or reads. */
    private static final Pattern CHECK_SOURCE =
            Pattern.compile("(?i)((unit)?tests?|checks?|specs?)([-_.].*)?|.*[-_.]((unit)?tests?|checks?|specs?)\\.\\w+");
    private static final int DEEPEST = 5;

    private final FileView files;
    private final Set<String> programs = new LinkedHashSet<>();
    private final Set<String> helpers = new LinkedHashSet<>();
    private final Map<String, String> parts = new LinkedHashMap<>();
    private final Set<String> targets = new LinkedHashSet<>();
    private final Set<String> followed = new LinkedHashSet<>();

    CommandTrail(FileView files) {
        this.files = files;
    }

    CheckPrograms found() {
        return new CheckPrograms(programs, helpers, parts, targets);
    }

    /** @param folder the command's working directory; empty for the project's own */
    void command(List<String> words, String folder, int depth) {
        if (words.isEmpty() || depth > DEEPEST || !followed.add(folder + "\0" + words)) {
            return;
        }
        for (int i = 0; i < words.size(); i++) {
            String word = unquoted(words.get(i));
            String name = Names.of(word);
            List<String> behind = words.subList(i + 1, words.size());
            if (name.equals("make") || name.equals("gmake")) {
                make(behind, folder, depth);
                return;
            }
            if (NODE_MANAGERS.contains(name)) {
                script(behind, folder, depth);
                return;
            }
            if (name.equals("java")) {
                javaClass(behind);
                return;
            }
            Optional<String> file = file(word, folder);
            if (file.isPresent()) {
                program(file.get(), folder, depth);
                return;
            }
            boolean shell = Set.of("sh", "bash", "zsh", "dash").contains(name);
            if (shell && behind.size() > 1 && behind.get(0).matches("-\\w*c")) {
                line(unquoted(String.join(" ", behind.subList(1, behind.size()))), folder, depth + 1);
                return;
            }
            if (word.equals("-m") && !behind.isEmpty()) {
                module(unquoted(behind.get(0)), folder).ifPresent(programs::add);
                return;
            }
            if (WITH_ARGUMENT.matcher(word).matches() && !behind.isEmpty()) {
                file(unquoted(behind.get(0)), folder).ifPresent(programs::add);
                i++;
                continue;
            }
            boolean before = INTERPRETERS.contains(name) || word.startsWith("-") || ASSIGNMENT.matcher(word).matches()
                    || FIGURE.matcher(word).matches();
            if (!before) {
                return;
            }
        }
    }

    /** A line of a shell: several commands; one of them may change the folder. */
    private void line(String text, String folder, int depth) {
        String at = folder;
        for (String each : END.split(text)) {
            String command = each.strip().replaceFirst("^[({!@+-]+\\s*", "").replaceFirst("(?<![)}])[)}]++$", "").strip();
            List<String> words = Arrays.asList(command.split("\\s+"));
            if (words.get(0).equals("cd") && words.size() > 1) {
                at = inside(at, unquoted(words.get(1)));
            } else if (!lookedAt(command)) {
                command(words, at, depth);
            }
        }
    }

    /** Whether another program reads the command's output, or only the output counts. */
    private static boolean lookedAt(String command) {
        return command.contains("|") || command.contains("$(") || command.contains("`") || command.matches(".*[^0-9&]>.*");
    }

    private void make(List<String> words, String folder, int depth) {
        String at = folder;
        Optional<String> file = Optional.empty();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = unquoted(words.get(i));
            boolean more = i + 1 < words.size();
            if (more && (word.equals("-C") || word.equals("--directory"))) {
                at = inside(at, unquoted(words.get(++i)));
            } else if (more && (word.equals("-f") || word.equals("--file"))) {
                file = Optional.of(unquoted(words.get(++i)));
            } else if (!word.startsWith("-") && !word.contains("=") && !FIGURE.matcher(word).matches() && !word.matches("[0-9]*[<>].*")) {
                wanted.add(word);
            }
        }
        String place = at;
        Optional<String> path = file.isPresent() ? Optional.of(inside(at, file.get()))
                : MakeProject.FILES.stream().map(name -> inside(place, name)).filter(files::exists).findFirst();
        if (path.filter(files::exists).isPresent()) {
            rules(path.get(), at, wanted, depth);
        }
    }

    private void rules(String path, String folder, List<String> wanted, int depth) {
        StringBuilder text = new StringBuilder(files.text(path));
        for (String included : new MakeRules(files.text(path)).includes()) {
            for (String each : matching(inside(folder, included))) {
                parts.put(each, files.text(each));
                text.append('\n').append(files.text(each));
            }
        }
        MakeRules rules = new MakeRules(text.toString());
        List<String> asked = wanted.isEmpty() ? rules.first().map(List::of).orElse(List.of()) : wanted;
        List<String> own = asked.stream().flatMap(target -> new MakeRules(files.text(path)).definition(target).stream())
                .toList();
        // If the rule is in an included file, or missing, the whole file counts.
        parts.put(path, own.isEmpty() ? files.text(path) : String.join("\n", own));
        for (String target : asked) {
            rules.targets(target).forEach(each -> targets.add(inside(folder, each)));
            for (String each : rules.targets(target)) {
                rules.words(each).stream().map(word -> file(word, folder)).flatMap(Optional::stream)
                        .filter(file -> CHECK_SOURCE.matcher(Names.of(file)).matches()).forEach(helpers::add);
            }
            rules.commands(target).forEach(command -> line(command, folder, depth + 1));
        }
    }

    private List<String> matching(String path) {
        if (!path.contains("*")) {
            return files.exists(path) ? List.of(path) : List.of();
        }
        Pattern pattern = Pattern.compile(Arrays.stream(path.split("\\*", -1)).map(Pattern::quote)
                .collect(Collectors.joining("[^/]*")));
        return files.paths().stream().filter(each -> pattern.matcher(each).matches()).toList();
    }

    private void script(List<String> words, String folder, int depth) {
        List<String> names = words.stream().map(CommandTrail::unquoted).filter(word -> !word.startsWith("-"))
                .filter(word -> !word.matches("run|run-script|exec|workspaces?")).toList();
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(0).equals("t") ? "test" : names.get(0);
        for (String each : List.of("pre" + name, name, "post" + name)) {
            NodeProject.script(files, inside(folder, "package.json"), each).ifPresent(text -> line(text, folder, depth + 1));
        }
    }

    private void javaClass(List<String> words) {
        for (String word : words) {
            if (word.matches("(?:[a-z]\\w*+\\.)*+[A-Z]\\w*")) {
                String end = word.replace('.', '/') + ".java";
                // A test that is named in the command is a test source like any other.
                files.named(Pattern.compile(Pattern.quote(Names.of(end)))).stream()
                        .filter(path -> path.endsWith(end) && !Ecosystems.guards(path)).forEach(programs::add);
            }
        }
    }

    private void program(String path, String folder, int depth) {
        programs.add(path);
        String text = files.text(path);
        boolean shell = path.matches(".*\\.(sh|bash|zsh)") || text.matches("(?s)#![^\\n]*\\b(sh|bash|zsh|dash)\\b.*");
        if (!shell || depth >= DEEPEST) {
            return;
        }
        CommandTrail nested = new CommandTrail(files);
        nested.followed.addAll(followed);
        for (String line : text.split("\\R")) {
            String plain = line.strip().replaceFirst("^(if|then|else|elif|while|until)\\s+", "");
            if (!plain.startsWith("#")) {
                // A file that is sourced belongs to the script as a file that is run.
                nested.line(plain.replaceFirst("^(\\.|source)\\s+", "sh "), folder, depth + 1);
            }
        }
        nested.programs.stream().filter(each -> CHECKS.matcher(Names.of(each)).matches() || Names.inTestFolder(each))
                .forEach(helpers::add);
        helpers.addAll(nested.helpers);
        parts.putAll(nested.parts);
        targets.addAll(nested.targets);
    }

    private Optional<String> module(String module, String folder) {
        String path = inside(folder, module.replace('.', '/'));
        return files.exists(path + ".py") ? Optional.of(path + ".py")
                : files.exists(path + "/__main__.py") ? Optional.of(path + "/__main__.py") : Optional.empty();
    }

    private Optional<String> file(String word, String folder) {
        if (word.isEmpty() || word.startsWith("/") || word.startsWith("-")) {
            return Optional.empty();
        }
        String path = inside(folder, word);
        return files.exists(path) ? Optional.of(path) : Optional.empty();
    }

    /** A path below a folder, both relative to the project; a path that leads out of the project is ignored. */
    private static String inside(String folder, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : (folder + "/" + path).split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return "../" + path;
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private static String unquoted(String word) {
        return word.replaceAll("^['\"]|['\"]$", "").replaceFirst("^[@+]+", "");
    }
}
