package display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Outcome;
import agent.RunEvent;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import console.Console;
import contract.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import journal.Entry;
import journal.JournalReader;
import journal.SessionSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions that are over, or not: what their list and one of them say, to people and to scripts. */
class SessionsShownTest {
    private static final Totals TOTALS = new Totals(2, 3, new TokenUsage(1_200, 340, 0, 0, 0), Usd.of("0.25"), true,
            Duration.ofMillis(75_500));

    private final Screen screen = new Screen(200);
    private final Console console = screen.console;
    private boolean rehearsal;
    private Optional<String> trace = Optional.empty();
    private Optional<Path> directory = Optional.of(Path.of("/srv/project"));

    private SessionSummary session(String status) {
        return new SessionSummary("20260101-000000-test", Path.of("/state/1"), directory, Instant.EPOCH, status,
                "make it work", rehearsal, "gemini", "claude", TOTALS, trace);
    }

    private void show(String status, Optional<String> url, List<Integer> unreadable, Outcome... outcomes) {
        List<Entry> entries = List.of(outcomes).stream().map(o -> new Entry(1, Instant.EPOCH, new RunEvent.RunEnded(o, TOTALS))).toList();
        new SessionViews(console).show(session(status), new JournalReader.Contents(entries, 0, 1, unreadable), url);
    }

    private String after(String line) {
        return screen.out().get(screen.out().indexOf(line) + 1);
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED, ✓ completed", "ERROR, ✗ error", "MAX_ITERATIONS, ✗ max_iterations", "BUDGET_EXCEEDED, ✗ budget_exceeded",
        "STALLED, ✗ stalled", "VERIFICATION_FAILED, ✗ verification_failed", "FAILED_SELF_CHECK, ✗ failed_self_check",
        "TIMEOUT, ✗ timeout", "STOPPED, ✗ stopped", "UNPROVEN, ✗ unproven", "INTERRUPTED, ✗ interrupted"})
    void aSessionSaysHowItsLastRunEndedWhyAndWhatIsNext(Status status, String words) {
        show(status.value(), Optional.empty(), List.of(), Outcome.of(status, "the reason", "to go on: pa resume 1"));
        assertEquals("  3 rounds · 2 decisions · 1.2k tokens in, 340 out · at least $0.2500", after(words + " in 1 m 15 s"));
        assertEquals(List.of("  the reason", "  next: to go on: pa resume 1 -d /srv/project"),
                screen.out().subList(screen.out().size() - 2, screen.out().size()));
        assertEquals(List.of(), screen.err());
    }

    @Test
    void aSessionThatWasKilledSaysHowToGoOn() {
        show("killed", Optional.empty(), List.of());
        assertTrue(screen.out().stream().anyMatch(line -> line.startsWith("✗ killed in ")), screen.out().toString());
        assertEquals("  next: to continue: pa resume 20260101-000000-test -d /srv/project", screen.out().get(screen.out().size() - 1));
    }

    @Test
    void aSessionThatRunsHasNoMarkOfAnEnd() {
        show("running", Optional.empty(), List.of());
        assertTrue(screen.out().stream().anyMatch(line -> line.matches("\\S running in .*")), screen.out().toString());
        assertFalse(screen.out().toString().contains("✗") || screen.out().toString().contains("next:"), screen.out().toString());
    }

    @Test
    void theTraceAndWhatCouldNotBeReadAreNamed() {
        trace = Optional.of("4bf92f3577b34da6a3ce929d0e0e4736");
        rehearsal = true;
        show("stopped", Optional.of("http://localhost:1/trace/1"), List.of(3, 5));
        assertEquals("  trace 4bf92f3577b34da6a3ce929d0e0e4736  http://localhost:1/trace/1", screen.out().get(screen.out().size() - 1));
        assertEquals(List.of("line 3 of the journal cannot be read; it is left out",
                "line 5 of the journal cannot be read; it is left out"),
                screen.err());
        assertTrue(screen.out().contains("REHEARSAL: stand-ins answered, no model was called; tokens and cost are made up"),
                screen.out().toString());
    }

    @ParameterizedTest
    @CsvSource({"false, 'no sessions here yet', 'start one: pa \"task\"; list those of all folders: pa sessions --all'",
        "true, 'no sessions yet', 'start one: pa \"task\"'"})
    void whereThereIsNoSessionTheNextStepIsSaidOnStderr(boolean everywhere, String said, String next) {
        new SessionViews(console).list(List.of(), everywhere, 0);
        assertEquals(List.of(), screen.out());
        assertEquals(said, screen.err().get(0));
        assertEquals("next: " + next, String.join("; ", screen.err().subList(1, screen.err().size()).stream().map(String::strip).toList()));
    }

    @Test
    void theListHasALineForEachAndTheFolderOnlyWhereThereAreSeveral() {
        rehearsal = true;
        new SessionViews(console).list(List.of(session("stopped"), session("unproven")), false, 0);
        assertEquals(3, screen.out().size());
        assertTrue(screen.out().get(0).matches("SESSION +STARTED +STATUS +TOOK +ROUNDS +COST +TASK\\s*"), screen.out().get(0));
        assertTrue(screen.out().get(1).matches(
                "20260101-000000-test .* stopped +1 m 15 s +3 +at least \\$0\\.2500 +\\[rehearsal] make it work\\s*"),
                screen.out().get(1));
        assertTrue(screen.out().get(2).contains(" unproven "), screen.out().get(2));
        assertEquals(List.of(), screen.err());
        screen.clear();
        rehearsal = false;
        SessionSummary known = session("stopped");
        directory = Optional.empty();
        new SessionViews(console).list(List.of(known, session("stopped")), true, 1);
        assertTrue(screen.out().get(0).contains("FOLDER"), screen.out().get(0));
        assertTrue(screen.out().get(1).matches(".* project +make it work\\s*"), screen.out().get(1));
        assertTrue(screen.out().get(2).matches(".* \\? +make it work\\s*"), screen.out().get(2));
        assertEquals(1, screen.err().size());
        assertTrue(screen.err().get(0).startsWith("… and 1 older session: ") && screen.err().get(0).endsWith("pa sessions --all --limit 0"),
                screen.err().get(0));
    }

    @Test
    void forScriptsASessionIsAnObjectWithItsEvents() throws Exception {
        SessionJson json = new SessionJson(console);
        json.show(session("stopped"), new JournalReader.Contents(List.of(new Entry(1, Instant.EPOCH, new RunEvent.RunEnded(
                Outcome.of(Status.STOPPED, "saved", ""), TOTALS))), 0, 1, List.of()));
        JsonNode one = new ObjectMapper().readTree(screen.outText());
        assertEquals("stopped", one.get("status").asText());
        assertEquals(75.5, one.get("duration_seconds").asDouble());
        assertEquals("0.25", one.get("cost_usd").asText());
        assertFalse(one.get("cost_complete").asBoolean());
        assertTrue(one.get("trace_id").isNull());
        assertEquals("/srv/project", one.get("working_directory").asText());
        assertEquals("saved", one.get("events").get(0).get("event").get("outcome").get("reason").asText());
        screen.clear();
        trace = Optional.of("abc");
        directory = Optional.empty();
        json.list(List.of(session("killed"), session("running")));
        JsonNode two = new ObjectMapper().readTree(screen.outText());
        assertEquals(List.of("killed", "running"), two.findValuesAsText("status"));
        assertEquals("abc", two.get(0).get("trace_id").asText());
        assertTrue(two.get(0).get("working_directory").isNull());
        assertFalse(two.get(0).has("events"));
    }

    @Test
    void aSessionBeginsWithItsTaskAndWhoWorked() {
        show("stopped", Optional.empty(), List.of());
        assertEquals("make it work", screen.out().get(0));
        assertTrue(screen.out().get(1).matches("session 20260101-000000-test · \\S+ \\S+ · reasoner gemini · worker claude"),
                screen.out().get(1));
    }

    @Test
    void itsTreeStandsBetweenItsHeadAndItsEnd() {
        List<Entry> entries = List.of(new Entry(1, Instant.EPOCH, new RunEvent.Notice("waiting")));
        new SessionViews(console).show(session("stopped"), new JournalReader.Contents(entries, 0, 1, List.of()), Optional.empty());
        assertEquals(List.of("└─ note  waiting", "✗ stopped in 1 m 15 s"), screen.out().subList(2, 4));
    }

    /** The last column stays free: some terminals break a line that fills it. */
    @Test
    void aReasonIsBrokenWhereTheTerminalEnds() {
        Screen narrow = new Screen(40);
        String words = "123456789 ".repeat(8).strip();
        new SessionViews(narrow.console).show(session("stopped"), new JournalReader.Contents(List.of(new Entry(1, Instant.EPOCH,
                new RunEvent.RunEnded(Outcome.of(Status.STOPPED, words + " 1234567", ""), TOTALS))), 0, 1, List.of()), Optional.empty());
        List<String> lines = narrow.out();
        assertEquals(List.of("  123456789 123456789 123456789", "  123456789 123456789 123456789", "  123456789 123456789 1234567"),
                lines.subList(lines.size() - 3, lines.size()));
        narrow.clear();
        new SessionViews(narrow.console).show(session("stopped"), new JournalReader.Contents(List.of(new Entry(1, Instant.EPOCH,
                new RunEvent.RunEnded(Outcome.of(Status.STOPPED, "x".repeat(20) + " " + "y".repeat(16), ""), TOTALS))), 0, 1, List.of()),
                Optional.empty());
        assertEquals("  " + "x".repeat(20) + " " + "y".repeat(16), narrow.out().get(narrow.out().size() - 1));
    }

    @Test
    void aSessionOfTheRootFolderHasAFolder() {
        directory = Optional.of(Path.of("/"));
        new SessionViews(console).list(List.of(session("stopped")), true, 0);
        assertTrue(screen.out().get(1).matches(".* / +make it work\\s*"), screen.out().get(1));
        assertEquals(List.of(), screen.err());
    }

    @Test
    void anOutcomeWithoutANextStepHasNone() {
        show("stopped", Optional.empty(), List.of(), Outcome.of(Status.STOPPED, "saved", ""));
        assertEquals("  saved", screen.out().get(screen.out().size() - 1));
    }
}
