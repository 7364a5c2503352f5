package checks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Makefile, as far as it matters here: which of its lines have to do with one target. Those are every line outside of
 * rules (variables, includes, conditions), pattern rules, and the rules of the target and of whatever those mention that is a
 * target too.
 */
final class MakeRules {
    private static final Pattern RULE = Pattern.compile("^(?![\\t #.])([^:=#]++)::?(?![:=])\\s*+(.*)$");
    private static final Pattern WORD = Pattern.compile("[\\w./%-]+");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("^(?:export\\s+|override\\s+){0,5}([\\w.-]+)\\s*(?:\\?|:{1,3}|\\+|!)?=\\s*+([^#]*+)(?:#.*)?$");
    private static final Pattern INCLUDE = Pattern.compile("^\\s*+[-s]?include\\s++([^#]++)(?:#.*)?$");
    private static final Pattern USE = Pattern.compile("\\$[({]([\\w.-]+)[)}]");
    /** A variable may name another one. */
    private static final int DEEPEST = 5;
    /** How many characters all uses of variables may bring. */
    private static final long ROOM = 16L << 20;

    private final List<String> general = new ArrayList<>();
    private final Map<String, List<String>> rules = new LinkedHashMap<>();
    private long room = ROOM;
    private final Map<String, String> variables = new LinkedHashMap<>(Map.of("MAKE", "make", "CURDIR", "."));

    MakeRules(String text) {
        List<String> current = List.of();
        for (String line : text.replace("\\\n", " ").split("\n")) {
            Matcher rule = RULE.matcher(line);
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (line.startsWith("\t")) {
                current.forEach(target -> rules.get(target).add(line));
            } else if (!assignment.matches() && rule.matches()) {
                current = Arrays.asList(rule.group(1).strip().split("\\s+"));
                current.forEach(target -> rules.computeIfAbsent(target, t -> new ArrayList<>()).add(line));
            } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith(".PHONY")) {
                general.add(line);
                if (assignment.matches()) {
                    variables.put(assignment.group(1), assignment.group(2).strip());
                }
            }
        }
    }

    /** What make makes when it is not told what; empty where there is no rule. */
    Optional<String> first() {
        return rules.keySet().stream().filter(target -> !target.contains("%")).findFirst();
    }

    /** The files that are named as parts of this one, as they are written. */
    List<String> includes() {
        List<String> found = new ArrayList<>();
        for (String line : general) {
            Matcher include = INCLUDE.matcher(line);
            if (include.matches()) {
                found.addAll(Arrays.asList(expanded(include.group(1).strip()).split("\\s+")));
            }
        }
        return found;
    }

    /** The lines that define {@code target}; empty when there is no such target. */
    List<String> definition(String target) {
        if (!rules.containsKey(target)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(general);
        targets(target).forEach(each -> lines.addAll(rules.get(each)));
        return lines;
    }

    /** The targets that {@code target} leads to, itself and pattern rules included; empty when there is no such target. */
    Set<String> targets(String target) {
        if (!rules.containsKey(target)) {
            return Set.of();
        }
        Set<String> seen = new LinkedHashSet<>(Set.of(target));
        rules.keySet().stream().filter(each -> each.contains("%")).forEach(seen::add);
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (String line : rules.get(open.poll())) {
                Matcher word = WORD.matcher(expanded(line));
                while (word.find()) {
                    if (rules.containsKey(word.group()) && seen.add(word.group())) {
                        open.add(word.group());
                    }
                }
            }
        }
        return seen;
    }

    /** What the rule of {@code target} mentions: prerequisites, and the words of its commands. */
    List<String> words(String target) {
        return rules.getOrDefault(target, List.of()).stream().flatMap(line -> Arrays.stream(expanded(line).strip().split("[\\s:;]+")))
                .collect(Collectors.toList());
    }

    /** The commands that {@code target} runs, its prerequisites' included, without make's own signs, variables replaced. */
    List<String> commands(String target) {
        List<String> commands = new ArrayList<>();
        for (String line : definition(target)) {
            if (line.startsWith("\t")) {
                commands.add(expanded(line.strip().replaceFirst("^[@+-]+\\s*", "")));
            }
        }
        return commands;
    }

    /** Beyond the bound uses stay as they are: variables of variables can grow without an end. */
    private String replaced(String text) {
        Matcher use = USE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (use.find()) {
            String value = variables.getOrDefault(use.group(1), use.group());
            room -= value.length();
            use.appendReplacement(result, Matcher.quoteReplacement(room < 0 ? use.group() : value));
        }
        return use.appendTail(result).toString();
    }

    /** With the variables that the file gives a value; others stay as they are. */
    private String expanded(String text) {
        String now = text;
        for (int depth = 0; depth < DEEPEST; depth++) {
            String before = now;
            now = replaced(now);
            if (now.equals(before)) {
                break;
            }
        }
        return now;
    }
}
