package layout;

import static layout.Rooms.LIB;
import static layout.Rooms.read;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which room may use which; an arrow means "may import". */
final class Arrows {
    /** An arrow means "may import". Everything may use contract. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("contract", Set.of()),
            Map.entry("process", Set.of("contract")),
            Map.entry("console", Set.of("contract")),
            Map.entry("agent.decision", Set.of()),
            Map.entry("agent", Set.of("contract", "agent.decision")),
            Map.entry("agent.loop", Set.of("contract", "agent", "agent.decision")),
            Map.entry("journal", Set.of("contract", "agent", "agent.decision", "agent.loop")),
            Map.entry("checks", Set.of("process")),
            Map.entry("functions.tree", Set.of("contract", "agent", "process", "checks")),
            Map.entry("functions", Set.of("contract", "agent", "agent.decision", "process", "checks", "functions.tree")),
            Map.entry("verdict.rules", Set.of("agent", "checks", "functions.tree")),
            Map.entry("verdict", Set.of("contract", "agent", "agent.decision", "process", "checks", "functions",
                    "functions.tree", "verdict.rules")),
            Map.entry("reasoning", Set.of("contract", "agent", "agent.decision")),
            Map.entry("workers", Set.of("contract", "agent", "process")),
            Map.entry("telemetry.fold", Set.of("contract", "agent", "agent.decision", "journal")),
            Map.entry("telemetry", Set.of("contract", "agent", "journal", "telemetry.fold")),
            Map.entry("rehearsal", Set.of("contract")),
            Map.entry("display", Set.of("contract", "agent", "agent.decision", "agent.loop", "console", "journal")),
            Map.entry("cli.run", Set.of("contract", "agent", "agent.loop", "console", "journal", "functions", "functions.tree",
                    "verdict", "process", "reasoning", "workers", "telemetry", "rehearsal", "display")),
            Map.entry("cli", Set.of("contract", "agent", "agent.loop", "console", "journal", "functions", "functions.tree",
                    "verdict", "process", "reasoning", "telemetry", "display", "cli.run")),
            Map.entry("services", Set.of("contract", "console")),
            Map.entry("doctor", Set.of("contract", "console", "services")),
            Map.entry("containers", Set.of("contract", "console", "services", "containers.engine")),
            Map.entry("containers.engine", Set.of("contract", "console", "services")),
            Map.entry("embedded", Set.of("contract")),
            Map.entry("embedded.model", Set.of("contract", "embedded")),
            Map.entry("embedded.store", Set.of("contract", "embedded", "embedded.model")),
            Map.entry("embedded.intake", Set.of("contract", "embedded", "embedded.model", "embedded.store")),
            Map.entry("embedded.query", Set.of("contract", "embedded", "embedded.model", "embedded.store")),
            Map.entry("embedded.page", Set.of("contract", "embedded", "embedded.model", "embedded.store", "embedded.intake",
                    "embedded.query")),
            Map.entry("embedded.daemon", Set.of("contract", "console", "services", "embedded", "embedded.store",
                    "embedded.intake", "embedded.query", "embedded.page")),
            Map.entry("handover", Set.of("contract", "services")),
            Map.entry("stackcli", Set.of("contract", "console", "services", "doctor", "containers", "containers.engine",
                    "embedded.daemon", "handover")));

    private static final Pattern IMPORTED = Pattern.compile("^import (\\w+)\\.(\\w+);", Pattern.MULTILINE);

    private Arrows() {}

    /** The packages of one reasoner or worker each, as the command line's registries name them: no arrow is written for them. */
    static Set<String> registered(String registry) {
        Set<String> packages = new TreeSet<>();
        String source = read(LIB.resolve("cli/run").resolve(registry));
        Matcher imports = IMPORTED.matcher(source);
        while (imports.find()) {
            if (source.contains(" " + imports.group(2) + ".KIND")) {
                packages.add(imports.group(1));
            }
        }
        packages.removeAll(ARROWS.keySet());
        return packages;
    }

    /** The rooms that this one may use. */
    static Set<String> arrows(String room) {
        if (room.equals("claudejudge")) {
            // The same program as the worker's: how it is asked whether it is logged in stands there.
            return Set.of("contract", "agent", "agent.decision", "process", "reasoning", "workers", "claude");
        }
        if (registered("Reasoners.java").contains(room)) {
            // A reasoner may be a program too: how one is started and read stands in workers.
            return Set.of("contract", "agent", "agent.decision", "process", "reasoning", "workers");
        }
        if (registered("Workers.java").contains(room)) {
            return Set.of("contract", "agent", "process", "workers");
        }
        assertTrue(ARROWS.containsKey(room), "a room without arrows: " + room);
        Set<String> arrows = new TreeSet<>(ARROWS.get(room));
        if (room.equals("cli.run")) {
            arrows.addAll(registered("Reasoners.java"));
            arrows.addAll(registered("Workers.java"));
        }
        return arrows;
    }
}
