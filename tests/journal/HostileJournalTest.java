package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Events;
import agent.Limits;
import agent.Outcome;
import agent.Reasoning;
import agent.RunEvent;
import agent.Task;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.decision.Decision;
import agent.loop.Fakes;
import contract.KnownSecrets;
import contract.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that is damaged, or not ours: it may be of no use, but nothing hangs, nothing breaks and the rest is read. */
class HostileJournalTest {
    /** Some hundred times what it takes. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path directory;
    private StateHome state;

    @BeforeEach
    void home() {
        state = new StateHome(directory.resolve("state"));
    }

    private static String line(int sequence, RunEvent event) {
        return EventCodec.encode(new Entry(sequence, Instant.parse("2026-11-26T03:00:00Z"), event));
    }

    private Path session(List<String> lines) throws IOException {
        try (SessionFolder folder = SessionFolder.hold(state.project(directory), "20260101-000000-aaaa")) {
            Files.writeString(folder.journal(), String.join("\n", lines) + "\n");
            return folder.journal();
        }
    }

    private static RunEvent started() {
        return Events.runStarted(Fakes.task(), Limits.defaults(), "rules", "claude", false, false);
    }

    private static RunEvent ended() {
        return new RunEvent.RunEnded(Outcome.of(Status.COMPLETED, "r", ""), new Totals(1, 1,
                new TokenUsage(111, 222, 0, 0, 0), Usd.of("0.125"), false, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999", "1e-9999999", "-1e9999999", "1e9999999999", "1e2147483647", "9e99"})
    void anAmountThatNothingCanBeAddedToIsALineThatCannotBeRead(String number) throws IOException {
        String worker = line(2, new RunEvent.WorkerEnded(1, Fakes.clean("done"), Duration.ofSeconds(1)));
        assertTrue(worker.contains("\"amount\":0.01"), worker);
        List<String> lines = List.of(line(1, started()), worker.replace("\"amount\":0.01", "\"amount\":" + number),
                line(3, ended()).replace("\"amount\":0.125", "\"amount\":" + number));
        Path journal = session(lines);
        assertTimeoutPreemptively(SOON, () -> {
            assertEquals(List.of(2, 3), JournalReader.read(journal).unreadable());
            SessionSummary summary = new Sessions(state, directory).list().get(0);
            assertEquals("$0.0000", summary.totals().cost().toString());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9999999999", "1e9999999", "99999999999999999999999999", "1.5", "\"7\"", "-9223372036854775808"})
    void aCountThatIsNoneIsALineThatCannotBeRead(String number) throws IOException {
        Path journal = session(List.of(line(1, started()), line(2, ended()).replace("111", number)));
        assertTimeoutPreemptively(SOON, () -> assertEquals(List.of(2), JournalReader.read(journal).unreadable()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT9999999999999999H", "PT-5S", "PT1e99S", "P10000000D", "soon"})
    void aTimeThatNoRunTakesIsALineThatCannotBeRead(String time) throws IOException {
        Path journal = session(List.of(line(1, started()), line(2, ended()).replace("PT5S", time)));
        assertEquals(List.of(2), JournalReader.read(journal).unreadable());
        assertEquals(1, new Sessions(state, directory).list().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "now"})
    void aMomentOutsideOfHistoryIsALineThatCannotBeRead(String at) throws IOException {
        Path journal = session(List.of(line(1, started()), line(2, ended()).replace("2026-11-26T03:00:00Z", at)));
        assertEquals(List.of(2), JournalReader.read(journal).unreadable());
        assertEquals("killed", new Sessions(state, directory).list().get(0).status());
    }

    @Test
    void depthAndLengthAreBounded() throws IOException {
        String deep = "[".repeat(200_000);
        String key = "\"" + "k".repeat(100_000) + "\":" + "{\"a\":".repeat(5_000);
        Path journal = session(List.of(deep, "{" + key, "{\"seq\":" + "1".repeat(1_000_000) + "}", line(4, started()),
                "x".repeat(JournalReader.LONGEST_LINE + 10), line(6, ended())));
        assertTimeoutPreemptively(SOON, () -> {
            JournalReader.Contents contents = JournalReader.read(journal);
            assertEquals(List.of(1, 2, 3, 5), contents.unreadable());
            assertEquals(2, contents.entries().size());
            assertEquals(6, contents.lastSequence());
            assertEquals(Files.size(journal), contents.wholeBytes());
        });
    }

    @Test
    void noNumberIsGivenTwiceAlsoBehindEntriesOfANewerVersion() throws IOException {
        session(List.of(line(1, started()), "{\"seq\":9,\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"NewThing\",\"event\":{}}"));
        List<Entry> told = new ArrayList<>();
        try (SessionFolder folder = SessionFolder.hold(state.project(directory), "20260101-000000-aaaa");
                Journal journal = Journal.open(folder, Clock.systemUTC())) {
            journal.tell(told::add);
            journal.on(new RunEvent.Notice("on"));
        }
        assertEquals(10, told.get(0).sequence());
    }

    @Test
    void aFifoALinkOrADeviceInPlaceOfAJournalIsNoJournal() throws Exception {
        Path sessions = session(List.of(line(1, started()))).getParent().getParent();
        Path other = Files.createDirectory(sessions.resolve("20260101-000000-bbbb"));
        assertEquals(0, new ProcessBuilder("mkfifo", other.resolve("journal.jsonl").toString()).start().waitFor());
        assertEquals(0, new ProcessBuilder("mkfifo", sessions.resolve("20260101-000000-aaaa/lock2").toString()).start().waitFor());
        Files.createSymbolicLink(Files.createDirectory(sessions.resolve("20260101-000000-cccc")).resolve("journal.jsonl"),
                Path.of("/dev/zero"));
        Files.delete(sessions.resolve("20260101-000000-aaaa/lock"));
        Files.move(sessions.resolve("20260101-000000-aaaa/lock2"), sessions.resolve("20260101-000000-aaaa/lock"));
        assertTimeoutPreemptively(SOON, () -> {
            assertEquals(List.of("20260101-000000-aaaa"),
                    new Sessions(state, directory).all().stream().map(SessionSummary::id).toList());
            assertEquals(List.of(), JournalReader.read(other.resolve("journal.jsonl")).entries());
            Files.delete(sessions.resolve("20260101-000000-cccc/journal.jsonl"));
        });
    }

    @Test
    void whatIsWrittenHoldsNoSecretThatThisProcessKnows() throws IOException {
        KnownSecrets secrets = KnownSecrets.of(Map.of("MY_TOKEN", "canary-4711", "OTHER_KEY", "run_tests", "DB_PASSWORD",
                "two\nlines \"quoted\" of it", "HOME", "/not/a/secret"));
        List<Entry> told = new ArrayList<>();
        Path file;
        try (SessionFolder folder = SessionFolder.hold(state.project(directory), "s1");
                Journal journal = Journal.open(folder, Clock.systemUTC(), secrets)) {
            journal.tell(told::add);
            journal.on(Events.runStarted(new Task("s1", "use canary-4711 and /not/a/secret", Path.of("/tmp/canary-4711"),
                    List.of(new Task.ContextFile("canary-4711.md", "two\nlines \"quoted\" of it")), List.of()),
                    Limits.defaults(), "rules", "claude", false, false));
            journal.on(new RunEvent.FunctionStarted(1, new agent.decision.Decision.RunTests(Optional.of("sh x canary-4711")),
                    Optional.empty(), true));
            file = folder.journal();
        }
        String text = Files.readString(file).replace("file:///tmp/canary-4711", "");
        assertFalse(text.contains("canary-4711") || text.contains("quoted"), text);
        assertTrue(text.contains("use [redacted] and /not/a/secret") && text.contains("\"name\":\"run_tests\""), text);
        assertEquals(JournalReader.read(file).entries(), told);
    }

    /** An attacker's favourites: each took minutes once, by the square of its length. */
    @Test
    void secretsAreLookedForInATimeByTheLength() {
        String letters = "a".repeat(60_000);
        String names = "A_".repeat(60_000);
        assertTimeoutPreemptively(SOON, () -> {
            assertFalse(contract.Secrets.isSecretValue(letters));
            assertFalse(contract.Secrets.isSecretValue("-eyJaaaaaaaaaa".repeat(5_000)));
            assertFalse(contract.Secrets.isSecretName(names + "PWD_"));
            KnownSecrets secrets = KnownSecrets.of(Map.of("X_TOKEN", letters));
            assertEquals("[redacted]b", secrets.hide(letters + "b"));
            assertEquals("b" + letters.substring(1), secrets.hide("b" + letters.substring(1)));
        });
    }

    @Test
    void anEventThatLacksAPartDeepInsideIsALineThatCannotBeRead() throws IOException {
        String decided = line(2, new RunEvent.ReasoningEnded(1, Optional.of(Reasoning.of(new Decision.NoOp("x"), "why")), Optional.empty(),
                Duration.ZERO));
        assertTrue(decided.contains("\"thought\":\"why\","), decided);
        Path journal = session(List.of(line(1, started()), decided.replace("\"thought\":\"why\",", ""), decided));
        assertEquals(List.of(2), JournalReader.read(journal).unreadable());
    }
}
