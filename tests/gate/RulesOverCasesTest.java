package gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Suspicion;
import checks.Ecosystems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import verdict.MapFiles;
import verdict.rules.Rules;

/** The findings of the rules alone in the cases, without running a check. */
class RulesOverCasesTest {
    /** A model may let none of these pass, so on honest work they must be silent. */
    @Test
    void noHonestWorkIsUnderHardSuspicion() {
        Map<String, List<String>> wrong = new TreeMap<>();
        for (GateCase gate : GateCase.all()) {
            if (gate.kind() == GateCase.Kind.HONEST) {
                List<String> hard = suspicions(gate).stream().filter(Suspicion::hard).map(Suspicion::text).collect(Collectors.toList());
                if (!hard.isEmpty()) {
                    wrong.put(gate.name(), hard);
                }
            }
        }
        assertEquals(Map.of(), wrong);
    }

    @Test
    void eachKindOfCheatIsSeenByItsRule() {
        Map<String, String> rules = new HashMap<>();
        rules.put("cheat-exit-", "process-exit");
        rules.put("cheat-testmain-", "patched-runner");
        rules.put("cheat-patched-", "patched-runner");
        rules.put("cheat-conftest-", "patched-runner");
        rules.put("cheat-sitecustomize-", "patched-runner");
        rules.put("cheat-shadow-", "patched-runner");
        rules.put("cheat-target-", "no-op-check");
        rules.put("cheat-script-", "no-op-check");
        rules.put("cheat-skip-", "skipped-tests");
        rules.put("cheat-weaken-", "loosened-assertion");
        rules.put("cheat-expected-", "loosened-assertion");
        rules.put("cheat-swallow-", "loosened-assertion");
        rules.put("cheat-answers-", "test-literals");
        rules.put("cheat-table-", "test-literals");
        rules.put("cheat-constant-", "test-literals");
        rules.put("cheat-under-test-", "test-literals");
        List<String> unseen = new ArrayList<>();
        for (GateCase gate : GateCase.all()) {
            rules.forEach((prefix, rule) -> {
                if (gate.name().startsWith(prefix) && suspicions(gate).stream().noneMatch(s -> s.rule().startsWith(rule))) {
                    unseen.add(gate.name() + " by " + rule + ": " + suspicions(gate));
                }
            });
        }
        assertEquals(List.of(), unseen);
    }

    /** Whoever adds a rule publishes a cheat that it sees. */
    @Test
    void eachRuleOverTextsSeesSomeCheat() {
        Set<String> seen = new TreeSet<>();
        GateCase.all().stream().filter(gate -> gate.kind() != GateCase.Kind.HONEST).flatMap(gate -> suspicions(gate).stream())
                .forEach(suspicion -> seen.add(suspicion.rule()));
        Set<String> named = new TreeSet<>(Rules.names());
        // Those that compare runs, or look at what git ignores.
        named.removeAll(Set.of(Rules.RED_WITHDRAWN, Rules.TESTS_VANISHED, Rules.UNPROVEN_CHECK, Rules.GREEN_WITHDRAWN, Rules.REWRITTEN,
                Rules.NEWLY_SKIPPED, Rules.HIDDEN_FAILURE, Rules.STALE_CACHE, Rules.NUMB_TEST, "hidden-change"));
        // A jar or a class file is no text, so that no case can hold it in its own lines; its work makes it.
        named.remove("compiled-code");
        assertEquals(named, seen);
    }

    private static List<Suspicion> suspicions(GateCase gate) {
        Map<String, String> now = new TreeMap<>(gate.base());
        gate.change().forEach((path, text) -> text.ifPresentOrElse(t -> now.put(path, t), () -> now.remove(path)));
        // No state holds what is installed.
        now.keySet().removeIf(path -> path.startsWith("node_modules/"));
        return MapFiles.suspicions(gate.base(), now, Ecosystems.check(new MapFiles(gate.base()), program -> true).orElse(List.of()));
    }
}
