package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pa verify --reasoner}: a model is shown the change where tests show too little. */
class VerifyReviewTest extends VerifyLab {
    @ParameterizedTest
    @ValueSource(strings = {"gemini", "openai"})
    void aReviewerIsAskedWhereTestsShowTooLittleAndOnlyThen(String reasoner) throws Exception {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", reasoner, "--task",
                    "Write c into b.txt.", "--json");
            assertEquals(0, result.exitCode(), result.toString());
            JsonNode json = new ObjectMapper().readTree(result.out());
            assertEquals("reviewed", json.path("level").asText(), result.toString());
            assertEquals(ReviewerStandIn.MODEL, json.path("reviewer").asText());
            assertEquals(1, model.reviews().size());
            assertTrue(model.reviews().get(0).contains("\n+c\n"), model.reviews().get(0));
            assertTrue(model.requests().get(0).contains("Write c into b.txt."), model.requests().get(0));

            Files.writeString(project.resolve("a.txt"), "good\n");
            Pa.Result proven = model.in(pa()).run(project, "verify", "--verify", CHECK, "--reasoner", reasoner);
            assertEquals(0, proven.exitCode(), proven.toString());
            assertEquals(1, model.requests().size(), "nobody is asked what a test has shown");
        }
    }

    @Test
    void whereNothingChangedNobodyIsAsked() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Pa.Result result = model.in(pa()).run(project, "verify", "--reasoner", "openai", "--task", "c");
            assertEquals(10, result.exitCode(), result.toString());
            assertTrue(result.out().startsWith("unproven: nothing was changed"), result.toString());
            assertEquals(List.of(), model.requests());
        }
    }

    @Test
    void withoutATaskTheReviewSaysThatItHadNone() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", "openai");
            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(result.out().contains("note: the review had no task to compare the change with (give one with --task)"),
                    result.toString());
            assertTrue(model.requests().get(0).contains("The human did not say what this change is for"), model.requests().get(0));
        }
    }

    @Test
    void aReviewerThatObjectsIsQuotedAndTheChangeStaysUnproven() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn().objecting("Write d, not c.")) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", "openai", "--task", "d");
            assertEquals(10, result.exitCode(), result.toString());
            assertTrue(result.out().contains("says that something is missing: Write d, not c."), result.toString());
            assertTrue(result.out().contains("reviewed by " + ReviewerStandIn.MODEL), result.toString());
        }
    }

    @Test
    void aReviewerThatCannotBeAskedIsAnErrorAndTheVerdictIsShown() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn().failing(400)) {
            Files.writeString(project.resolve("b.txt"), "c\n");
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", "openai");
            assertEquals(1, result.exitCode(), result.toString());
            assertTrue(result.out().contains("note: not reviewed: "), result.toString());
            assertTrue(result.out().contains("evidence unchanged"), result.toString());
        }
    }

    @Test
    void aReasonerWithoutItsKeyIsAnErrorBeforeAnythingRuns() throws IOException {
        Files.writeString(project.resolve("b.txt"), "c\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "touch " + folder.resolve("ran"), "--reasoner", "gemini");
        assertEquals(1, result.exitCode(), result.toString());
        assertTrue(result.err().contains("GEMINI_API_KEY"), result.toString());
        assertFalse(Files.exists(folder.resolve("ran")));
    }

    @Test
    void rulesHaveNoModelAndThatIsSaid() throws IOException {
        Files.writeString(project.resolve("b.txt"), "c\n");
        Pa.Result result = pa().run(project, "verify", "--verify", "true", "--reasoner", "rules");
        assertEquals(10, result.exitCode(), result.toString());
        assertTrue(result.out().contains("note: the change was not reviewed, because rules has no model"), result.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "openai"})
    void aLongChangeIsShownInPagesAndEveryLineOnce(String reasoner) throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; text.length() < 150_000; line++) {
                text.append("line ").append(line).append(" with a few more words in it\n");
            }
            Files.writeString(project.resolve("long.txt"), text);
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", reasoner, "--task", "long");
            assertEquals(0, result.exitCode(), result.toString());
            assertTrue(model.reviews().size() > 1, "in pages");
            String shown = String.join("\n", model.reviews());
            text.toString().lines().forEach(line -> assertEquals(1, occurrences(shown, "\n+" + line + "\n"), line));
        }
    }

    @Test
    void whatIsLongerThanAnybodyReadsIsNotReviewedAndThatIsSaid() throws IOException {
        try (ReviewerStandIn model = new ReviewerStandIn()) {
            Files.writeString(project.resolve("long.txt"), "a line of the file\n".repeat(25_000));
            Pa.Result result = model.in(pa()).run(project, "verify", "--verify", "true", "--reasoner", "openai", "--task", "long");
            assertEquals(10, result.exitCode(), result.toString());
            assertTrue(result.out().contains("longer than 400 kB, so no model reviewed it"), result.toString());
            assertEquals(List.of(), model.requests());
        }
    }

    private static int occurrences(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }
}
