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

/**
 * The lines of a Makefile that belong to one target: every line outside of rules (variables, includes, conditions), pattern rules, the
 * rules of the target, and the rules of every other target that is mentioned there.
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
    /** The number of characters that replaced variables may add. */
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

    /** The target that make builds by default; empty when there is no rule. */
    Optional<String> first() {
        return rules.keySet().stream().filter(target -> !target.contains("%")).findFirst();
    }

    /** The names of the included files, as they are written. */
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

    /** All targets that {@code target} needs, including itself and pattern rules; empty when there is no such target. */
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

    /** The words in the rule of {@code target}: prerequisites, and the words of its commands. */
    List<String> words(String target) {
        return rules.getOrDefault(target, List.of()).stream().flatMap(line -> Arrays.stream(expanded(line).strip().split("[\\s:;]+")))
                .toList();
    }

    /** The commands that {@code target} runs, including its prerequisites' commands, without make's prefixes, with variables replaced. */
    List<String> commands(String target) {
        List<String> commands = new ArrayList<>();
        for (String line : definition(target)) {
            if (line.startsWith("\t")) {
                commands.add(expanded(line.strip().replaceFirst("^[@+-]+\\s*", "")));
            }
        }
        return commands;
    }

    /** Above the limit, variables are not replaced: variables that contain variables can grow without end. */
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

    /** Replaces the variables that have a value in the file; others stay unchanged. */
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
