package rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RehearsalScriptTest {
    @Test
    void theSameSeedGivesTheSameScript() {
        assertEquals(RehearsalScript.random(7, 5), RehearsalScript.random(7, 5));
        assertNotEquals(RehearsalScript.random(7, 5), RehearsalScript.random(8, 5));
        assertEquals(5, RehearsalScript.random(7, 5).rounds().size());
    }

    @Test
    void whatTheWorkerNeedsFitsIntoAWord() {
        RehearsalScript script = RehearsalScript.random(3, RehearsalScript.MAX_ROUNDS).withPause(Duration.ofMillis(250));
        RehearsalScript read = RehearsalScript.decodeRounds(script.encodeRounds());
        assertEquals(script.rounds(), read.rounds());
        assertEquals(script.pause(), read.pause());
    }

    @Test
    void moreRoundsThanThereAreFaultsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> RehearsalScript.random(1, RehearsalScript.MAX_ROUNDS + 1));
        assertThrows(IllegalArgumentException.class, () -> RehearsalScript.random(1, 0));
    }
}
