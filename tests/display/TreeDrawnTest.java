package display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import console.Palette;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tree of a session as it is drawn: its branches, and where a detail stands that does not fit beside its label. */
class TreeDrawnTest {
    private static final RunTree.Node[] TREE = {node("a", "", node("b", "x", node("c", "")), node("d", " ")),
        new RunTree.Node("e", Optional.of(Duration.ofSeconds(1)), "y", List.of(node("f", "z")))};

    private static RunTree.Node node(String label, String detail, RunTree.Node... children) {
        return new RunTree.Node(label, Optional.empty(), detail, List.of(children));
    }

    private static List<String> drawn(boolean unicode, int width, RunTree.Node... nodes) {
        return RunTree.lines(List.of(nodes), new Palette(Palette.Colours.NONE, unicode), width);
    }

    @Test
    void branchesShowWhatIsBelowWhat() {
        assertEquals(List.of("├─ a", "│  ├─ b  x", "│  │  └─ c", "│  └─ d", "└─ e  1.0 s  y", "   └─ f  z"), drawn(true, 80, TREE));
    }

    @Test
    void whereThereIsOnlyAsciiTheyAreOfThat() {
        assertEquals(List.of("|- a", "|  |- b  x", "|  |  `- c", "|  `- d", "`- e  1.0 s  y", "   `- f  z"), drawn(false, 80, TREE));
    }

    @Test
    void aDetailIsCutToTheTerminalAndToWhatAPersonReads() {
        String detail = "x".repeat(300);
        assertEquals(List.of("└─ a  " + "x".repeat(72) + "…"), drawn(true, 80, node("a", detail)));
        assertEquals(List.of("└─ a  " + "x".repeat(109) + "…"), drawn(true, 1000, node("a", detail)));
    }

    @Test
    void withoutTwentyColumnsBesideItsLabelADetailHasALineOfItsOwn() {
        String label = "l".repeat(30);
        String detail = "x".repeat(300);
        assertEquals(List.of("└─ " + label + "  " + "x".repeat(19) + "…"), drawn(true, 56, node(label, detail)));
        assertEquals(List.of("└─ " + label, "     " + "x".repeat(48) + "…"), drawn(true, 55, node(label, detail)));
        assertEquals(List.of("├─ " + label, "│    " + "x".repeat(48) + "…", "└─ b"), drawn(true, 55, node(label, detail), node("b", "")));
        assertEquals(List.of("└─ " + label, "     " + "x".repeat(19) + "…"), drawn(true, 10, node(label, detail)));
        assertEquals(List.of("└─ " + label, "     " + "x".repeat(109) + "…"),
                drawn(true, 120, new RunTree.Node(label + "m".repeat(70), Optional.empty(), detail, List.of()))
                        .stream().map(line -> line.replace("m", "")).toList());
    }
}
