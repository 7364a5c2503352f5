package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import services.StackOptions;

class RememberedOptionsTest {
    private final StackOptions chosen = new StackOptions("0.0.0.0", Map.of("grafana", 3001), Map.of("tempo", "my/tempo:1"),
            Optional.of(Path.of("/a folder/x")), Optional.of(Duration.ofDays(30)), StackOptions.defaults().patience(),
            StackOptions.Pull.MISSING, false, false);

    @Test
    void whatWasChosenComesBack() {
        assertEquals(chosen, RememberedOptions.merge(StackOptions.defaults(), RememberedOptions.encode(chosen)));
    }

    @Test
    void whatIsSaidNowWins() {
        StackOptions now = new StackOptions("127.0.0.1", Map.of("grafana", 4000), Map.of(), Optional.empty(),
                Optional.of(Duration.ofDays(1)), StackOptions.defaults().patience(), StackOptions.Pull.MISSING, false,
                        false);
        StackOptions merged = RememberedOptions.merge(now, RememberedOptions.encode(chosen));
        assertEquals(Map.of("grafana", 4000), merged.ports());
        assertEquals(Map.of("tempo", "my/tempo:1"), merged.images());
        assertEquals(Optional.of(Duration.ofDays(1)), merged.retention());
    }

    @Test
    void nothingRememberedIsNoProblem() {
        assertEquals(StackOptions.defaults(), RememberedOptions.merge(StackOptions.defaults(), ""));
    }
}
