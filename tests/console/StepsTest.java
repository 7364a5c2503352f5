package console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several things that can be done next, each ends a line, so that its command can be pasted. */
class StepsTest {
    @Test
    void eachThingThatCanBeDoneHasALine() {
        assertEquals(List.of("  next: after that: pa resume x", "        to have it waited for: pa resume x --wait"),
                Steps.lines("  next: ", "after that: pa resume x; to have it waited for: pa resume x --wait"));
    }

    @Test
    void aColouredLabelIsAsWideAsItsLetters() {
        String label = new Palette(Palette.Colours.SIXTEEN, true).dim("fix: ");
        assertEquals(List.of(label + "stack logs grafana", "     stack up"), Steps.lines(label, "stack logs grafana; stack up"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "as a task: pa --task 'make it; then test it'", "pa resume x -d '/tmp/it'\\''s; here'", "pa \"one; two\"",
            "load it from a file (docker load; podman load) and use --pull never", "pa --help", ""})
    void whatIsQuotedOrInParenthesesStaysWhole(String text) {
        assertEquals(List.of("  hint: " + text), Steps.lines("  hint: ", text));
    }

    @Test
    void anApostropheInAWordQuotesNothing() {
        assertEquals(List.of("Docker's files belong there", "or leave the client's out"),
                Steps.lines("", "Docker's files belong there; or leave the client's out"));
    }

    @Test
    void theHintsOfAnErrorAreLinesOfTheirOwn() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        new ErrorReport(new Console(stream, stream, 80), "pa", false).print("no task given", "one: pa \"a; b\"; all options: pa --help");
        assertEquals(List.of("pa: no task given", "  hint: one: pa \"a; b\"", "        all options: pa --help"),
                err.toString(StandardCharsets.UTF_8).lines().toList());
    }
}
