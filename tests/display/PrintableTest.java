package display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.RunEvent;
import contract.KnownSecrets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import journal.Entry;
import journal.JournalReader;
import org.junit.jupiter.api.Test;

/** Control characters for a terminal are removed, and all other text stays unchanged. */
class PrintableTest {
    @Test
    void aTextLosesOnlyWhatATerminalWouldObey() {
        assertEquals(new RunEvent.Notice("red\n\ttwo"), Printable.of(new RunEvent.Notice("\u001b[31mred\u001b[0m\n\ttwo\u0007")));
    }

    @Test
    void aKnownSecretIsNotShownEither() {
        KnownSecrets secrets = KnownSecrets.of(Map.of("GEMINI_API_KEY", "very-secret-key"));
        assertEquals(new RunEvent.Notice("the key " + KnownSecrets.REDACTED + " is bad"),
                Printable.of(new RunEvent.Notice("the key \u001b[1mvery-secret-key is bad"), secrets));
    }

    @Test
    void ofAJournalEachEventAndNothingElseChanges() {
        JournalReader.Contents contents = Printable.of(new JournalReader.Contents(
                List.of(new Entry(3, Instant.EPOCH, new RunEvent.Notice("\u001b[2Jgone"))), 7, 3, List.of(2)));
        assertEquals(new JournalReader.Contents(List.of(new Entry(3, Instant.EPOCH, new RunEvent.Notice("gone"))), 7, 3, List.of(2)),
                contents);
    }

    @Test
    void jsonKeepsWhatItHeldInAnotherSpelling() {
        assertEquals("\"a\\u202eb\\u009bc\\u061cd é …\"", Printable.json("\"a\u202eb\u009bc\u061cd é …\""));
    }
}
