package checks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Makefile, as far as it matters here: which of its lines have to do with one target. Those are every line outside of
 * rules (variables, includes, conditions), and the rules of the target and of whatever those mention that is a target too.
 */
final class MakeRules {
    private static final Pattern RULE = Pattern.compile("^(?![\\t #.])([^:=#]+?)\\s*::?(?![:=])\\s*(.*)$");
    private static final Pattern WORD = Pattern.compile("[\\w./%-]+");

    private final List<String> general = new ArrayList<>();
    private final Map<String, List<String>> rules = new LinkedHashMap<>();

    MakeRules(String text) {
        List<String> current = List.of();
        for (String line : text.replace("\\\n", " ").split("\n")) {
            Matcher rule = RULE.matcher(line);
            if (line.startsWith("\t")) {
                current.forEach(target -> rules.get(target).add(line));
            } else if (rule.matches()) {
                current = Arrays.asList(rule.group(1).strip().split("\\s+"));
                current.forEach(target -> rules.computeIfAbsent(target, t -> new ArrayList<>()).add(line));
            } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith(".PHONY")) {
                general.add(line);
            }
        }
    }

    /** The lines that define {@code target}; empty when there is no such target. */
    List<String> definition(String target) {
        if (!rules.containsKey(target)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(general);
        Set<String> seen = new LinkedHashSet<>(Set.of(target));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (String line : rules.get(open.poll())) {
                lines.add(line);
                Matcher word = WORD.matcher(line);
                while (word.find()) {
                    if (rules.containsKey(word.group()) && seen.add(word.group())) {
                        open.add(word.group());
                    }
                }
            }
        }
        return lines;
    }

    /** The commands that {@code target} runs, its prerequisites' included, without make's own signs. */
    List<String> commands(String target) {
        List<String> commands = new ArrayList<>();
        for (String line : definition(target)) {
            if (line.startsWith("\t")) {
                commands.add(line.strip().replaceFirst("^[@+-]+\\s*", ""));
            }
        }
        return commands;
    }
}
