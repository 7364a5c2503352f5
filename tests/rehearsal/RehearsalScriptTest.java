package rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RehearsalScriptTest {
    @Test
    void theSameSeedGivesTheSameScript() {
        assertEquals(RandomScript.of(7, 5), RandomScript.of(7, 5));
        assertNotEquals(RandomScript.of(7, 5), RandomScript.of(8, 5));
        assertEquals(5, RandomScript.of(7, 5).rounds().size());
    }

    @Test
    void whatTheWorkerNeedsFitsIntoAWord() {
        RehearsalScript figures = RandomScript.of(3, RehearsalScript.MAX_ROUNDS);
        RehearsalScript script = new RehearsalScript(figures.rounds(), figures.decisions(), Duration.ofMillis(250));
        RehearsalScript read = RehearsalScript.decodeRounds(script.encodeRounds());
        assertEquals(script.rounds(), read.rounds());
        assertEquals(script.pause(), read.pause());
    }

    @Test
    void moreRoundsThanThereAreFaultsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RandomScript.of(1, RehearsalScript.MAX_ROUNDS + 1));
        assertThrows(IllegalArgumentException.class, () -> RandomScript.of(1, 0));
    }
}
