package display;

import static display.RunEvents.SECOND;
import static display.RunEvents.began;
import static display.RunEvents.carriedOut;
import static display.RunEvents.checked;
import static display.RunEvents.decided;
import static display.RunEvents.round;
import static display.RunEvents.tool;
import static display.RunEvents.toolFailed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Problem;
import agent.Reports;
import agent.RunEvent;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.ErrorType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of a run that are longer than there is room: where they are cut, on a terminal and elsewhere. */
class RunCutTest {
    private static List<String> told(int width, boolean verbose, RunEvent... events) {
        Screen screen = new Screen(width);
        LineDisplay display = new LineDisplay(screen.console, true, new LineDisplay.Header("gemini", "claude", "",
                new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false, Duration.ZERO), Optional::empty), verbose);
        Arrays.asList(events).forEach(display::on);
        return screen.err();
    }

    /** What is too long for a terminal is cut there, in a pipe at what a person reads, and hardly when all was asked for. */
    @ParameterizedTest
    @CsvSource({"60, false, 56", "10, false, 20", "1000, false, 200", "60, true, 2000"})
    void aLongSayingIsCut(int width, boolean verbose, int columns) {
        List<String> lines = told(width, verbose, new RunEvent.WorkerSaid("x".repeat(3000)));
        assertEquals("    " + "x".repeat(columns - 1) + "…", lines.get(0));
    }

    @ParameterizedTest
    @CsvSource({"60, false, 52", "10, false, 20", "1000, false, 200", "60, true, 2000"})
    void aLongLineOfAnotherProgramIsCut(int width, boolean verbose, int columns) {
        List<String> lines = told(width, verbose, carriedOut(new Decision.RunTests(Optional.empty()),
                checked(Verification.Verdict.FAIL, "x".repeat(3000)), true));
        assertEquals("      | " + "x".repeat(columns - 1) + "…", lines.get(lines.size() - 1));
    }

    /** Beside each text stands something else: with it every line still fits. */
    @Test
    void whatIsCutFillsItsLine() {
        String text = String.join("", Collections.nCopies(30, "long text "));
        Decision tests = new Decision.RunTests(Optional.of(text));
        WorkerReport failed = Reports.builder().error(Optional.of(Problem.passing(ErrorType.EXIT, 1, text))).build();
        List<String> lines = told(80, false, round(text), tool("1", "Bash", text), toolFailed("1", "Bash", text),
                new RunEvent.WorkerNotice("api_retry", text), carriedOut(tests, FunctionResult.INTERRUPTED, true),
                decided(tests, text), new RunEvent.WorkerEnded(1, failed, SECOND));
        for (String line : lines) {
            assertTrue(line.length() <= 80 && line.length() > 65, () -> line.length() + " columns: " + line);
        }
        assertEquals(7, lines.size());
    }

    @ParameterizedTest
    @CsvSource({"10, 20", "60, 55", "1000, 195"})
    void aLongTaskIsCutByTheTerminalAndToALineThatCanBeRead(int width, int columns) {
        assertEquals(columns, told(width, false, began(Path.of("/x"), "x".repeat(300), false)).get(0).length());
    }
}
