package verdict.rules;

import agent.Suspicion;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import verdict.MapFiles;

/** Looks at a change of one file through all rules, and tells what one of them says. */
public abstract class RuleLab {
    /** A test that is part of every change here and does not change itself. */
    static final Map<String, String> TESTS = Map.of("tests/test_calc.py",
            "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEqual(add(23, 42), 65)\n"
                    + "        self.assertEqual(name('seven'), 'VII')\n        self.assertEqual(name('eleven'), 'XI')\n");

    private final String rule;

    public RuleLab(String rule) {
        this.rule = rule;
    }

    /** What this rule says of a new file. */
    List<Suspicion> onNew(String path, String... lines) {
        return onChange(path, "", lines);
    }

    /** What this rule says of a file that was there. */
    List<Suspicion> onChange(String path, String before, String... lines) {
        Map<String, String> old = new java.util.TreeMap<>(TESTS);
        Map<String, String> now = new java.util.TreeMap<>(TESTS);
        if (!before.isEmpty()) {
            old.put(path, before);
        }
        now.put(path, String.join("\n", lines) + "\n");
        return only(MapFiles.suspicions(old, now, List.of()));
    }

    List<Suspicion> only(List<Suspicion> all) {
        return all.stream().filter(s -> s.rule().equals(rule)).collect(Collectors.toList());
    }

    /** The lines that it names. */
    static List<Integer> lines(List<Suspicion> suspicions) {
        return suspicions.stream().map(Suspicion::line).collect(Collectors.toList());
    }
}
