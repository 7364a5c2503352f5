package containers.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import contract.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiVersionTest {
    @ParameterizedTest
    @CsvSource({"1.41, 1.12, 1.41", "1.52, 1.44, 1.52", "1.60, 1.40, 1.55", "1.41, '', 1.41", "2.0, 1.50, 1.55"})
    void theNewestThatBothKnow(String engine, String minimum, String agreed) {
        assertEquals(agreed, ApiVersion.negotiate(engine, minimum));
    }

    @ParameterizedTest
    @CsvSource({"1.24, 1.12, too old", "1.70, 1.60, too new", "soon, '', check that it is a container engine"})
    void noCommonVersionIsSaid(String engine, String minimum, String words) {
        Failure failure = assertThrows(Failure.class, () -> ApiVersion.negotiate(engine, minimum));
        assertEquals(ExitCode.NO_ENGINE, failure.exitCode());
        assertTrue((failure.getMessage() + failure.hint()).contains(words), failure.getMessage());
    }

    @Test
    void anEnginesClockIsReadFromItsAnswer() {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        assertEquals(Duration.ofHours(1), EngineFinder.ahead("Sun, 22 Nov 2026 11:00:00 GMT", now));
        assertEquals(Duration.ZERO, EngineFinder.ahead("yesterday", now));
        assertEquals(Duration.ZERO, EngineFinder.ahead(null, now));
    }
}
