package journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Events;
import agent.Hold;
import agent.Problem;
import agent.RunEvent;
import agent.Samples;
import agent.Usd;
import agent.loop.Fakes;
import contract.ErrorType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single values of an event are the same after writing and reading. */
class JournalValuesTest extends JournalLab {
    private static String line(RunEvent event) {
        return EventCodec.encode(new Entry(1, NOON, event));
    }

    private JournalReader.Contents read(String... lines) throws IOException {
        return JournalReader.read(Files.writeString(folder.resolve("journal.jsonl"), String.join("\n", lines) + "\n"));
    }

    private RunEvent back(String line) throws IOException {
        JournalReader.Contents contents = read(line);
        assertEquals(List.of(), contents.unreadable(), line);
        return contents.entries().get(0).event();
    }

    private void unreadable(String line) throws IOException {
        assertEquals(List.of(1), read(line).unreadable(), line);
    }

    private static RunEvent held(Hold hold) {
        return new RunEvent.SelfCheckEnded(Optional.of(Problem.passing(ErrorType.HTTP, 429, "used up").held(hold)));
    }

    @Test
    void everyEventWithAllItsPartsIsWrittenAgainAsItWasRead() throws IOException {
        for (RunEvent event : Samples.ofEach(RunEvent.class)) {
            assertEquals(line(event), line(back(line(event))));
        }
    }

    @Test
    void whatHoldsARunIsKept() throws IOException {
        for (Hold hold : List.of(Hold.until(NOON), Hold.action("log in"), new Hold(Optional.of(NOON), "or pay"))) {
            assertEquals(held(hold), back(line(held(hold))));
        }
        String damaged = line(held(Hold.until(NOON))).replace("\"until\":\"2026-11-26T12:00:00Z\"", "\"until\":\"soon\"");
        assertEquals(held(new Hold(Optional.empty(), "")), back(damaged), "it still says that something holds the run");
    }

    @Test
    void aDecisionThatIsNoneOfOursIsALineThatCannotBeRead() throws IOException {
        unreadable(line(new RunEvent.FunctionStarted(1, new agent.decision.Decision.ReadFile("a"), Optional.empty(), false))
                .replace("read_file", "format_disk"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "\"text\":\"make it work\"; \"text\":null",
        "\"context\":[]; \"context\":[null]",
        "\"task\":{; \"tusk\":{",
        "\"reasoner\":\"r\"; \"raisin\":\"r\"",
        "\"settings\":[]; \"settings\":[null]"})
    void anEventThatLacksAPartIsALineThatCannotBeRead(String part, String damaged) throws IOException {
        String whole = line(Events.runStarted(Fakes.task(), agent.Limits.defaults(), "r", "w", false, false));
        back(whole);
        assertTrue(whole.contains(part), whole);
        unreadable(whole.replace(part, damaged));
    }

    @Test
    void aLineLongerThanWhatIsReadAtOnceIsReadWhole() throws IOException {
        RunEvent said = new RunEvent.WorkerSaid("0123456789".repeat(20_000));
        assertEquals(said, back(line(said)));
        assertEquals(3, read(line(said), "", line(notice()), "   ", line(notice())).entries().size(), "an empty line is nothing");
    }

    @Test
    void numbersAreReadUpToTheirBounds() throws IOException {
        RunEvent.AttemptFailed failed = new RunEvent.AttemptFailed(Samples.of(agent.ModelCall.class), new agent.ModelCall.Attempt(1,
                java.util.OptionalInt.empty(), ErrorType.IO, "m", 4711));
        for (String number : List.of("1000000000000", "-1000000000000")) {
            assertEquals(Long.parseLong(number),
                    ((RunEvent.AttemptFailed) back(line(failed).replace("4711", number))).attempt().delayMillis());
        }
        unreadable(line(failed).replace("4711", "1000000000001"));
        unreadable(line(failed).replace("4711", "-1000000000001"));
        assertEquals(0, ((RunEvent.AttemptFailed) back(line(failed).replace("4711", "null"))).attempt().delayMillis());
    }

    @Test
    void amountsAreReadUpToTheirBounds() throws IOException {
        String worker = line(new RunEvent.WorkerEnded(1, Fakes.clean("done"), Duration.ZERO));
        String most = "1" + "0".repeat(39);
        String finest = "0." + "0".repeat(29) + "1";
        for (String amount : List.of(most, finest, "0.5", "7")) {
            Optional<Usd> cost = ((RunEvent.WorkerEnded) back(worker.replace(":0.01", ":" + amount))).report().effort().cost();
            assertEquals(0, cost.orElseThrow().amount().compareTo(new BigDecimal(amount)), amount);
        }
        for (String amount : List.of(most + "0", "0." + "0".repeat(30) + "1", "1e41", "\"7\"", "true")) {
            unreadable(worker.replace(":0.01", ":" + amount));
        }
    }

    @Test
    void aClockThatWasSetWhileSomethingWentOnCostsNoLine() throws IOException {
        for (Duration time : List.of(Duration.ofSeconds(-5), Duration.ofDays(20_000), Duration.ofMillis(1500))) {
            RunEvent back = back(line(new RunEvent.WorkerEnded(1, Fakes.clean("done"), time)));
            Duration kept = ((RunEvent.WorkerEnded) back).duration();
            assertEquals(time.isNegative() ? Duration.ZERO : time.toDays() > 3_650 ? Duration.ofDays(3_650) : time, kept);
        }
    }

    @Test
    void timesAreReadUpToTenYears() throws IOException {
        String worker = line(new RunEvent.WorkerEnded(1, Fakes.clean("done"), Duration.ofSeconds(77)));
        assertTrue(worker.contains("PT1M17S"), worker);
        assertEquals(Duration.ofDays(3_650), ((RunEvent.WorkerEnded) back(worker.replace("PT1M17S", "PT87600H"))).duration());
        assertEquals(Duration.ZERO, ((RunEvent.WorkerEnded) back(worker.replace("PT1M17S", "PT0S"))).duration());
        unreadable(worker.replace("PT1M17S", "PT87600H0.001S"));
    }

    @Test
    void anEntryHasANumberFromOneAndATime() throws IOException {
        String whole = line(notice());
        back(whole);
        for (String damaged : List.of(whole.replace("\"seq\":1", "\"seq\":0"), whole.replace("\"seq\":1", "\"seq\":1.5"),
                whole.replace("\"at\":", "\"on\":"), whole.replace("\"type\":", "\"kind\":"),
                whole.replace("\"type\":\"Notice\"", "\"type\":null"))) {
            unreadable(damaged);
        }
        assertEquals(Instant.EPOCH, read(whole.replace(NOON.toString(), "1970-01-01T00:00:00Z")).entries().get(0).at());
        assertEquals(Instant.parse("9999-01-01T00:00:00Z"),
                read(whole.replace(NOON.toString(), "9999-01-01T00:00:00Z")).entries().get(0).at());
        unreadable(whole.replace(NOON.toString(), "9999-01-01T00:00:00.001Z"));
    }

    @Test
    void textsAreChangedWhereverTheyStandButNotPaths() {
        RunEvent.RunStarted event = new RunEvent.RunStarted(new agent.Task("s", "old", java.nio.file.Path.of("/tmp/old"), List.of(),
                List.of()), agent.Limits.defaults(), "r", "w", false, false, Optional.empty(), List.of("old", "new", "older"),
                Optional.empty(), agent.Origin.UNKNOWN);
        RunEvent.RunStarted changed = (RunEvent.RunStarted) EventCodec.rewritten(event, text -> text.replace("old", "young"));
        assertEquals("young", changed.task().text());
        assertEquals(List.of("young", "new", "younger"), changed.settings());
        assertEquals(java.nio.file.Path.of("/tmp/old"), changed.task().directory());
        assertSame(event, EventCodec.rewritten(event, text -> text), "what holds nothing to change is not made anew");
    }
}
