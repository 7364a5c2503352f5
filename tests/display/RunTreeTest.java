package display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Events;
import agent.Instruction;
import agent.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import journal.Entry;
import org.junit.jupiter.api.Test;

/** What a sub-agent did stands below the call that started it, wherever a session is shown. */
class RunTreeTest {
    private static final RunEvent BEGUN = new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()),
            false);
    private final Screen screen = new Screen(120);

    @Test
    void aSubAgentsToolsStandBelowItsCall() {
        assertEquals(List.of("cut off", "  Agent", "    Read", "    Task", "      Bash", "  Write"), tree(BEGUN,
                started("a", "Agent", null), started("b", "Read", "a"), ended("b", "Read"), started("c", "Task", "a"),
                started("d", "Bash", "c"), ended("d", "Bash"), ended("c", "Task"), ended("a", "Agent"),
                started("e", "Write", "a"), ended("e", "Write")));
    }

    @Test
    void whatAKillCutOffIsStillThereAndBelowItsCall() {
        assertEquals(List.of("cut off", "  Agent", "    Read", "    Bash"), tree(BEGUN, started("a", "Agent", null),
                started("b", "Read", "a"), ended("b", "Read"), started("c", "Bash", "a")));
    }

    @Test
    void oneRoundInFullIndentsThemToo() {
        RoundView.show(screen.console, entries(BEGUN, started("a", "Agent", null), started("b", "Bash", "a"),
                new RunEvent.ToolEnded("b", "Bash", false, false, Duration.ofSeconds(1)), ended("a", "Agent")), 1);
        String shown = screen.outText();
        assertEquals(List.of("  Agent x", "    Bash x"), shown.lines().filter(line -> line.endsWith(" x"))
                .collect(Collectors.toList()), shown);
        assertEquals(1, shown.lines().filter(line -> line.matches(" {4}\\S+ Bash .*failed")).count(), shown);
    }

    private static RunEvent started(String id, String tool, String parent) {
        return Events.toolStarted(id, tool, "x", "", Optional.ofNullable(parent));
    }

    private static RunEvent ended(String id, String tool) {
        return new RunEvent.ToolEnded(id, tool, true, false, Duration.ofSeconds(1));
    }

    private static List<Entry> entries(RunEvent... events) {
        List<Entry> entries = new ArrayList<>();
        for (RunEvent event : events) {
            entries.add(new Entry(entries.size() + 1, Instant.EPOCH, event));
        }
        return entries;
    }

    /** The labels, indented by their depth, without their marks. */
    private List<String> tree(RunEvent... events) {
        List<String> lines = new ArrayList<>();
        flat(RunTree.of(entries(events), screen.console.outPalette()), "", lines);
        return lines;
    }

    private static void flat(List<RunTree.Node> nodes, String indent, List<String> lines) {
        for (RunTree.Node node : nodes) {
            lines.add(indent + node.label().replaceAll("^[^A-Za-z]*", ""));
            flat(node.children(), indent + "  ", lines);
        }
    }
}
