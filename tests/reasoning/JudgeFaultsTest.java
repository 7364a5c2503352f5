package reasoning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Bounds;
import agent.ReasonerException;
import agent.decision.Decision;
import claudejudge.ClaudeColumn;
import cli.run.Reasoners;
import gemini.GeminiColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import openai.ChatColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import runner.Repository;

/**
 * Runs the table of docs/judges.md cell by cell: the faults of a model's API, and how each judge handles them.
 * {@code UPDATE_GOLDEN=1 tests/run JudgeFaults} writes the table of the page again.
 */
class JudgeFaultsTest {
    /** The columns in their order. Each judge's own tests make its column. */
    private static final List<JudgeColumn> COLUMNS = List.of(GeminiColumn.column(), ChatColumn.column(), ClaudeColumn.column());

    /** Asks nobody. */
    private static final Set<String> WITHOUT_A_MODEL = Set.of("rules");
    private static final Path PAGE = Repository.root().resolve("docs/judges.md");
    private static final boolean UPDATE = "1".equals(System.getenv("UPDATE_GOLDEN"));

    @TempDir
    Path folder;
    private final Events events = new Events();

    record Case(JudgeFault fault, String judge, JudgeColumn.Cell cell) {
        @Override
        public String toString() {
            return judge + ": " + fault.words();
        }
    }

    static Stream<Case> cases() {
        return COLUMNS.stream().flatMap(column -> column.cells().entrySet().stream().filter(e -> JudgeColumn.happens(e.getValue()))
                .map(e -> new Case(e.getKey(), column.judge(), e.getValue())));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachFaultIsTypedHeldAndAskedAgainAsTheTableSays(Case fault) throws Exception {
        try (JudgeDouble judge = fault.cell().made().apply(folder)) {
            String ended;
            try {
                Decision decision = judge.judge().decide(Situations.afterFirstRound(), Bounds.none(), events).decision();
                ended = decision instanceof Decision.NoOp ? "the model is told" : "decided: " + decision;
            } catch (ReasonerException e) {
                ended = "`" + e.problem().value() + "`" + (e.problem().hold().isPresent() ? ", held" : "");
                assertEquals(Optional.of(e.problem()), events.answer().error());
            }
            int attempts = events.answer().attempts();
            String asked = attempts == 1 ? "once" : attempts == 2 ? "twice" : "as long as the policy allows";
            assertEquals(fault.cell().expected(), ended + ", " + asked, () -> events.attempts() + " " + events.notices());
        }
    }

    @Test
    void everyReasonerWithAModelHasAColumn() {
        Set<String> missing = new TreeSet<>();
        new Reasoners.Candidates().forEach(missing::add);
        missing.removeAll(WITHOUT_A_MODEL);
        COLUMNS.forEach(column -> missing.remove(column.judge()));
        assertEquals(Set.of(), missing, "these reasoners are registered, and nobody has tried what they make of faults: write a "
                + "reasoning.JudgeColumn in their tests (tests/openai/ChatColumn.java is one) and name it in COLUMNS here");
    }

    @Test
    void everyColumnAnswersEveryFault() {
        for (JudgeColumn column : COLUMNS) {
            Set<JudgeFault> left = EnumSet.allOf(JudgeFault.class);
            left.removeAll(column.cells().keySet());
            assertEquals(Set.of(), left, "the column " + column.judge() + " says nothing of these: a cell(…), or never(…)");
        }
    }

    @Test
    void theTableIsTheOneInTheDocs() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| situation | " + COLUMNS.stream().map(JudgeColumn::judge).collect(Collectors.joining(" | ")) + " |");
        lines.add("|---|" + "---|".repeat(COLUMNS.size()));
        Arrays.stream(JudgeFault.values()).map(JudgeFaultsTest::line).forEach(lines::add);
        String table = String.join("\n", lines);
        String page = Files.readString(PAGE);
        int start = page.indexOf("| situation");
        int end = page.indexOf("\n\n", start);
        if (UPDATE) {
            page = page.substring(0, start) + table + page.substring(end);
            Files.writeString(PAGE, page);
            end = start + table.length();
        }
        assertEquals(table, page.substring(start, end), "docs/judges.md says otherwise; when the table here is meant: "
                + "UPDATE_GOLDEN=1 tests/run JudgeFaults");
    }

    private static String line(JudgeFault fault) {
        return "| " + fault.words() + " | " + COLUMNS.stream().map(column -> column.cells().containsKey(fault)
                ? column.cells().get(fault).expected() : "?").collect(Collectors.joining(" | ")) + " |";
    }
}
